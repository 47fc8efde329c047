"""Which choices together are worth most? A small model of yes-or-no choices in, the best of them out.

It knows nothing of meals, and is the home of the optimiser. The same model gives the same answer in any process: one
thread, a fixed seed, choices and rows in the order of their names, and a stop by proof or by the number of nodes. The
clock is only a guard, and the answer says when it was needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import highspy


CLOSE_ENOUGH = 0.001
"""Stop when no plan can be better by more than this share of the one found."""
MOST_NODES = 20
MOST_SECONDS = 20.0
"""Nodes stop a hard model the same way every time; seconds would not, so they are far off."""


@dataclass(frozen=True)
class Row:
    """The sum of the chosen terms must lie from `at_least` to `at_most`; None leaves that side open.

    Without a price that is a rule. With one it is a wish, and each unit that it is missed by costs `price`. `says` is the
    wish in words, for whoever asks which were missed.
    """

    name: str
    terms: Mapping[str, int]
    at_least: int | None = None
    at_most: int | None = None
    price: int | None = None
    says: str = ""


@dataclass(frozen=True)
class Model:
    """Choices with what each is worth, and the rows that bind them."""

    worth: Mapping[str, int]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Solution:
    """The choices made, what they are worth in all, and how far at most from the best (a share: 0.01 is one per cent).

    `out_of_time` says that the clock ended it, so that another run may end elsewhere. `missed` names the wishes that were
    missed and by how much.
    """

    chosen: frozenset[str]
    worth: int
    gap: float
    out_of_time: bool = False
    missed: Mapping[str, int] = field(default_factory=dict)


class NoAnswer(ValueError):
    """The rules without a price contradict each other, or nothing that keeps them was found in time."""


def solve(model: Model, most_nodes: int = MOST_NODES, most_seconds: float = MOST_SECONDS) -> Solution:
    """The best choices of a model. Raises NoAnswer when its rules cannot all be kept."""
    # Here, not above: importing it takes a third of a second, and only a week needs it.
    import highspy

    names = sorted(model.worth)
    rows = sorted((row for row in model.rows if row.terms), key=lambda row: row.name)
    if not names:
        return Solution(frozenset(), 0, 0.0, missed=_missed(frozenset(), model.rows))
    solver = _settled(most_nodes, most_seconds)
    solver.passModel(_as_lp(model.worth, names, rows))
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise NoAnswer(f"No choice keeps every rule: {solver.modelStatusToString(solver.getModelStatus())}.")
    values = solver.getSolution().col_value
    chosen = frozenset(name for name, value in zip(names, values, strict=False) if value > 0.5)
    return Solution(
        chosen=chosen,
        worth=round(solver.getInfo().objective_function_value),
        gap=max(0.0, float(solver.getInfo().mip_gap)),
        out_of_time=solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit,
        missed=_missed(chosen, model.rows),
    )


def worth_of(model: Model, chosen: frozenset[str]) -> int:
    """What any choices are worth in a model: their own worth, less what the wishes that they miss cost.

    A wish that no choice could ever meet costs nothing, here as in `solve`.
    """
    missed = _missed(chosen, model.rows)
    price = {row.name: (row.price or 0) if row.terms else 0 for row in model.rows}
    return sum(model.worth[name] for name in chosen) - sum(price[name] * by for name, by in missed.items())


def _missed(chosen: frozenset[str], rows: Sequence[Row]) -> dict[str, int]:
    found = {row.name: _missed_by(chosen, row) for row in rows if row.price is not None}
    return {name: by for name, by in found.items() if by}


def _missed_by(chosen: frozenset[str], row: Row) -> int:
    total = sum(count for name, count in row.terms.items() if name in chosen)
    short = 0 if row.at_least is None else row.at_least - total
    over = 0 if row.at_most is None else total - row.at_most
    return max(0, short, over)


def _settled(most_nodes: int, most_seconds: float) -> "highspy.Highs":
    import highspy

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 1,
        "presolve": "off",  # A week is so small that presolving takes longer than the search it shortens.
        "mip_detect_symmetry": False,  # Nor has it any: every choice is worth its own points.
        "mip_heuristic_run_root_reduced_cost": False,  # It takes half of the time of a tight week and finds nothing better.
        "mip_rel_gap": CLOSE_ENOUGH,
        "mip_max_nodes": most_nodes,
        "time_limit": most_seconds,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver


def _as_lp(worth: Mapping[str, int], names: Sequence[str], rows: Sequence[Row]) -> "highspy.HighsLp":
    """The columns are the choices, then for each wish how far it is missed below and above."""
    columns = _Columns({name: number for number, name in enumerate(names)})
    entries = [columns.of(row) for row in rows]
    misses = len(columns.prices)
    import highspy

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(names) + misses, len(rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = [float(worth[name]) for name in names] + [-float(price) for price in columns.prices]
    lp.col_lower_ = [0.0] * lp.num_col_
    lp.col_upper_ = [1.0] * len(names) + [highspy.kHighsInf] * misses
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(names) + [highspy.HighsVarType.kContinuous] * misses
    lp.row_lower_ = [-highspy.kHighsInf if row.at_least is None else float(row.at_least) for row in rows]
    lp.row_upper_ = [highspy.kHighsInf if row.at_most is None else float(row.at_most) for row in rows]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = [0, *accumulate(len(row) for row in entries)]
    lp.a_matrix_.index_ = [column for row in entries for column, _ in row]
    lp.a_matrix_.value_ = [float(value) for row in entries for _, value in row]
    return lp


@dataclass
class _Columns:
    """The column of each choice, and the price of each further column that says how far a wish is missed."""

    place: Mapping[str, int]
    prices: list[int] = field(default_factory=list)

    def of(self, row: Row) -> list[tuple[int, int]]:
        """The entries of a row: its choices, and for a wish what makes up for missing it below or above."""
        entries = [(self.place[name], row.terms[name]) for name in sorted(row.terms)]
        for sign, side in ((1, row.at_least), (-1, row.at_most)):
            if row.price is not None and side is not None:
                entries.append((len(self.place) + len(self.prices), sign))
                self.prices.append(row.price)
        return entries
