"""Which words does a household use? Role, Account, Device, Invitation, and what a name or a password must be."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any


class Role(Enum):
    """What a person in a household may do: a patient everything, a carer weeks and lists, a reader only look."""

    PATIENT = "patient"
    CARER = "carer"
    READER = "reader"


@dataclass(frozen=True)
class Account:
    """One person who signs in. `shares_days` is a patient's own choice: may the others see the infusion days?"""

    key: int
    household: int
    kitchen: str
    name: str
    role: Role
    shares_days: bool = False


@dataclass(frozen=True)
class Device:
    """A browser that is signed in: what it calls itself, since when, and when it was last here."""

    key: int
    called: str
    since: datetime
    seen: datetime


Said = dict[str, Any]
"""What a kept thing says, as values that JSON can hold."""


@dataclass(frozen=True)
class Document:
    """One thing that a household keeps: its kind and key, what it says, which version, since when and by whom."""

    kind: str
    key: str
    said: Said
    version: int
    changed_at: datetime
    changed_by: str


SIGNED_IN_FOR = timedelta(days=180)
"""A device that has not been here for so long is signed out: long enough for a treatment year with a gap."""
SIGNED_IN_AT_MOST = timedelta(days=365)
"""Then everybody signs in again, however often they were here."""
SEEN_AGAIN = timedelta(days=1)
"""How often it is noted that a device was here."""
INVITED_FOR = timedelta(days=7)
LONGEST_NAME = 60
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
RECOVERY_CODES = 8
MOST_DOCUMENTS, MOST_LETTERS = 10_000, 50_000_000
"""How much one household keeps at most. A full year takes about 60 documents and 130,000 letters; a large collection of
2,000 recipes takes about 8 million letters."""
SPARE_LETTERS = 10_000_000
"""What a household that is full has left for what it keeps already, and for what it keeps once, such as its hospital."""
ATTEMPTS, ATTEMPTS_WITHIN = 10, timedelta(minutes=15)
"""How often one name may be tried from one network before it must rest there."""
ATTEMPTS_ON_NAME = 100
"""How often one name may be tried from everywhere. More than one stranger can use up, so nobody is locked out by one."""
FROM_ONE_NETWORK = {"sign-in": 300, "recover": 60, "begin": 30, "join": 40, "fetch": 30, "share": 120, "list": 2_000}
"""How often each may be tried from one network within that time, whoever is asked for: what -> count.

A list that is shared asks every few seconds while it is looked at, and several phones of a family share a network."""
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""None that is mistaken for another one when a code is copied by hand."""


def folded(name: str) -> str:
    """A user name as it is compared, so that "Ann", "ann" and "ＡＮＮ" are one person."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def digest(token: str) -> str:
    """What is kept of a token with at least 128 random bits: enough to know it again, of no use to a thief."""
    return hashlib.sha256(token.encode()).hexdigest()


_KINDS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac", "Mac"),
    ("Linux", "Linux"),
)


def browser_called(user_agent: str) -> str:
    """What a person would call this browser: "Firefox on Android". Rough on purpose: it only helps to tell devices apart."""
    kind = next((name for sign, name in _KINDS if sign in user_agent), "A browser")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return f"{kind} on {system}" if system else kind
