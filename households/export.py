"""What does a household take with it? Everything that is kept of it, in files that a person or another program can read."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime

from households.household import Account, Document

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The moment that every file in the export bears, so that the same content makes the same file."""


def everything_as_json(
    me: Account, people: Iterable[Account], links: Iterable[tuple[int, str, str, datetime]], documents: Iterable[Document]
) -> bytes:
    """The kitchen, its people, its links and all that it keeps. No password, and no link that opens anything."""
    said = {
        "kitchen": me.kitchen,
        "people": [{"name": one.name, "role": one.role.value, "shares_days": one.shares_days} for one in people],
        "links": [{"opens": opens, "about": about, "since": since.isoformat()} for _, opens, about, since in links],
        "kept": [
            {
                "kind": one.kind,
                "key": one.key,
                "said": one.said,
                "changed_at": one.changed_at.isoformat(),
                "changed_by": one.changed_by,
            }
            for one in documents
        ],
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in one."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
