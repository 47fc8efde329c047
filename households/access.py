"""Who may open what? One table, and everything that is not in it is closed."""

from collections.abc import Mapping
from enum import Enum

from households.household import Role


class Asks(Enum):
    """What a page asks of whoever opens it."""

    NOBODY = "open to all"
    LINK = "a link that was shared"
    LOOK = "in the household"
    EDIT = "in the household, not a reader"
    PATIENT = "the patient"


ROLES: Mapping[Asks, frozenset[Role]] = {
    Asks.LOOK: frozenset(Role),
    Asks.EDIT: frozenset({Role.PATIENT, Role.CARER}),
    Asks.PATIENT: frozenset({Role.PATIENT}),
}

ACCESS: Mapping[str, Asks] = {
    "static": Asks.NOBODY,
    "about": Asks.NOBODY,
    "health": Asks.NOBODY,
    "ready": Asks.NOBODY,
    "foods.check": Asks.NOBODY,
    "foods.answer": Asks.NOBODY,
    "foods.food": Asks.NOBODY,
    "foods.offline_facts": Asks.NOBODY,
    "foods.offline_rarer_names": Asks.NOBODY,
    "foods.offline_worker": Asks.NOBODY,
    "foods.manifest": Asks.NOBODY,
    "foods.check_file": Asks.NOBODY,
    "foods.already_eaten": Asks.NOBODY,
    "foods.answer_label": Asks.NOBODY,
    "foods.ask_label": Asks.NOBODY,
    "foods.card": Asks.NOBODY,
    "foods.change_questions": Asks.NOBODY,
    "foods.classes": Asks.NOBODY,
    "foods.eating_out": Asks.NOBODY,
    "foods.food_class": Asks.NOBODY,
    "foods.kitchen": Asks.NOBODY,
    "foods.letter": Asks.NOBODY,
    "foods.questions": Asks.NOBODY,
    "foods.report": Asks.NOBODY,
    "foods.set_strict": Asks.NOBODY,
    "foods.strict": Asks.NOBODY,
    "recipes.recipes": Asks.NOBODY,
    "recipes.recipe": Asks.NOBODY,
    "recipes.cook": Asks.NOBODY,
    "recipes.ask_check": Asks.NOBODY,
    "recipes.answer_check": Asks.NOBODY,
    "recipes.all_recipes_as_json": Asks.NOBODY,
    "recipes.recipe_as_json": Asks.NOBODY,
    "recipes.checked_as_json": Asks.NOBODY,
    "recipes.my_recipes": Asks.LOOK,
    "recipes.keep_recipe": Asks.EDIT,
    "recipes.my_recipe": Asks.LOOK,
    "recipes.ask_change_recipe": Asks.EDIT,
    "recipes.change_recipe": Asks.EDIT,
    "recipes.tell_recipe": Asks.EDIT,
    "recipes.plan_recipe": Asks.EDIT,
    "recipes.first_text": Asks.EDIT,
    "recipes.drop_recipe": Asks.EDIT,
    "recipes.like": Asks.EDIT,
    "recipes.share_recipe": Asks.EDIT,
    "recipes.shared_recipe": Asks.LINK,
    "planner.ask_week": Asks.NOBODY,
    "planner.week": Asks.NOBODY,
    "planner.week_list": Asks.NOBODY,
    "planner.week_calendar": Asks.NOBODY,
    "planner.list_of_now": Asks.NOBODY,
    "planner.change_week": Asks.NOBODY,
    "planner.ask_again": Asks.NOBODY,
    "planner.answer_again": Asks.NOBODY,
    "planner.make_week": Asks.EDIT,
    "planner.keep_week": Asks.EDIT,
    "planner.undo_week": Asks.EDIT,
    "planner.drop_week": Asks.EDIT,
    "planner.change_list": Asks.EDIT,
    "planner.merge_list": Asks.EDIT,
    "planner.ask_for_list": Asks.NOBODY,
    "planner.aisles": Asks.NOBODY,
    "planner.order_aisles": Asks.NOBODY,
    "planner.share_list": Asks.EDIT,
    "planner.withdraw_list": Asks.EDIT,
    "planner.shared_list": Asks.LINK,
    "planner.change_shared_list": Asks.LINK,
    "planner.merge_shared_list": Asks.LINK,
    "planner.ask_for_shared_list": Asks.LINK,
    "planner.dates": Asks.NOBODY,
    "planner.answer_dates": Asks.NOBODY,
    "planner.own_sheet": Asks.NOBODY,
    "planner.answer_own_sheet": Asks.NOBODY,
    "planner.calendar": Asks.NOBODY,
    "planner.answer_calendar": Asks.NOBODY,
    "planner.keep_dates": Asks.PATIENT,
    "planner.date_changes": Asks.LOOK,
    "planner.drop_dates": Asks.PATIENT,
    "planner.kept_own_sheet": Asks.LOOK,
    "planner.keep_own_sheet": Asks.PATIENT,
    "planner.drop_own_sheet": Asks.PATIENT,
    "planner.eaters": Asks.LOOK,
    "planner.keep_eaters": Asks.EDIT,
    "planner.make_feed": Asks.PATIENT,
    "planner.withdraw_feed": Asks.PATIENT,
    "planner.feed": Asks.LINK,
    "planner.make_meal_feed": Asks.EDIT,
    "planner.withdraw_meal_feed": Asks.EDIT,
    "planner.meal_feed": Asks.LINK,
    "households.begin": Asks.NOBODY,
    "households.begin_now": Asks.NOBODY,
    "households.sign_in": Asks.NOBODY,
    "households.sign_in_now": Asks.NOBODY,
    "households.recover": Asks.NOBODY,
    "households.recover_now": Asks.NOBODY,
    "households.sign_out": Asks.LOOK,
    "households.kitchen": Asks.LOOK,
    "households.sign_out_device": Asks.LOOK,
    "households.change_password": Asks.LOOK,
    "households.new_codes": Asks.LOOK,
    "households.invite": Asks.PATIENT,
    "households.join": Asks.LINK,
    "households.join_now": Asks.LINK,
    "households.withdraw_invitation": Asks.PATIENT,
    "households.remove_person": Asks.PATIENT,
    "households.share_days": Asks.PATIENT,
    "households.withdraw": Asks.EDIT,
    "households.export": Asks.PATIENT,
    "households.erase": Asks.PATIENT,
}
"""endpoint -> what it asks."""


def asks(endpoint: str) -> Asks | None:
    """What a route asks; None for one that nobody has placed, which stays closed."""
    return ACCESS.get(endpoint)


def may(endpoint: str, role: Role | None) -> bool:
    """May somebody with this role open it? `None` is a stranger."""
    asked = asks(endpoint)
    if asked is None:
        return False
    return asked in (Asks.NOBODY, Asks.LINK) or role in ROLES[asked]
