"""Laws that hold for every reading of every text, tried on texts that nobody would write."""

import contextlib
import io
from functools import cache

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muster.read import Unreadable
from muster.read.draft import Run, collapse, runs_between
from muster.read.reader import sources
from tests.read.conftest import document_of

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_LINES = st.sampled_from(
    [
        "", " ", "Home » Region » A gate", "A gate", "The guards opened the gate at dawn, he said.", "- one", "· two",
        "You may also like", "Leave a Comment", "2 comments", "By Nadim Orlo", "Dear friends,", "Yours sincerely,",
        "KHALDUN, Sarab, May 3 (Lantern Wire) - The gate was opened.", "> quoted", "On 3 May 2016, Nadim Orlo wrote:",
        "| a | b |", "|---|---|", "# Title", "**bold** [link](x) text", "\u202eoverride\u202c \u200bhidden",
        "فتح الباب.", "a,b", '"x ""y"" z",1', "<p>The <b>gate</b> &amp; the wall</p>", "<table><tr><td>1<td>2</table>",
        "<!-- x", "&#8238;",
    ]
)  # fmt: skip
TEXTS = st.lists(_LINES | st.text(max_size=30), max_size=14).map("\n".join)


@SETTINGS
@given(text=TEXTS)
def test_plain_text_leads_back_and_reads_twice_alike(read_bytes, text):
    read_bytes(text.encode("utf-8", "replace"))


@SETTINGS
@given(text=TEXTS)
def test_markdown_leads_back_and_reads_twice_alike(read_bytes, text):
    read_bytes(text.encode("utf-8", "replace"), "text/markdown")


@SETTINGS
@given(text=TEXTS)
def test_pages_lead_back_and_read_twice_alike(read_bytes, text):
    read_bytes(b"<html><body><article>" + text.encode("utf-8", "replace"), "text/html")


@SETTINGS
@given(text=TEXTS)
def test_mails_lead_back_and_read_twice_alike(read_bytes, text):
    head = b"From: a@a.example\nSubject: A gate\nContent-Type: text/plain; charset=utf-8\n\n"
    read_bytes(head + text.encode("utf-8", "replace"), "message/rfc822")


@SETTINGS
@given(text=TEXTS)
def test_tables_lead_back_and_read_twice_alike(read_bytes, text):
    read_bytes(text.encode("utf-8", "replace"), "text/csv")


@SETTINGS
@given(data=st.binary(max_size=400))
def test_any_bytes_are_text_in_some_way(read_bytes, data):
    read_bytes(data)


@SETTINGS
@given(text=TEXTS)
def test_nothing_of_a_plain_text_is_lost_unsaid(read_bytes, text):
    raw = text.encode("utf-8", "replace")
    reading = read_bytes(raw)
    source = sources(document_of(raw, "text/plain"), raw)[""]  # zero bytes may make it UTF-16
    spans = [(p.source_start, p.source_end) for p in reading.pieces]
    spans += [(c.source_start, c.source_end) for c in reading.cuts]
    covered = {i for start, end in spans for i in range(start, end)}
    assert [c for i, c in enumerate(source) if i not in covered and not c.isspace() and c not in "\u2800\u3164"] == []


@settings(parent=SETTINGS, max_examples=40)
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255), end=st.none() | st.integers(1, 10_000))
@pytest.mark.parametrize("kind", ["word", "sheet"])
def test_a_damaged_office_file_is_read_or_refused(read_bytes, kind, at, byte, end):
    data = bytearray(_office(kind))
    data[at % len(data)] = byte
    with contextlib.suppress(Unreadable):
        read_bytes(bytes(data[:end]), f"application/vnd.openxmlformats-officedocument.{_OFFICE[kind]}")


_OFFICE = {"word": "wordprocessingml.document", "sheet": "spreadsheetml.sheet"}


@cache
def _office(kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "word":
        word = docx.Document()
        word.add_paragraph("The gate was opened.")
        word.add_table(2, 2).cell(0, 0).text = "Name"
        word.save(out)
    else:
        book = openpyxl.Workbook()
        book.active.append(["Name", "Age"])
        book.active.append(["Nadim Orlo", 41])
        book.save(out)
    return out.getvalue()


@given(text=st.text(max_size=80))
def test_collapsing_white_space_changes_nothing_else(text):
    runs, removed = collapse([Run(text, "", 0, len(text))])
    shown = "".join(run.words for run in runs)
    assert shown == shown.strip(" ")
    assert "  " not in shown
    gone = {i for run in removed for i in range(run.start, run.end)}
    kept = "".join(c for i, c in enumerate(text) if i not in gone)
    assert "".join(shown.split()) == "".join("".join(kept.split()).replace("\u2800", "").replace("\u3164", ""))


@given(text=st.text(max_size=60), a=st.integers(0, 60), b=st.integers(0, 60))
def test_runs_between_two_places_are_the_text_between_them(text, a, b):
    runs, _ = collapse([Run(text, "", 0, len(text))])
    shown = "".join(run.words for run in runs)
    start, end = sorted((a, b))
    literal = all(run.is_literal for run in runs)
    found = "".join(run.words for run in runs_between(runs, start, end))
    assert not literal or found == shown[start:end]
