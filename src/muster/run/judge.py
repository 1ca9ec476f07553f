"""Judging: one decision of a person is checked, written behind all others, and takes effect at once.

The log is written in one transaction together with the statements that it changes.  What is drawn from
several documents follows in another; whoever judges meanwhile waits for that, and is then served by one
reconciling for all who waited.  A decision that was written is never lost: what an interruption left
undone, the next judgement or build does.  A case that takes long to reconcile shows at once what plain rules
say, and is reconciled while nobody waits (`muster.run.meanwhile`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from muster.reconcile.judged import OF_STATEMENTS, set_apart, sound
from muster.records import Judgement, JudgementKind
from muster.run.judgeable import Judged, check_judgement
from muster.run.meanwhile import can_wait, is_large, reconcile_soon, show_meanwhile
from muster.run.stages import Stages, WideStages, real_stages
from muster.run.wide import reconcile
from muster.settings import Settings
from muster.store import judging as stored
from muster.store import protection
from muster.store.case import Case, one_transaction
from muster.store.complaints import database_errors
from muster.store.documents import save_outline
from muster.store.locking import hold
from muster.store.lookup import get_document, get_extracted, get_reading
from muster.store.search import refresh

Clock = Callable[[], datetime]
#: Kinds of judgement after which nothing that several documents are judged by is different.  An undo is of the
#: kinds that it takes back, too.
_OF_ITSELF = frozenset({"reliability", "finding", "redact", "coordinates", "undo"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decides, before it is checked and written; fields are the arguments of `judge`."""

    kind: JudgementKind
    subjects: tuple[str, ...]
    value: str = ""
    reason: str = ""
    seen: int | None = None


def judge(
    case: Case,
    kind: JudgementKind,
    subjects: Sequence[str],
    *,
    value: str = "",
    reason: str = "",
    decided_by: str,
    seen: int | None = None,
    stages: Stages | None = None,
    now: Clock = lambda: datetime.now(UTC),
) -> Judgement:
    """Decide something, and bring up to date all that it touches; return the judgement as it was written.

    kind, subjects and value are as in `muster.records.Judgement`, except that what an event or incident
    holds is filled in here.  Callers wait for each other.

    Args:
        seen: the sequence of the last judgement about the subjects that whoever decides knew of
            (`muster.store.judging.last_on`); None: it does not matter.

    Raises:
        MusterError: "unknown_subject": the case holds no such thing (any more); "wrong_value"; "reason_needed";
            "stale": somebody judged the same meanwhile, or it is taken back already.
    """
    decision = Decision(kind=kind, subjects=tuple(subjects), value=value, reason=reason, seen=seen)
    return judge_many(case, [decision], decided_by=decided_by, stages=stages, now=now)[0]


def judge_many(
    case: Case,
    decisions: Sequence[Decision],
    *,
    decided_by: str,
    stages: Stages | None = None,
    now: Clock = lambda: datetime.now(UTC),
) -> tuple[Judgement, ...]:
    """Decide several things in their order, all or none; return a judgement for each, as it was written.

    What they touch is brought up to date once.

    Raises:
        MusterError: as `judge`; then nothing was decided.
    """
    stages = stages or real_stages(Settings())
    run = stages.wide()
    with database_errors(case.folder):
        with hold(case, "writing"):
            with one_transaction(case):
                made = [_write(case, each, decided_by, now) for each in decisions]
                checked = [each for each, _ in made]
                documents = sorted({id_ for each in checked for id_ in each.documents()})
                changed = [rejudge(case, run, id_) for id_ in documents]
            kinds = {kind for each in checked for kind in each.kinds}
            more = any(changed) or bool(kinds - {*OF_STATEMENTS, *_OF_ITSELF})
            later = more and is_large(case) and can_wait(case, checked)
            if later:
                with one_transaction(case):
                    show_meanwhile(case, run, checked, documents)
        if later:
            reconcile_soon(case)
        elif more:
            reconcile(case, stages)
        if more:
            refresh(case)
    return tuple(judgement for _, judgement in made)


def _write(case: Case, decision: Decision, decided_by: str, now: Clock) -> tuple[Judged, Judgement]:
    """Check a decision, and write it behind all others."""
    value, reason = decision.value.strip(), decision.reason.strip()
    checked = check_judgement(case, decision.kind, decision.subjects, value, reason, decision.seen)
    judgement = Judgement(
        id="", kind=checked.kind, subjects=checked.subjects, value=checked.value, reason=reason,
        decided_by=decided_by, decided_at=now().astimezone(UTC).isoformat(timespec="milliseconds"),
    )  # fmt: skip
    if checked.kind == "redact":
        protection.make_secret(case)
    return checked, stored.append_judgement(case, judgement, checked.about)


def rejudge(case: Case, run: WideStages, document_id: str) -> bool:
    """Bring a document's statements and outline in line with the judgements about them.

    Returns: whether more has changed than who accepted what.  The caller has the transaction.
    """
    judgements = stored.document_judgements(case, document_id)
    reading, extracted = get_reading(case, document_id), get_extracted(case, document_id)
    judged = run.judged(extracted, reading, judgements, stored.get_four_eyes(case))
    changed = stored.save_judged(case, judged)
    kept, apart = sound(judged), set_apart(judgements)
    if changed or any(each.kind not in (*OF_STATEMENTS, "undo") for each in judgements):
        outline = run.outline(get_document(case, document_id), reading, kept, apart)
        save_outline(case, outline, run.check_document(reading, kept), None)
        return True
    return False


def require_four_eyes(case: Case, acts: Iterable[str], *, stages: Stages | None = None) -> None:
    """Settle of which acts a statement needs two different people to be accepted.

    What one person accepted of such acts is then "seconded" until another does.
    """
    run = (stages or real_stages(Settings())).wide()
    with database_errors(case.folder), hold(case, "writing"), one_transaction(case):
        stored.put_four_eyes(case, acts)
        for document_id in stored.judged_documents(case):
            rejudge(case, run, document_id)


def required_four_eyes(case: Case) -> frozenset[str]:
    """Return the acts of which a statement needs two different people to be accepted."""
    return stored.get_four_eyes(case)
