"""People: what is said of each, by date, and how each was last known to be.

Method: docs/method/counting.md, section 5.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from muster.languages.edtf import edtf_overlap, parse_edtf
from muster.records import Entity, LedgerEntry, Person, State, Statement, Words
from muster.weigh import Context, group_of, origin_of
from muster.weigh.folding import fold
from muster.weigh.populations import word_pattern

_FACTUAL = frozenset({"asserted", "alleged", "possible"})


@cache
def _table(name: str) -> Mapping[str, State]:
    return dict(_data()[name])


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("muster.casebook").joinpath("states.toml").read_text(encoding="utf-8"))


@cache
def _words(name: str) -> re.Pattern[str]:
    return word_pattern(_data()["words"][name])


def person(entity: Entity, statements: Sequence[Statement], context: Context) -> Person:
    """Draw up a person's ledger.

    A statement enters it where the person is whom it was done to, or did what says where he is; what
    is only planned, threatened or demanded does not.  The last entry is the latest by date, the
    undated before all others; of several on one day, the one with most independent groups behind it;
    of these death, and then that he is missing, before the rest.  A person is accounted for unless the
    last word is that he is missing, or nothing is said.  Nobody is dead in the ledger because of a
    single date or a single origin: last_groups says how many stand behind it.

    Args:
        statements: any; those that name the person are picked out.
    """
    members = set(entity.members)
    found = sorted(
        (entry for s in statements if (entry := _entry(s, members, context))),
        key=lambda entry: (_day(entry.on), entry.statement_id),
    )
    affirmed = [entry for entry in found if not entry.denied]
    last = max(affirmed, key=lambda entry: _lastness(entry, affirmed), default=None)
    behind = _behind(last, affirmed) if last else ()
    return Person(
        entity_id=entity.id,
        name=entity.name,
        entries=tuple(found),
        last_state=last.state if last else None,
        last_on=last.on if last else None,
        last_groups=behind,
        accounted_for=last is not None and last.state in _data()["accounted"]["states"],
    )


def last_confirmed(person: Person) -> tuple[LedgerEntry, tuple[str, ...]] | None:
    """Return the latest entry that several independent groups stand behind, and those groups; None where none is."""
    affirmed = [entry for entry in person.entries if not entry.denied]
    confirmed = [(entry, behind) for entry in affirmed if len(behind := _behind(entry, affirmed)) > 1]
    return max(confirmed, key=lambda each: _lastness(each[0], affirmed), default=None)


def _entry(statement: Statement, members: set[tuple[str, str]], context: Context) -> LedgerEntry | None:
    state = _state(statement, members)
    if state is None or statement.modality not in _FACTUAL:
        return None
    return LedgerEntry(
        statement_id=statement.id,
        state=state,
        on=statement.when.edtf if statement.when else None,
        place=statement.place.name if statement.place else None,
        origin=origin_of(statement, context),
        group=group_of(statement, context),
        denied=statement.polarity == "denied",
    )


def _state(statement: Statement, members: set[tuple[str, str]]) -> State | None:
    """What a statement says of the state of one person; None where it says nothing of it."""
    if _is(statement.target, statement.document_id, members):
        state = _table("target").get(statement.act)
    elif _is(statement.actor, statement.document_id, members):
        state = _table("actor").get(statement.act)
    else:
        return None
    content = fold(statement.content)
    if state == "moved" and _words("resettled").search(content):
        return "resettled"
    if state == "present" and _words("ill").search(content):
        return "ill"
    return state


def _is(words: Words | None, document_id: str, members: set[tuple[str, str]]) -> bool:
    return bool(words and words.entity and (document_id, words.entity) in members)


def _day(on: str | None) -> tuple[str, str]:
    """Sort key of a date: by its last day, then its first; the undated come first."""
    days = parse_edtf(on) if on else None
    return (days.last.isoformat(), days.first.isoformat()) if days else ("", "")


def _lastness(entry: LedgerEntry, entries: Sequence[LedgerEntry]) -> tuple[tuple[str, str], int, bool, bool, str]:
    lost = entry.state not in _data()["accounted"]["states"]  # nobody is found because a guard says so the same day
    return (_day(entry.on), len(_behind(entry, entries)), entry.state == "dead", lost, entry.statement_id)


def _behind(last: LedgerEntry, entries: Sequence[LedgerEntry]) -> tuple[str, ...]:
    """The independent groups that say the same state of dates that meet; undated ones count too."""
    return tuple(
        sorted(
            {
                e.group
                for e in entries
                if e.state == last.state and (not e.on or not last.on or edtf_overlap(e.on, last.on) is not False)
            }
        )
    )
