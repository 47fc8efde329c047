"""How is an address drawn so that a phone's camera reads it? As one path of squares, which a page can hold as it stands."""

from dataclasses import dataclass

import segno

QUIET = 4
"""Squares of white around it, which a camera needs to find its edge."""


@dataclass(frozen=True)
class QrCode:
    """A drawing of squares: so many to each side, the quiet edge among them, and the path of the black ones."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The QR code of a text, black squares as one SVG path; each run of black in a row is one stroke of it."""
    rows = [*segno.make(text, micro=False, error="m").matrix_iter(border=QUIET)]
    runs = [run for down, row in enumerate(rows) for run in _runs(bytes(row), down)]
    return QrCode(len(rows), "".join(runs))


def _runs(row: bytes, down: int) -> list[str]:
    runs, start = [], None
    for across, is_black in enumerate([*row, 0]):
        if is_black and start is None:
            start = across
        elif not is_black and start is not None:
            runs.append(f"M{start} {down}h{across - start}v1h-{across - start}z")
            start = None
    return runs
