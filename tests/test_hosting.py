"""Do the files to host it name what is there, and does gunicorn write a line without people?"""

import json
import re
import runpy
from pathlib import Path
from unittest import mock

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "hosting.md").read_text("utf-8")


def test_the_page_names_every_file_of_deploy_and_no_other() -> None:
    named = set(re.findall(r"deploy/[\w.-]+\w", PAGE)) - {"deploy/piping-hot"}
    there = {f"deploy/{file.name}" for file in (ROOT / "deploy").iterdir() if file.is_file()}
    assert named <= there, f"docs/hosting.md names {sorted(named - there)}, which are not there"
    assert there - named <= {"deploy/piping-hot-backup.service"}, f"docs/hosting.md does not name {sorted(there - named)}"


def test_the_container_holds_every_folder_that_the_app_needs() -> None:
    copied = set(re.findall(r"^COPY (\S+) \S+$", (ROOT / "deploy" / "Containerfile").read_text("utf-8"), re.M))
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests"}
    needed = packages | {"app.py", "data", "migrations", "static", "templates", "requirements.txt"}
    assert needed <= copied, f"copy {sorted(needed - copied)} in deploy/Containerfile"


@pytest.mark.parametrize(("hosts", "asks_as"), [("", "localhost"), ("kitchen.example home.arpa", "kitchen.example")])
def test_the_container_asks_for_its_health_under_a_name_that_is_ours(
    monkeypatch: pytest.MonkeyPatch, hosts: str, asks_as: str
) -> None:
    """With HOSTS set, whoever asks under another name is refused, and the container would be started anew for ever."""
    check = re.search(r"^HEALTHCHECK CMD (.+)$", (ROOT / "deploy" / "Containerfile").read_text("utf-8"), re.M)
    program, option, code = json.loads(check[1] if check else "")
    monkeypatch.setenv("HOSTS", hosts)
    with mock.patch("urllib.request.urlopen") as asked:
        exec(code, {})
    assert (program, option) == ("python", "-c")
    assert asked.call_args.args[0].full_url == "http://127.0.0.1:8000/health"
    assert asked.call_args.args[0].get_header("Host") == asks_as


def test_a_line_of_the_log_holds_no_address_and_no_cookie() -> None:
    settings = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))
    # gunicorn's names: h client, r U q address of the page, f referrer, a browser, {x}i x}o x}e headers and surroundings.
    assert set(re.findall(r"%\(([^)]+)\)", settings["access_log_format"])) <= set("tmsBbLTDM")
    nginx = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    line = re.search(r"log_format without_people '([^']+)'", nginx)
    assert line and not re.search(r"\$(request |request_uri|uri|args|remote_addr|http_|cookie_)", line[1] + " ")
    assert len(re.findall("access_log", nginx)) == 2 and "access_log off" in nginx and "without_people;" in nginx
