"""Does a page that cannot answer still help, whatever went wrong?"""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from app import LARGEST_UPLOAD, create_app
from tests.conftest import GetPage
from tests.house_checks import complaints, words

IN_DOUBT = "If in doubt, do not eat it. Ask your MS team."


@pytest.mark.parametrize(
    ("address", "method", "status"),
    [("/no-such-page", "get", 404), ("/foods/moon-cheese", "get", 404), ("/foods", "post", 405)],
)
def test_a_wrong_turn_says_where_to_go(get_page: GetPage, address: str, method: str, status: int) -> None:
    assert IN_DOUBT in words(get_page(address, status=status, method=method).main)


def test_a_file_that_is_too_large_says_so(client: FlaskClient) -> None:
    body = b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\n" + b"y" * LARGEST_UPLOAD + b"\r\n--x--\r\n"
    answer = client.post("/recipes/check", data=body, content_type="multipart/form-data; boundary=x")
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == 413 and IN_DOUBT in words(page.main) and not complaints(page)


def test_a_fault_of_ours_shows_no_trace_and_still_helps(caplog: pytest.LogCaptureFixture) -> None:
    broken: Flask = create_app({"PROPAGATE_EXCEPTIONS": False})

    def fails() -> None:
        raise OSError("the database is away at 10.0.0.7")

    broken.extensions["my_sheets"] = fails
    answer = broken.test_client().get("/foods?q=brie")
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert answer.status_code == 500
    assert IN_DOUBT in words(page.main) and not complaints(page)
    assert "10.0.0.7" not in answer.get_data(as_text=True)
    assert "the database is away" in caplog.text, "the log keeps what the page does not show"
