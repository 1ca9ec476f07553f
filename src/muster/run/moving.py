"""Moving a statement from one incident to another."""

from muster.errors import MusterError
from muster.records import Judgement
from muster.run.judge import Decision, judge_many
from muster.run.stages import Stages
from muster.store.case import Case
from muster.store.subjects import statements_of


def move_statement(
    case: Case,
    statement: str,
    away_from: str | None,
    to: str | None,
    *,
    reason: str,
    decided_by: str,
    stages: Stages | None = None,
) -> tuple[Judgement, ...]:
    """Take a statement out of an incident and put it into another; without that one it is an incident of its own.

    Raises:
        MusterError: as `muster.run.judge.judge`; "wrong_value" too where it would stay where it is.
    """
    if to == away_from:
        raise MusterError("wrong_value", "The statement is there already.", "Choose another incident.")
    decisions = []
    if away_from is not None and (to is None or len(statements_of(case, away_from)) > 1):
        decisions.append(Decision(kind="different", subjects=(statement, away_from), reason=reason))
    if to is not None:
        decisions.append(Decision(kind="same", subjects=(statement, to), reason=reason))
    return judge_many(case, decisions, decided_by=decided_by, stages=stages)
