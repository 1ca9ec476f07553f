"""One document: its reading with statements marked, what it depends on, and the original."""

from typing import BinaryIO, get_args

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.errors import MusterError
from muster.extract.vocabulary import acts
from muster.read.decode import decode
from muster.read.options import ReadOptions
from muster.records import Counted, Document, Modality, Polarity, Reading
from muster.run.judge import judge
from muster.store.codec import to_json
from muster.store.lookup import get_document, get_reading, original_path
from muster.store.sheet import Sheet, get_sheet, names_in, place_of, statements_between
from muster.web import marking
from muster.web.doors import Visit, case_page
from muster.web.refusals import in_words
from muster.web.statement_form import StatementForm

#: Media types whose bytes are text, more or less.
_TEXTS = ("text/", "message/", "application/xhtml", "application/xml", "application/json")
_MOST_BYTES = 1 << 20


def _document(visit: Visit, id_: str) -> Document:
    try:
        return get_document(visit.case, id_)
    except KeyError:
        raise Http404 from None


@case_page("reader")
def document(request: HttpRequest, visit: Visit, document: str) -> HttpResponse:
    """Show a document: ?s= points at a statement, ?at= at a place of its text, ?part= at a part of a long one."""
    try:
        sheet = get_sheet(visit.case, document)
    except KeyError:
        raise Http404 from None
    found = {"sheet": sheet, "document": sheet.document, "reading": sheet.reading, "facts": _facts(sheet)}
    if sheet.reading is not None:
        found |= _text(request, visit, sheet.reading)
    return render(request, "document.html", found)


def _text(request: HttpRequest, visit: Visit, reading: Reading) -> dict[str, object]:
    target, at = request.GET.get("s", ""), _number(request.GET.get("at", ""))
    place = place_of(visit.case, reading.document_id, target) if target else at
    parts = marking.parts_of(reading)
    number = _number(request.GET.get("part", "")) or 1
    part = marking.part_at(parts, place) if place is not None else parts[min(number, len(parts)) - 1]
    statements = statements_between(visit.case, reading.document_id, part.start, part.end)
    lines, marked = marking.shown(reading, part, statements, target, at)
    return {
        "lines": lines, "marked": marked, "part": part, "parts": parts, "target": target,
        "publisher": reading.outlet or reading.author,
    }  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _facts(sheet: Sheet) -> list[tuple[str, str, str]]:
    """What is known of a document: which fact, its value, and what says so: the "text", what was "cut", the "file"."""
    reading = sheet.reading
    if reading is None:
        return []
    found = {
        "title": reading.title, "author": reading.author, "affiliation": reading.affiliation,
        "outlet": reading.outlet, "owner": reading.owner, "site": reading.site,
    }  # fmt: skip
    cut = "\n".join(each.words for each in reading.cuts)
    return [
        (fact, value, "text" if value in reading.text else "cut" if value in cut else "file")
        for fact, value in found.items()
        if value
    ]


# ---- the original


@case_page("reviewer")
def original(request: HttpRequest, visit: Visit, document: str) -> HttpResponse:
    """Show the original as plain text, as far as it is text."""
    found = _document(visit, document)
    is_text = found.media_type.startswith(_TEXTS)
    shown = {"document": found, "is_text": is_text, "text": "", "is_cut": False, "encoding": ""}
    if is_text:
        with _opened(visit, found) as file:
            data = file.read(_MOST_BYTES + 1)
        decoded = decode(data[:_MOST_BYTES], ReadOptions(), sniff_markup=True)
        shown |= {"text": decoded.text, "encoding": decoded.encoding, "is_cut": len(data) > _MOST_BYTES}
    return render(request, "original.html", shown)


def _opened(visit: Visit, document: Document) -> BinaryIO:
    """Open a document's original; not there is an answer of its own."""
    try:
        return original_path(visit.case, document).open("rb")
    except FileNotFoundError:
        raise MusterError(
            "missing_original", _("Its bytes are no longer in the case."), _("Restore the case from a backup.")
        ) from None


@case_page("reviewer")
def download(_request: HttpRequest, visit: Visit, document: str) -> HttpResponseBase:
    """Hand out the original's bytes, to be saved and never shown."""
    found = _document(visit, document)
    answer = FileResponse(
        _opened(visit, found),
        as_attachment=True,
        filename=f"{found.id}.original",
        content_type="application/octet-stream",
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store, private"
    return answer


# ---- a statement by hand


@case_page("reviewer", "GET", "POST")
def add_statement(request: HttpRequest, visit: Visit, document: str) -> HttpResponse:
    """Add a statement to a document by hand."""
    found = _document(visit, document)
    try:
        reading = get_reading(visit.case, document)
    except KeyError:
        raise Http404 from None
    form = StatementForm(request.POST if request.method == "POST" else request.GET, reading)
    if request.method == "POST" and form.check():
        try:
            judge(
                visit.case, "add", [document], value=to_json(form.fields()), reason=form.get("reason"),
                decided_by=visit.by,
            )  # fmt: skip
        except MusterError as error:
            form.problems[""] = f"{in_words(error.message)} {in_words(error.hint)}"
        else:
            messages.success(request, _("The statement was added."))
            return redirect(f"{reverse('document', args=[visit.slug, document])}?at={form.start}#at")
    shown = {
        "document": found, "reading": reading, "form": form, "acts": acts().codes,
        "names": names_in(visit.case, document), "counted": get_args(Counted),
        "polarities": get_args(Polarity), "modalities": get_args(Modality),
    }  # fmt: skip
    return render(request, "add_statement.html", shown, status=400 if form.problems else 200)
