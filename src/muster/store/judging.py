"""What the store keeps of judgements, and of statements as they leave them.

None of these functions opens a transaction: the caller does (`muster.store.case.one_transaction`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from django.db.models import Max

import muster.store.orm  # noqa: F401  models need Django ready
from muster.reconcile.judged import OF_STATEMENTS, held, in_force, taken_back
from muster.records import Extraction, Judgement, JudgementKind, QuestionKind, Standard, Statement
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode, digest, encode, from_json, to_json
from muster.store.documents import mentionings, statement_columns
from muster.store.lookup import as_judged, dated, settled_dates

_FOUR_EYES = "four_eyes"
_AT_ONCE = 5_000


# ---- the log


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Something that a judgement is about.

    document is the one that it is of, or None; held: a statement that a subject held.
    """

    subject: str
    document: str | None = None
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A judgement, and whether it still counts; an undo that was itself taken back does not."""

    judgement: Judgement
    in_force: bool


def append_judgement(case: Case, judgement: Judgement, about: Iterable[About]) -> Judgement:
    """Write a judgement behind all others; return it with its sequence and its id.

    The caller holds the lock "writing".
    """
    rows = models.Judgement.objects.using(case.alias)
    sequence = (rows.aggregate(last=Max("sequence"))["last"] or 0) + 1
    judgement = replace(judgement, id="", sequence=sequence)
    judgement = replace(judgement, id="j-" + digest(encode(judgement))[:16])
    rows.create(
        id=judgement.id, sequence=sequence, kind=judgement.kind, decided_at=judgement.decided_at,
        decided_by=judgement.decided_by, blob=encode(judgement),
    )  # fmt: skip
    models.JudgedSubject.objects.using(case.alias).bulk_create(
        models.JudgedSubject(
            judgement_id=judgement.id, sequence=sequence, subject=each.subject, document=each.document, held=each.held
        )
        for each in dict.fromkeys(about)
    )
    return judgement


def get_judgement(case: Case, id_: str) -> Logged:
    """Return one judgement.  Raises KeyError where there is none."""
    blob = models.Judgement.objects.using(case.alias).filter(id=id_).values_list("blob", flat=True).first()
    if blob is None:
        raise KeyError(id_)
    return _logged(case, [decode(blob, Judgement)])[0]


def subjects_of(case: Case, judgement_id: str) -> tuple[About, ...]:
    """Return what a judgement is about."""
    rows = models.JudgedSubject.objects.using(case.alias).filter(judgement_id=judgement_id).order_by("id")
    return tuple(About(subject=row.subject, document=row.document, held=row.held) for row in rows)


def judgements_on(case: Case, subject: str) -> tuple[Logged, ...]:
    """Return all judgements about a statement, document, entity, event, source or judgement, oldest first.

    Those about an incident are those that name it or held one of its statements.
    """
    rows = models.JudgedSubject.objects.using(case.alias)
    found = set(rows.filter(subject=subject).values_list("judgement_id", flat=True))
    if subject.startswith("i-"):
        inside = models.Statement.objects.using(case.alias).filter(incident=subject).values("id")
        found |= set(rows.filter(subject__in=inside).values_list("judgement_id", flat=True))
    return _logged(case, _judgements(case, found))


def judgements_on_any(case: Case, subjects: Sequence[str]) -> tuple[Logged, ...]:
    """Return all judgements that name any of some subjects, oldest first."""
    found: set[str] = set()
    for at in range(0, len(subjects), _AT_ONCE):
        rows = models.JudgedSubject.objects.using(case.alias).filter(subject__in=subjects[at : at + _AT_ONCE])
        found.update(rows.values_list("judgement_id", flat=True))
    return _logged(case, _judgements(case, found))


def last_on(case: Case, subjects: Iterable[str]) -> int:
    """Return the sequence of the last judgement about any of some subjects; 0 where there is none."""
    rows = models.JudgedSubject.objects.using(case.alias).filter(subject__in=list(subjects))
    return rows.aggregate(last=Max("sequence"))["last"] or 0


def document_judgements(case: Case, document_id: str) -> tuple[Judgement, ...]:
    """Return all judgements about a document's statements, and what takes them back, oldest first."""
    rows = models.JudgedSubject.objects.using(case.alias).filter(document=document_id)
    return _judgements(case, set(rows.values_list("judgement_id", flat=True)))


