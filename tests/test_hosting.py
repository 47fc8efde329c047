"""Do the files to host it name what is there, and does gunicorn write a line without people?"""

import re
import runpy
from pathlib import Path

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


def test_a_line_of_the_log_holds_no_address_and_no_cookie() -> None:
    settings = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))
    # gunicorn's names: h client, r U q address of the page, f referrer, a browser, {x}i x}o x}e headers and surroundings.
    assert set(re.findall(r"%\(([^)]+)\)", settings["access_log_format"])) <= set("tmsBbLTDM")
    nginx = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    line = re.search(r"log_format without_people '([^']+)'", nginx)
    assert line and not re.search(r"\$(request |request_uri|uri|args|remote_addr|http_|cookie_)", line[1] + " ")
    assert len(re.findall("access_log", nginx)) == 2 and "access_log off" in nginx and "without_people;" in nginx
