"""The report: one HTML file that needs no network and no script, for screen and paper."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from muster.casebook.record import Record
from muster.publish import shown_text
from muster.publish.first import first_look, leading_disagreements
from muster.publish.index import Index, anchor, make_index
from muster.publish.matrix import IncidentSheet, cell_statements, incident_sheet
from muster.publish.options import ReportOptions
from muster.publish.passages import Passage, cut_passages
from muster.publish.people_sources import cautions, dependences, document_sheets, person_sheets
from muster.publish.timeline import timeline
from muster.publish.wording import MARKS, STATUSES, counted, in_words
from muster.records import Incident

_TEMPLATES = Path(__file__).with_name("templates")
_STANDARD = ReportOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """What is printed: incidents in order of date, the statements listed under each, and those outside."""

    incidents: tuple[Incident, ...]
    inside: dict[str, list[str]]
    outside: list[str]
    n_outside: int


def report_html(record: Record, options: ReportOptions = _STANDARD) -> str:
    """Write the report of a case as one HTML document.

    The same record gives the same text.  All text of documents is escaped; the file's content policy
    lets nothing load and nothing run.  Records are read through record.reading one document at a time.
    """
    index = make_index(record)
    choice = _choose(index, options)
    between, own = leading_disagreements(index, options)
    leading = [s for found in (*between, *own) for s in (found.a, found.b) if s is not None]
    listed = [*(s for ids in choice.inside.values() for s in ids), *choice.outside]
    passages = cut_passages(index, [*leading, *listed], options.context_chars)
    sheets = [incident_sheet(index, i, choice.inside[i.id], passages, options) for i in choice.incidents]
    return _render(index, choice, passages, sheets, options)


def _choose(index: Index, options: ReportOptions) -> _Choice:
    incidents = _leading_incidents(index, options)
    left = options.n_all_statements
    inside: dict[str, list[str]] = {}
    for incident in incidents:
        inside[incident.id] = _leading_statements(index, incident, options)[:left]
        left -= len(inside[incident.id])
    outside = [s for s in index.statements if s not in index.incident_of]
    return _Choice(
        incidents=tuple(sorted(incidents, key=lambda i: int(index.labels[i.id][1:]))),
        inside=inside,
        outside=outside[:left],
        n_outside=len(outside),
    )


def _leading_incidents(index: Index, options: ReportOptions) -> list[Incident]:
    """Those with most contradictions, then with most independent groups, then with most statements."""
    clashes = {i: len(index.disagreements.get(i, ())) for i in index.incidents}
    groups = {i.id: len({index.groups[s] for s in i.statement_ids}) for i in index.incidents.values()}
    ranked = sorted(
        index.incidents.values(), key=lambda i: (-clashes[i.id], -groups[i.id], -len(i.statement_ids), i.id)
    )
    return ranked[: options.n_incidents]


def _leading_statements(index: Index, incident: Incident, options: ReportOptions) -> list[str]:
    """What the matrix opens, then what others contradict, then the rest."""
    against = {s for found in index.disagreements.get(incident.id, ()) for s in (found.a, found.b)}
    members = sorted(incident.statement_ids, key=index.order)
    opened = [s for s in cell_statements(index, incident, options) if s in index.statements]
    ordered = [*opened, *(s for s in members if s in against), *members]
    return list(dict.fromkeys(ordered))[: options.n_statements]


def _render(
    index: Index,
    choice: _Choice,
    passages: dict[str, Passage],
    sheets: Sequence[IncidentSheet],
    options: ReportOptions,
) -> str:
    record = index.record
    style = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    people = list(person_sheets(index, options))
    documents = list(document_sheets(index, options))
    names = {sheet.id: sheet.name for sheet in record.sources}
    outlets = {o.document_id: o.outlet or o.author or o.name for o in index.outlines.values()}
    return (
        _environment()
        .get_template("report.html")
        .render(
            record=record,
            limits=options,
            style=Markup(style),
            style_hash=f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}",
            lede=_lede(index),
            figures=_figures(index),
            first=first_look(index, passages, options),
            legend=[(name, MARKS[name], meaning) for name, meaning in STATUSES.items()],
            line=timeline(index, choice.incidents),
            sheets=sheets,
            alone=sum(sheet.n_groups < 2 for sheet in sheets),
            outside=_by_document(index, [passages[s] for s in choice.outside]),
            n_outside=choice.n_outside,
            n_outside_shown=len(choice.outside),
            people=people,
            n_people=sum(bool(person.entries) for person in record.people),
            n_groups=_n_groups(index),
            dependences=dependences(index, options),
            cautions=cautions(index),
            problems=sorted(record.problems, key=lambda p: (p.kind, p.document_id, p.at or 0, p.why)),
            rejects=sorted(record.rejects, key=lambda r: (r.name, r.stage, r.code)),
            extractors=", ".join(sorted({s.extractor for s in record.statements})) or "no extractor",
            fingerprint=_fingerprint(record),
            n_summed=sum(bool(document.sha256) for document in record.documents),
            document_sheets=documents,
            documents=index.documents,
            labels=index.labels,
            in_order=lambda ids: sorted(ids, key=lambda one: int(index.labels.get(one, "D0")[1:])),
            label=lambda identifier: index.labels.get(identifier, "?"),
            incident_name=lambda identifier: index.incidents[identifier].name,
            source_name=lambda identifier: names.get(identifier) or outlets.get(identifier) or identifier,
            statements_shown={*choice.outside, *(s for ids in choice.inside.values() for s in ids)},
            incidents_shown={sheet.incident.id for sheet in sheets},
            people_shown={sheet.person.entity_id for sheet in people},
            documents_shown={sheet.document.id for sheet in documents},
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=shown_text.last_resort,
    )
    environment.filters.update(
        source=shown_text.source,
        mixed=shown_text.mixed,
        plain=shown_text.plain,
        flat=shown_text.flat,
        short=shown_text.short,
        short_end=shown_text.short_end,
        lang=shown_text.lang,
        anchor=anchor,
        in_words=in_words,
        number="{:,}".format,
    )
    environment.globals["counted"] = counted
    return environment


def _lede(index: Index) -> str:
    record = index.record
    disputed = len({q.incident_id for q in record.questions if q.status == "disputed"})
    documents, groups = counted(len(record.documents), "document"), counted(_n_groups(index), "independent group")
    against = f"in {disputed:,} of them" if disputed else "in none of them"
    return (
        f"What {documents} from {groups} say, each line with the words it stands on. They speak of "
        f"{counted(len(record.incidents), 'incident')}; {against} answers contradict each other. {_judged(index)}"
    )


def _judged(index: Index) -> str:
    """How much of the record people have looked at."""
    n = sum(statement.status in {"accepted", "corrected"} for statement in index.record.statements)
    if n == len(index.record.statements) > 0:
        return "Reviewers accepted every statement."
    if n == 0:
        return "The statements are proposed by a program: no reviewer has accepted any yet."
    return f"Reviewers accepted {n:,} of the statements; the others are proposed by a program."


def _figures(index: Index) -> list[tuple[str, str, str]]:
    record = index.record
    return [
        (f"{len(record.documents):,}", "documents", "#documents"),
        (f"{_n_groups(index):,}", "independent groups", "#sources"),
        (f"{len(record.statements):,}", "statements", "#incidents"),
        (f"{len(record.incidents):,}", "incidents", "#incidents"),
        (f"{len(record.disagreements):,}", "disagreements", "#first"),
        (f"{len(record.people):,}", "people named", "#people"),
    ]


def _n_groups(index: Index) -> int:
    """Independent groups among the documents."""
    return sum(any(member in index.documents for member in group.members) for group in index.record.groups)


def _by_document(index: Index, passages: Sequence[Passage]) -> list[tuple[str, list[Passage]]]:
    found: dict[str, list[Passage]] = {}
    for passage in sorted(passages, key=lambda p: index.order(p.id)):
        found.setdefault(passage.document_id, []).append(passage)
    return list(found.items())


def _fingerprint(record: Record) -> str:
    """One sum for the whole pile: SHA-256 of the documents' sums that are given, sorted, one a line."""
    sums = sorted(document.sha256 for document in record.documents if document.sha256)
    return hashlib.sha256("".join(f"{one}\n" for one in sums).encode()).hexdigest()
