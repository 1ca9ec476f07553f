"""`muster show`: the record as tables in the terminal."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from muster.records import Entity, Incident, Person, Problem, Question, Reject, SourceSheet, Statement
from muster.settings import Settings

if TYPE_CHECKING:
    from muster.store.case import Case
    from muster.store.record import Told

Column = tuple[str, dict[str, object]]
_RIGHT: dict[str, object] = {"justify": "right", "no_wrap": True}
_SHORT: dict[str, object] = {"no_wrap": True}
_NARROW: dict[str, object] = {"overflow": "fold", "max_width": 16}
_WIDE: dict[str, object] = {"ratio": 3, "overflow": "fold"}
_LESS_WIDE: dict[str, object] = {"ratio": 2, "overflow": "fold"}


class _Table:
    """One thing to show: the records (what --json gives), and their rows."""

    def __init__(
        self,
        columns: Sequence[Column],
        load: "Callable[[Case], Sequence[Any]]",
        row: "Callable[[Case], Callable[[Any], Sequence[str]]]",
        empty: str,
    ) -> None:
        self.columns, self.load, self.row, self.empty = columns, load, row, empty


@click.command(epilog="Example:  muster show flood-road people")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument(
    "what",
    required=False,
    metavar="[WHAT]",
    type=click.Choice(
        ["incidents", "statements", "people", "groups", "places", "sources", "problems", "rejects", "protected"]
    ),
)
@click.option("--json", "as_json", is_flag=True, help='Print {"ok", "data", "rejects"} as JSON.')
@click.pass_obj
def command(settings: Settings, case: Path, what: str | None, as_json: bool) -> None:
    """Show what CASE holds: an overview, or a table of one kind of thing.

    \b
    incidents   what happened, when and where, and how many say so
    statements  who says what, with the words
    people      where each person was last known to be
    groups      organisations and bodies, with all their names
    places      places, with all their names
    sources     who published, whom they repeat, how often contradicted
    problems    what a reader must know about single documents
    rejects     what could not be taken in or read, and why
    protected   names left out of reports, and what still tells of them
    """
    from muster.cli.terminal import for_terminal, json_text, print_table
    from muster.cli.wording import unless_whole
    from muster.store.case import one_snapshot, open_case
    from muster.store.lookup import get_rejects

    with open_case(case, database_url=settings.database_url) as opened, one_snapshot(opened):
        unfinished = unless_whole(opened, str(case))
        if unfinished:
            click.echo(for_terminal(unfinished), err=True)
        if what is None:
            _overview(opened, str(case), as_json)
            return
        table = _TABLES[what]
        found = table.load(opened)
        if as_json:
            click.echo(json_text(found, get_rejects(opened)))
        else:
            print_table(table.columns, map(table.row(opened), found), table.empty)


def _overview(case: "Case", given: str, as_json: bool) -> None:
    from muster.cli.terminal import for_terminal, json_text
    from muster.cli.wording import summary_lines
    from muster.store.lookup import get_rejects
    from muster.store.overview import count_all, is_whole, look_first

    totals, first, rejects = count_all(case), look_first(case), get_rejects(case)
    if as_json:
        click.echo(json_text({"totals": totals, "first": first, "whole": is_whole(case)}, rejects))
        return
    lines = [f"{case.name}", *summary_lines(given, totals, first, len(rejects))]
    click.echo(for_terminal("\n".join(lines)))


# ---- rows


def _incidents(case: "Case") -> Sequence[Incident]:
    from muster.store.record import get_incidents

    return sorted(get_incidents(case), key=lambda each: (each.when or "~", each.name, each.id))


def _incident_row(case: "Case") -> Callable[[Incident], Sequence[str]]:
    from muster.store.record import get_questions

    asked = {(each.incident_id, each.kind): each for each in get_questions(case)}

    def row(each: Incident) -> Sequence[str]:
        killed, injured = asked.get((each.id, "killed")), asked.get((each.id, "injured"))
        return (
            each.when or "?",
            each.name,
            _range(killed),
            _range(injured),
            str(len(each.statement_ids)),
        )

    return row


def _range(question: Question | None) -> str:
    if question is None or question.low is None:
        return ""
    high = "" if question.high is None else str(question.high)
    return high if high == str(question.low) else f"{question.low}–{high}"


def _statements(case: "Case") -> Sequence[Statement]:
    from muster.store.lookup import get_statements

    names = _document_names(case)
    return sorted(
        get_statements(case), key=lambda each: (names[each.document_id], each.start, each.content_start, each.id)
    )


def _statement_row(case: "Case") -> Callable[[Statement], Sequence[str]]:
    names = _document_names(case)

    def row(each: Statement) -> Sequence[str]:
        chain = " › ".join(words.name for words in each.said_by) or "the author"
        act = ("denied: " if each.polarity == "denied" else "") + each.act.replace("_", " ")
        return names[each.document_id], chain, act, f"“{' '.join(each.content.split())}”"

    return row


def _people(case: "Case") -> Sequence[Person]:
    from muster.store.record import get_people

    return get_people(case)


def _person_row(_: "Case") -> Callable[[Person], Sequence[str]]:
    def row(each: Person) -> Sequence[str]:
        if not each.entries:
            return each.name, "", "", "", ""
        state = each.last_state or "only denials"
        return each.name, state, each.last_on or "", str(len(each.last_groups)), "yes" if each.accounted_for else "no"

    return row


def _entities(kind: str) -> "Callable[[Case], Sequence[Entity]]":
    def load(case: "Case") -> Sequence[Entity]:
        from muster.store.record import get_entities

        return sorted((each for each in get_entities(case) if each.kind == kind), key=lambda each: (each.name, each.id))

    return load


def _entity_row(_: "Case") -> Callable[[Entity], Sequence[str]]:
    def row(each: Entity) -> Sequence[str]:
        others = [alias.form for alias in each.aliases if alias.form != each.name]
        return each.name, "; ".join(others), str(len({document for document, _ in each.members}))

    return row


def _sources(case: "Case") -> Sequence[SourceSheet]:
    from muster.store.record import load_record

    return load_record(case, with_protected=True).sources


def _source_row(case: "Case") -> Callable[[SourceSheet], Sequence[str]]:
    names = {each.id: each.name for each in _sources(case)}

    def row(each: SourceSheet) -> Sequence[str]:
        repeats = "; ".join(names.get(id_, id_) for id_ in each.repeats)
        counts = (len(each.document_ids), each.n_statements, len(each.alone_statement_ids), each.n_contradicted)
        return each.name, repeats, *map(str, counts)

    return row


def _problems(case: "Case") -> Sequence[Problem]:
    from muster.store.record import get_problems

    return get_problems(case)


def _problem_row(case: "Case") -> Callable[[Problem], Sequence[str]]:
    names = _document_names(case)
    return lambda each: (names[each.document_id], each.kind.replace("_", " "), each.why)


def _rejects(case: "Case") -> Sequence[Reject]:
    from muster.store.lookup import get_rejects

    return get_rejects(case)


def _reject_row(_: "Case") -> Callable[[Reject], Sequence[str]]:
    return lambda each: (each.name, each.stage, each.code.replace("_", " "), f"{each.message} {each.hint}")


def _protected(case: "Case") -> "Sequence[Told]":
    from muster.store.record import told_of_protected

    return told_of_protected(case)


def _protected_row(_: "Case") -> "Callable[[Told], Sequence[str]]":
    said = {"hidden": "hidden", "described": "called", "sentence": "left"}
    return lambda each: (f"{each.name} {each.label}", said[each.kind], each.text, each.document)


def _document_names(case: "Case") -> dict[str, str]:
    from muster.store.lookup import get_documents

    return {each.id: each.name for each in get_documents(case)}


_NAMES: list[Column] = [("Name", _LESS_WIDE), ("Also called", _WIDE), ("Documents", _RIGHT)]
_TABLES = {
    "incidents": _Table(
        [("When", _SHORT), ("Incident", _WIDE), ("Killed", _RIGHT), ("Injured", _RIGHT),
         ("Said", _RIGHT)],
        _incidents, _incident_row, "No incidents.",
    ),
    "statements": _Table(
        [("Document", _LESS_WIDE), ("Says", _LESS_WIDE), ("Act", _NARROW), ("Words", _WIDE)],
        _statements, _statement_row, "No statements.",
    ),
    "people": _Table(
        [("Name", _WIDE), ("Last known", _SHORT), ("On", _SHORT), ("Groups", _RIGHT), ("Accounted for", _SHORT)],
        _people, _person_row, "No people.",
    ),
    "groups": _Table(_NAMES, _entities("group"), _entity_row, "No groups."),
    "places": _Table(_NAMES, _entities("place"), _entity_row, "No places."),
    "sources": _Table(
        [("Source", _WIDE), ("Repeats", _LESS_WIDE), ("Documents", _RIGHT), ("Said", _RIGHT), ("Alone", _RIGHT),
         ("Against", _RIGHT)],
        _sources, _source_row, "No sources.",
    ),
    "problems": _Table(
        [("Document", _LESS_WIDE), ("Problem", _NARROW), ("Why", _WIDE)],
        _problems, _problem_row, "No problems.",
    ),
    "rejects": _Table(
        [("Name", _LESS_WIDE), ("Stage", _SHORT), ("Reason", _NARROW), ("In words", _WIDE)],
        _rejects, _reject_row, "Nothing was refused.",
    ),
    "protected": _Table(
        [("Who", _NARROW), ("", _SHORT), ("Words", _WIDE), ("Document", _LESS_WIDE)],
        _protected, _protected_row, "Nobody is protected.",
    ),
}  # fmt: skip
