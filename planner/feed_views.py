"""Which pages let a calendar program fetch what a household keeps? The dates, the meals, or both, at a secret address."""

import secrets
from datetime import UTC, date, datetime
from typing import cast

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from foods.keeping import Opened
from planner.calendar import for_feed, sequence_at
from planner.keeping import DATES, KeptDates
from planner.keeping import SHEET as SHEET_KEPT
from planner.kept_weeks import WEEK
from planner.meal_calendar import WeekOfMeals, meals_to_ical, with_meals
from planner.one_week_views import kept_week, shared_week
from planner.views import FEED, MEALS, MEDICAL, PLAIN, dates_seen, ical, items_kept, my_keeper, pages
from planner.week import DAYS, ONE_DAY
from planner.week_views import of_meals


@pages.post("/dates/feed")
def make_feed() -> ResponseReturnValue:
    """A secret address for the calendar. The one before it stops working."""
    if not (request.form.get("agreed") and dates_seen()):
        return redirect(url_for("planner.dates") + "#feed", 303)
    is_medical, has_meals = bool(request.form.get("medical")), bool(request.form.get("meals"))
    about = (MEDICAL if is_medical else PLAIN) + (f" {MEALS}" if has_meals else "")
    return _address_page(FEED, about, is_medical=is_medical, has_meals=has_meals)


@pages.post("/week/feed")
def make_meal_feed() -> ResponseReturnValue:
    """A secret address for the meals of the weeks alone. The one before it stops working."""
    return _address_page(MEALS, MEALS, has_meals=True)


def _address_page(opens: str, about: str, **holds: bool) -> ResponseReturnValue:
    me, token = my_keeper(), secrets.token_urlsafe(24)
    me.withdraw_all(opens)
    me.share(opens, about, token)
    endpoint = "planner.feed" if opens == FEED else "planner.meal_feed"
    return render_template("planner/feed.html", address=url_for(endpoint, token=token, _external=True), opens=opens, **holds)


@pages.post("/dates/feed/withdraw")
def withdraw_feed() -> ResponseReturnValue:
    """The calendar's address opens nothing any more."""
    my_keeper().withdraw_all(FEED)
    return redirect(url_for("planner.dates"), 303)


@pages.post("/week/feed/withdraw")
def withdraw_meal_feed() -> ResponseReturnValue:
    """The address of the meals opens nothing any more."""
    my_keeper().withdraw_all(MEALS)
    return redirect(url_for("planner.ask_week"), 303)


@pages.get("/calendar/<token>.ics")
def feed(token: str) -> ResponseReturnValue:
    """The calendar for whatever program has its address; without infusions and tests unless the patient asked for them."""
    opened = _opened(FEED, token)
    found, own = opened.read(DATES), opened.read(SHEET_KEPT)
    items = items_kept(KeptDates.of(found.said) if found else abort(404), own)
    kind, _, meals = opened.about.partition(" ")
    file, now = ical(for_feed(items, kind == MEDICAL), with_sources=False), datetime.now(UTC)
    if meals:
        file = with_meals(file, _weeks(opened), now, sequence_at(now))
    return _as_feed(file)


@pages.get("/calendar/meals/<token>.ics")
def meal_feed(token: str) -> ResponseReturnValue:
    """The meals of the weeks that a household keeps, for whatever program has the address."""
    now = datetime.now(UTC)
    return _as_feed(meals_to_ical(_weeks(_opened(MEALS, token)), now, sequence_at(now)))


def _opened(opens: str, token: str) -> Opened:
    return cast("Opened | None", current_app.extensions["opened"](opens, token)) or abort(404)


def _weeks(opened: Opened) -> list[WeekOfMeals]:
    """The weeks that are not over, under the household's own sheets."""
    sheets, first = current_app.extensions["sheets_of"](opened), date.today() - (DAYS - 1) * ONE_DAY
    kept = sorted((one for one in opened.all(WEEK) if date.fromisoformat(one.key) >= first), key=lambda one: one.key)
    found = [of_meals(shared_week(asked, opened, sheets)) for one in kept if (asked := kept_week(one))]
    # Where two weeks overlap, the later one counts from its first day on: a slot has one entry.
    begins = [one.week.days[0] for one in found]
    return [one.until(min((day for day in begins if day > one.week.days[0]), default=date.max)) for one in found]


def _as_feed(file: bytes) -> Response:
    response = Response(file, mimetype="text/calendar")
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "private, no-store"
    return response
