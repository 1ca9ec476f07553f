"""Search over readings, statements and names, in any spelling or script.

What is searched is folded text (`muster.languages.scripts.fold`), kept beside the record and never shown:
hits are shown as they are written.  Names are also found by their skeleton of consonants, so that one typed
in Latin letters finds the same name in Arabic script, and the other way round.

On SQLite the rows stand in an FTS5 table, on PostgreSQL under a GIN index (migration "search").
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from django.db import connections
from django.db.models import Exists, F, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Concat

import muster.store.orm  # noqa: F401  models need Django ready
from muster.languages.names import similarity
from muster.languages.scripts import fold, script_of
from muster.languages.sounds import consonants, sounds_of
from muster.records import Entity, Reading, Statement
from muster.store import models
from muster.store.case import Case, one_transaction
from muster.store.codec import decode
from muster.store.lookup import get_statements
from muster.store.wide import batches

KINDS = ("person", "group", "place", "statement", "passage")
_NAMES = ("person", "group", "place")
_WORD = re.compile(r"\w+")
# What is written before an Arabic word without a space: and, so, with, like, for, and the article.  A bare "so" is
# rare, and many names begin with its letter.
_BEFORE = re.compile(r"(?:[وف]?(?:[بك]?ال|لل)|و)(?=\w{3})")
_SKELETON = "zq"  # no word begins so
_ALIKE = 0.85
_MOST_WORDS = 12
_MOST_CHARS = 100_000  # PostgreSQL indexes no more than a megabyte at once
_AT_ONCE = 200
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found.

    ref is the id of the entity or statement; empty for a passage.  text is the name, or the words around the
    hit; marks are the spans of text that match.  start counts code points of the reading, where there is one.
    """

    kind: str
    ref: str
    document_id: str | None
    start: int | None
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of hits; more: there are others after them."""

    hits: tuple[Hit, ...]
    more: bool


def search(
    case: Case, query: str, kind: str, *, limit: int = 20, offset: int = 0, where: Mapping[str, str] | None = None
) -> Found:
    """Return what holds all words of a query, or words that begin with them; the best first.

    Args:
        kind: one of KINDS.
        where: for statements and passages, columns of Statement or Reading and the values they must have
            ("act", "status", "polarity", "origin"; "language", "outlet").
    """
    wanted = terms(query)[:_MOST_WORDS]
    if not wanted:
        return Found(hits=(), more=False)
    if kind in _NAMES:
        found = _names(case, query, wanted, kind)[offset : offset + limit + 1]
    else:
        rows = _rows(case, wanted, kind, where or {}, limit + 1, offset)
        found = list(_statements(case, rows, wanted) if kind == "statement" else _passages(case, rows, wanted))
    return Found(hits=tuple(found[:limit]), more=len(found) > limit)


def terms(text: str) -> list[str]:
    """Return the words of a text as they are searched for."""
    return [_term(word) for word in _words(text)]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


@lru_cache(maxsize=1 << 15)
def _term(word: str) -> str:
    return _BEFORE.sub("", word, count=1) if script_of(word) == "arabic" and _BEFORE.match(word) else word


def refresh(case: Case) -> None:
    """Bring what is searched in line with the record: only what changed since is written."""
    for some in batches(_stale_documents(case), _AT_ONCE):
        with one_transaction(case):
            _replace(case, [id_ for id_, _ in some], some, (row for id_, _ in some for row in _of_document(case, id_)))
    for some in batches(_stale_entities(case), _AT_ONCE * 10):
        with one_transaction(case):
            ids = [id_ for id_, _ in some]
            blobs = models.Entity.objects.using(case.alias).filter(id__in=ids).values_list("blob", flat=True)
            _replace(case, ids, some, (_of_entity(decode(blob, Entity)) for blob in blobs.iterator()))
    _forget_the_gone(case)


# ---- writing


def _stale_documents(case: Case) -> list[tuple[str, str]]:
    outline = Coalesce("document__outline__digest", Value(""))
    readings = models.Reading.objects.using(case.alias).annotate(now=Concat("digest", outline))
    return list(_unsearched(readings, "document_id").values_list("document_id", "now"))


def _stale_entities(case: Case) -> list[tuple[str, str]]:
    entities = models.Entity.objects.using(case.alias).annotate(now=F("digest"))
    return list(_unsearched(entities, "id").values_list("id", "now"))


def _unsearched(rows: "QuerySet[M]", key: str) -> "QuerySet[M]":
    """Those rows, in order of the key, whose search rows were not made of what they are now."""
    done = models.Searched.objects.filter(owner=OuterRef(key), digest=OuterRef("now"))
    return rows.filter(~Exists(done)).order_by(key)


def _forget_the_gone(case: Case) -> None:
    entities = models.Entity.objects.using(case.alias).filter(id=OuterRef("owner"))
    readings = models.Reading.objects.using(case.alias).filter(document_id=OuterRef("owner"))
    with one_transaction(case):
        done = models.Searched.objects.using(case.alias).filter(~Exists(entities), ~Exists(readings))
        for some in batches(list(done.values_list("owner", flat=True)), _AT_ONCE):
            for rows in (models.Searched, models.SearchRow):
                rows.objects.using(case.alias).filter(owner__in=some).delete()


def _replace(
    case: Case, owners: Sequence[str], digests: Iterable[tuple[str, str]], rows: Iterable[models.SearchRow]
) -> None:
    models.SearchRow.objects.using(case.alias).filter(owner__in=owners).delete()
    models.SearchRow.objects.using(case.alias).bulk_create(rows, batch_size=500)
    models.Searched.objects.using(case.alias).bulk_create(
        (models.Searched(owner=owner, digest=digest) for owner, digest in digests),
        update_conflicts=True, unique_fields=["owner"], update_fields=["digest"],
    )  # fmt: skip


def _of_document(case: Case, id_: str) -> Iterator[models.SearchRow]:
    reading = decode(
        models.Reading.objects.using(case.alias).values_list("blob", flat=True).get(document_id=id_), Reading
    )
    for start, end in _passages_of(reading):
        body = " ".join(terms(reading.text[start:end]))
        if body:
            yield models.SearchRow(owner=id_, kind="passage", ref="", start=start, end=end, body=body)
    for each in get_statements(case, document_id=id_):
        body = " ".join(terms(" ".join(_said(each))[:_MOST_CHARS]))
        yield models.SearchRow(owner=id_, kind="statement", ref=each.id, start=each.start, end=each.end, body=body)


def _passages_of(reading: Reading) -> Iterator[tuple[int, int]]:
    for block in reading.blocks:
        for start in range(block.start, block.end, _MOST_CHARS):
            yield start, min(start + _MOST_CHARS, block.end)


def _said(statement: Statement) -> Iterator[str]:
    yield statement.quote
    for words in (*statement.said_by, statement.actor, statement.target, statement.place):
        if words is not None:
            yield words.name


def _of_entity(entity: Entity) -> models.SearchRow:
    forms = (entity.name, *(each.form for each in entity.aliases))
    words = {word for form in forms for word in terms(form)}
    skeletons = {skeleton for form in forms for word in _words(form) if (skeleton := _skeleton(word))}
    return models.SearchRow(
        owner=entity.id, kind=entity.kind, ref=entity.id, start=None, end=None,
        body=" ".join(sorted(words | skeletons)),
    )  # fmt: skip


def _skeleton(word: str) -> str:
    bones = consonants(sounds_of(word.removeprefix("ال"))).lower()
    return _SKELETON + bones if len(bones) > 1 else ""


# ---- reading


def _rows(
    case: Case, wanted: Sequence[str], kind: str, where: Mapping[str, str], limit: int, offset: int
) -> list[models.SearchRow]:
    ids = _matching(case, [[word] for word in wanted], kind)
    rows = models.SearchRow.objects.using(case.alias).filter(kind=kind).extra(where=[ids[0]], params=ids[1])
    if where and kind == "statement":
        rows = rows.filter(ref__in=models.Statement.objects.using(case.alias).filter(**where).values("id"))
    elif where:
        rows = rows.filter(owner__in=models.Reading.objects.using(case.alias).filter(**where).values("document_id"))
    return list(rows.order_by("id")[offset : offset + limit])


def _matching(case: Case, wanted: Sequence[Sequence[str]], kind: str) -> tuple[str, list[str]]:
    """Return SQL that holds for rows with one word of each group, or a word that begins with it."""
    if connections[case.alias].vendor == "postgresql":
        groups = (" | ".join(f"'{word}':*" for word in group) for group in wanted)
        return "to_tsvector('simple', body) @@ to_tsquery('simple', %s)", [" & ".join(f"({each})" for each in groups)]
    groups = (" OR ".join(f'body:"{word}"*' for word in group) for group in wanted)
    query = " AND ".join([f'kind:"{kind}"', *(f"({each})" for each in groups)])
    return "store_searchrow.id IN (SELECT rowid FROM store_search WHERE store_search MATCH %s)", [query]


def _names(case: Case, query: str, wanted: Sequence[str], kind: str) -> list[Hit]:
    bones = [_skeleton(word) for word in _words(query)][: len(wanted)]
    groups = [[word, *filter(None, [skeleton])] for word, skeleton in zip(wanted, bones, strict=True)]
    sql, params = _matching(case, groups, kind)
    rows = models.SearchRow.objects.using(case.alias).filter(kind=kind).extra(where=[sql], params=params)
    ids = list(rows.values_list("ref", flat=True)[:_AT_ONCE])
    entities = models.Entity.objects.using(case.alias).filter(id__in=ids).order_by("-n_documents", "id")
    asked = _words(query)[: len(wanted)]
    found = [(_alike(decode(blob, Entity), asked), blob) for blob in entities.values_list("blob", flat=True)]
    kept = sorted((row for row in found if row[0] >= _ALIKE), key=lambda row: -row[0])
    return [_name_hit(decode(blob, Entity), wanted) for _, blob in kept]


def _alike(entity: Entity, asked: Sequence[str]) -> float:
    """Return how well the least similar word of a query fits a word of the entity's names, in 0..1."""
    words = {word for form in (entity.name, *(each.form for each in entity.aliases)) for word in _words(form)}
    return min(max((_fits(word, each) for each in words), default=0.0) for word in asked)


