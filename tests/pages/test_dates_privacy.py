"""Do infusion days, the hospital and what the team said stay out of every address and every line of the log?

They are health data. The app is served as it is for a person, with an access log, and everything that it logs is read.
"""

import logging
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.serving import make_server

import planner.views
from tests.pages.test_dates_pages import sent_again, typed

HOSPITAL, NAME, NURSE = "german-ms-page", "fokus-ms", "Samira"
DAY = re.compile(r"201[0-9]|\bmarch\b|\bthursday 17\b", re.IGNORECASE)
"""Every day in these tests lies in 2011 to 2019, in no way that a date may be written."""
ADDRESSES = ("href", "action", "formaction", "src", "content", "cite", "data", "poster", "ping")


@dataclass
class Served:
    """The app on a port of this machine: what was answered, and every line that was logged."""

    address: str
    lines: list[str] = field(default_factory=list)
    answers: list[tuple[int, Mapping[str, str], BeautifulSoup]] = field(default_factory=list)

    def ask(self, sent: Mapping[str, str] | None = None, path: str = "/dates") -> BeautifulSoup:
        """Open the page, or send its form, without following anything."""
        body = urllib.parse.urlencode(sent).encode() if sent is not None else None
        try:
            answer = urllib.request.build_opener(Still).open(urllib.request.Request(self.address + path, body), timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        page = BeautifulSoup(answer.read().decode(), "html.parser")
        self.answers.append((answer.status, dict(answer.headers), page))
        return page


class Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class Lines(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def served(app: Flask) -> Iterator[Served]:
    server = make_server("127.0.0.1", 0, app)
    there = Served(f"http://127.0.0.1:{server.port}")
    handler, loggers = Lines(there.lines), [logging.getLogger(), logging.getLogger("werkzeug"), app.logger]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield there
    server.shutdown()
    thread.join()
    server.server_close()
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def tells(text: str) -> bool:
    """Does a line or an address tell a day, the hospital or who said something?"""
    text = urllib.parse.unquote_plus(text)
    return bool(DAY.search(text)) or any(secret in text for secret in (HOSPITAL, NAME, NURSE))


def addresses(page: BeautifulSoup) -> Iterator[str]:
    for tag in page.find_all(True):
        yield from (str(tag[name]) for name in ADDRESSES if tag.get(name))


def everything_on_the_page(served: Served) -> None:
    """All that a person can do on /dates, right and wrong."""
    page = served.ask()
    page = served.ask(sent_again(page, **typed(HOSPITAL, courses__0__first="17 3 2011", on="20 3 2011")))
    page = served.ask(sent_again(page, **typed(HOSPITAL, do="add-course")))
    second = typed(HOSPITAL, also={"move_course": "1"}, courses__1__first="15 3 2012", move_to="1 4 2012")
    page = served.ask({**sent_again(page), **second})
    assert page.select(".app-changes")
    page = served.ask(sent_again(page, do="use-move"))
    page = served.ask(sent_again(page, do="drop-2"))
    assert not page.select(".app-error-summary"), page.select(".app-error-summary")
    page = served.ask({**sent_again(page), "stop_who": NURSE, **typed(HOSPITAL, do="stop", stop_day="1 4 2011")})
    assert NURSE in str(page), "what was typed stands in the form"
    page = served.ask({**sent_again(page), "stopped": "", **typed(HOSPITAL, do="remember", courses__0__first="17 3 2011")})
    page = served.ask(sent_again(page, do="forget"))
    served.ask({**typed(HOSPITAL, courses__0__first="31 2 2011", on="1 3 1900")})
    served.ask({**typed(HOSPITAL + "-moon", courses__0__first="17 3 2011")})
    served.ask({**typed("london-patient-2019", courses__0__first="17 3 2011", courses__0__discharge="1 3 2011")})


def test_no_day_no_hospital_and_no_name_stands_in_an_address_or_a_line_of_the_log(served: Served) -> None:
    everything_on_the_page(served)
    asked = [line for line in served.lines if "/dates HTTP" in line]
    assert len(asked) == len(served.answers), "the access log was not read"
    assert not [line for line in served.lines if tells(line)]
    assert [status for status, _, _ in served.answers] == [200] * 9 + [400] * 3
    for _, headers, page in served.answers:
        assert not tells(headers.get("Location", ""))
        assert headers["Cache-Control"] == "no-store"
        assert [where for where in addresses(page) if tells(where)] == []
        assert {form["method"] for form in page.select("form")} == {"post"}
        assert {form["action"] for form in page.select("form")} == {"/dates"}


def test_a_fault_of_ours_leaves_a_trace_in_the_log_that_tells_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("made up")

    monkeypatch.setattr(planner.views, "answer", broken)
    served.ask(typed(HOSPITAL, courses__0__first="17 3 2011"))
    ((status, _, _),) = served.answers
    assert status == 500
    assert any("a page failed" in line for line in served.lines)
    assert not [line for line in served.lines if tells(line)]


def test_the_check_itself_would_notice() -> None:
    for line in ('"POST /dates?first=2011-03-17 HTTP/1.1"', "/dates/german-ms-page", "said=Samira", "17+March"):
        assert tells(line)