def all_judgements(
    case: Case, *, before: int | None = None, n: int = 100, kind: JudgementKind | None = None, by: str | None = None
) -> tuple[Logged, ...]:
    """Return a page of the log, newest first: at most n, of a smaller sequence than before."""
    rows = models.Judgement.objects.using(case.alias).order_by("-sequence")
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    if kind is not None:
        rows = rows.filter(kind=kind)
    if by is not None:
        rows = rows.filter(decided_by=by)
    return _logged(case, [decode(blob, Judgement) for blob in rows.values_list("blob", flat=True)[:n]])


def _judgements(case: Case, ids: Iterable[str]) -> tuple[Judgement, ...]:
    rows = models.Judgement.objects.using(case.alias).filter(id__in=list(ids)).order_by("sequence")
    return tuple(decode(blob, Judgement) for blob in rows.values_list("blob", flat=True))


def _logged(case: Case, judgements: Iterable[Judgement]) -> tuple[Logged, ...]:
    undone = taken_back(_of_kind(case, "undo"))
    return tuple(Logged(judgement=each, in_force=each.id not in undone) for each in judgements)


def _of_kind(case: Case, *kinds: JudgementKind) -> tuple[Judgement, ...]:
    rows = models.Judgement.objects.using(case.alias).filter(kind__in=kinds).order_by("sequence")
    return tuple(decode(blob, Judgement) for blob in rows.values_list("blob", flat=True))


def of_kind(case: Case, kind: JudgementKind) -> tuple[Judgement, ...]:
    """Return the judgements of a kind that are in force, in the order in which they were made."""
    return tuple(each for each in in_force(_of_kind(case, kind, "undo")) if each.kind == kind)


def ever_of_kind(case: Case, kind: JudgementKind) -> tuple[Judgement, ...]:
    """Return all judgements of a kind, also those that were taken back, in the order in which they were made."""
    return _of_kind(case, kind)


# ---- statements


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """A statement with all that a page shows of it.

    statement is as judged, with its status and the date that its document is held to be from; extracted
    as it was extracted, which is the same where nobody corrected it, and None where somebody added it.
    """

    statement: Statement
    extracted: Statement | None
    incident: str | None
    origin: str
    told_on: str | None


def statement_row(case: Case, id_: str) -> StatementRow:
    """Return one statement.  Raises KeyError where there is none."""
    row = models.Statement.objects.using(case.alias).filter(id=id_).first()
    if row is None:
        raise KeyError(id_)
    settled = settled_dates(case, row.document_id)
    extracted = None if row.added else dated(decode(row.blob, Statement), settled)
    return StatementRow(
        statement=dated(as_judged(row.blob, row.judged, row.status), settled), extracted=extracted,
        incident=row.incident, origin=row.origin, told_on=row.told_on,
    )  # fmt: skip


def save_judged(case: Case, judged: Extraction) -> bool:
    """Keep a document's statements as people judged them, beside those extracted.

    Returns: whether more has changed than who accepted what.
    """
    rows = models.Statement.objects.using(case.alias)
    before = {row.id: row for row in rows.filter(document_id=judged.document_id)}
    changed = _drop_added(case, before, {each.id for each in judged.statements})
    moved: list[Statement] = []
    for position, each in enumerate(judged.statements):
        bare = replace(each, status="proposed")
        blob, row = encode(bare), before.get(each.id)
        if row is None:
            columns = statement_columns(each)
            rows.create(**columns, position=position, status=each.status, added=True, blob=blob)
            moved.append(each)
            continue
        kept = bytes(row.judged or row.blob)
        changed |= (row.status == "rejected") != (each.status == "rejected")
        if kept != blob:
            moved.append(each)
            own = {"blob": blob} if row.added else {"judged": None if bytes(row.blob) == blob else blob}
            rows.filter(id=each.id).update(**statement_columns(each), status=each.status, **own)
        elif row.status != each.status:
            rows.filter(id=each.id).update(status=each.status)
    if moved:
        names = models.Mentioning.objects.using(case.alias)
        names.filter(statement_id__in=[each.id for each in moved]).delete()
        names.bulk_create(mentionings(moved))
    return _save_names(case, judged) or changed or bool(moved)