@lru_cache(maxsize=1 << 15)
def _fits(asked: str, word: str) -> float:
    return 1.0 if _term(word).startswith(_term(asked)) else similarity(asked, word)


def _name_hit(entity: Entity, wanted: Sequence[str]) -> Hit:
    forms = [entity.name, *(each.form for each in entity.aliases)]
    best = max(forms, key=lambda form: (len(_marks(form, wanted)), form == entity.name))
    text = entity.name if best == entity.name else f"{entity.name} ({best})"
    return Hit(
        kind=entity.kind, ref=entity.id, document_id=None, start=None, text=text, marks=tuple(_marks(text, wanted))
    )


def _statements(case: Case, rows: Sequence[models.SearchRow], wanted: Sequence[str]) -> Iterator[Hit]:
    found = {each.id: each for each in get_statements(case, id__in=[row.ref for row in rows])}
    for row in rows:
        if row.ref in found:
            quote = found[row.ref].quote
            yield _hit(row, quote, 0, len(quote), wanted)


def _passages(case: Case, rows: Sequence[models.SearchRow], wanted: Sequence[str]) -> Iterator[Hit]:
    owners = {row.owner for row in rows}
    blobs = models.Reading.objects.using(case.alias).filter(document_id__in=owners).values_list("document_id", "blob")
    texts = {id_: decode(blob, Reading).text for id_, blob in blobs}
    for row in rows:
        assert row.start is not None
        assert row.end is not None
        yield _hit(row, texts[row.owner], row.start, row.end, wanted)


def _hit(row: models.SearchRow, text: str, start: int, end: int, wanted: Sequence[str], around: int = 160) -> Hit:
    """Cut out what is around the first match."""
    marks = _marks(text[start:end], wanted)
    first = start + (marks[0][0] if marks else 0)
    low, high = max(start, first - around), min(end, first + 2 * around)
    low = text.find(" ", low, first) + 1 if low > start and text.find(" ", low, first) >= 0 else low
    high = text.rfind(" ", first, high) if high < end and text.rfind(" ", first, high) > first else high
    shown = ("…" if low > start else "") + text[low:high] + ("…" if high < end else "")
    return Hit(
        kind=row.kind, ref=row.ref, document_id=row.owner, start=row.start, text=shown,
        marks=tuple(_marks(shown, wanted)),
    )  # fmt: skip


def _marks(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    return [
        found.span()
        for found in _WORD.finditer(text)
        if any(term.startswith(word) for word in wanted for term in terms(found[0]))
    ]
