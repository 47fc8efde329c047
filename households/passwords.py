"""Is this the right password? Argon2id, with the library's own current settings."""

import functools

import argon2

_HASHER = argon2.PasswordHasher()


def hashed(password: str) -> str:
    """What is kept of a password. About 0.1 s of work and 64 MiB, on purpose."""
    return _HASHER.hash(password)


def matches(kept: str, password: str) -> bool:
    """Does the password belong to this hash?"""
    try:
        return _HASHER.verify(kept, password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Was it made with settings that the library has since made stronger?"""
    return _HASHER.check_needs_rehash(kept)


@functools.cache
def of_nobody() -> str:
    """A hash that stands in for a name nobody has, so that a wrong name costs as much as a wrong password."""
    return hashed("nobody has this password")


def is_easily_guessed(password: str, known_words: list[str]) -> bool:
    """Is it among the passwords and patterns that are tried first? `known_words` belong to the person."""
    # Read only when somebody chooses a password: its word lists take a tenth of a second to open.
    from zxcvbn import zxcvbn

    return bool(zxcvbn(password[:72], user_inputs=[word for word in known_words if word])["score"] < 3)
