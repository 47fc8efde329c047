"""Does a sheet that is half entered survive a closed tab, and can it be entered without a script or a mouse?"""

from typing import TYPE_CHECKING

import pytest

from planner.own_sheet import OwnSheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def start(page: "Page") -> None:
    page.goto("/dates/own-sheet")
    page.get_by_role("button", name="Start with the first question").click()


def test_a_closed_tab_loses_nothing_and_the_draft_can_be_forgotten(page: "Page") -> None:
    start(page)
    page.get_by_label("Whose sheet is it?").fill("Harbour Hospital")
    page.get_by_label("Which country is it for?").fill("Ireland")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("heading", name="Question 2 of 30").wait_for()
    # The script has begun to keep what is typed when it says so. A person cannot answer and close the page sooner.
    page.get_by_text("This device keeps a draft").wait_for()
    page.get_by_label("Somebody told me").check()
    again = page.context.new_page()
    page.close()
    again.goto("/dates/own-sheet")
    again.get_by_role("button", name="Go on with my draft").click()
    again.get_by_role("heading", name="Question 2 of 30").wait_for()
    assert again.get_by_label("Somebody told me").is_checked()
    assert again.locator("input[name=country]").input_value() == "Ireland"
    again.get_by_role("button", name="Finish now").click()
    again.get_by_text("Harbour Hospital. Entered on").wait_for()
    again.goto("/dates/own-sheet")
    again.get_by_role("button", name="Forget the draft").click()
    again.reload()
    assert not again.get_by_role("button", name="Go on with my draft").is_visible()


def test_without_a_script_every_answer_still_travels(browser: "Browser", address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    start(page)
    page.get_by_label("Whose sheet is it?").fill("Harbour Hospital")
    for number in range(2, 9):
        page.get_by_role("button", name="Next").click()
        page.get_by_role("heading", name=f"Question {number} of 30").wait_for()
    page.get_by_label("Leave it out, even when cooked").check()
    page.get_by_role("button", name="Finish now").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename == "my-hospital-sheet.json"
    kept = OwnSheet.from_json(download.value.path().read_bytes())
    assert dict(kept.answers) == {"name": "Harbour Hospital", "stilton": "avoid"}
    page.goto("/dates/own-sheet")
    page.get_by_label("The file of a sheet that you saved").set_input_files(download.value.path())
    page.get_by_role("button", name="Open this sheet").click()
    page.get_by_role("heading", name="My hospital's sheet").wait_for()
    context.close()


def test_by_keyboard_enter_goes_to_the_next_question(page: "Page") -> None:
    start(page)
    page.get_by_label("Whose sheet is it?").focus()
    page.keyboard.type("Harbour Hospital")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Question 2 of 30").wait_for()