def _drop_added(case: Case, before: dict[str, models.Statement], ids: set[str]) -> bool:
    """Take out what somebody added and took back; the log keeps it."""
    gone = [row.id for row in before.values() if row.added and row.id not in ids]
    models.Mentioning.objects.using(case.alias).filter(statement_id__in=gone).delete()
    models.Statement.objects.using(case.alias).filter(id__in=gone).delete()
    return bool(gone)


def _save_names(case: Case, judged: Extraction) -> bool:
    kept = models.Extraction.objects.using(case.alias).filter(document_id=judged.document_id)
    blob, before = kept.values_list("blob", "judged").get()
    names = encode(replace(judged, statements=()))
    if names == bytes(before or blob):
        return False
    kept.update(judged=None if names == bytes(blob) else names)
    return True


def judged_documents(case: Case) -> list[str]:
    """Return the ids of documents whose statements people judged."""
    rows = models.JudgedSubject.objects.using(case.alias).filter(
        judgement__kind__in=OF_STATEMENTS, document__isnull=False
    )
    return sorted({str(id_) for id_ in rows.values_list("document", flat=True)})


# ---- findings and sources


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingValue:
    """The value of a "finding"; held as in `muster.records.Judgement`."""

    answer: str
    standard: Standard
    held: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a person found on a question of an incident; judgement holds the reasoning, who signed and when."""

    judgement: Judgement
    question: QuestionKind
    answer: str
    standard: Standard


def findings(case: Case, incident_id: str) -> tuple[Finding, ...]:
    """Return the last finding on each question of an incident, by when they were made.

    A finding is about the incident that now holds most of the statements that its incident held then.
    """
    mine = models.Statement.objects.using(case.alias).filter(incident=incident_id).values("id")
    rows = models.JudgedSubject.objects.using(case.alias).filter(judgement__kind="finding", subject__in=mine)
    candidates = _judgements(case, set(rows.values_list("judgement_id", flat=True)))
    last: dict[QuestionKind, Finding] = {}
    for logged in _logged(case, candidates):
        judgement = logged.judgement
        if logged.in_force and _incident_of(case, judgement) == incident_id:
            value = from_json(judgement.value, FindingValue)
            question = cast(QuestionKind, judgement.subjects[1])
            last[question] = Finding(
                judgement=judgement, question=question, answer=value.answer, standard=value.standard
            )
    return tuple(sorted(last.values(), key=lambda finding: finding.judgement.sequence))


def _incident_of(case: Case, judgement: Judgement) -> str | None:
    """The incident that holds most of the statements that a judgement was about."""
    ids = [id_ for ids in held(judgement).values() for id_ in ids]
    rows = models.Statement.objects.using(case.alias).filter(id__in=ids, incident__isnull=False)
    now = Counter(rows.values_list("incident", flat=True))
    return min(now, key=lambda id_: (-now[id_], str(id_)), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceJudged:
    """What people said of a source: its owner, and how reliable it is, each the last that counts."""

    owner: Judgement | None = None
    reliability: Judgement | None = None


def source_judgements(case: Case) -> dict[str, SourceJudged]:
    """Return what people said of sources, by the names that they judged."""
    found: dict[str, SourceJudged] = {}
    for judgement in in_force(_of_kind(case, "owner", "reliability", "undo")):
        before = found.get(judgement.subjects[0], SourceJudged())
        owner = judgement.kind == "owner"
        found[judgement.subjects[0]] = (
            replace(before, owner=judgement) if owner else replace(before, reliability=judgement)
        )
    return found


# ---- settings


def get_four_eyes(case: Case) -> frozenset[str]:
    """Return the acts of which a statement needs two different people to be accepted."""
    row = models.Setting.objects.using(case.alias).filter(name=_FOUR_EYES).first()
    return frozenset(from_json(row.value, list[str])) if row is not None else frozenset()


def put_four_eyes(case: Case, acts: Iterable[str]) -> None:
    """Keep the acts of which a statement needs two different people to be accepted."""
    models.Setting.objects.using(case.alias).update_or_create(
        name=_FOUR_EYES, defaults={"value": to_json(sorted(set(acts)))}
    )
