import base64
import dataclasses
import hashlib
import random
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from muster.casebook.record import Record
from muster.publish import ReportOptions, report_html
from muster.publish.index import make_index
from muster.publish.passages import cut_passages
from tests.publish.mirsal_record import make_record

VOID = {"meta", "link", "br", "hr", "img", "input", "line", "circle", "rect"}
KNOWN = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3", "h4", "bdi", "dl", "div"),
    *("dt", "dd", "nav", "ul", "ol", "li", "span", "main", "section", "article", "figure", "figcaption", "blockquote"),
    *(
        "mark",
        "strong",
        "em",
        "q",
        "code",
        "details",
        "summary",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ),
    *("svg", "line", "circle", "rect", "text"),
}
ATTRIBUTES = {
    *("id", "class", "href", "lang", "dir", "charset", "http-equiv", "content", "name", "title", "role", "tabindex"),
    *("aria-label", "aria-labelledby", "aria-hidden", "scope", "width", "height", "x", "y", "x1", "x2", "y1", "y2"),
    *("cx", "cy", "r", "rx", "text-anchor", "data-label"),
}


class Page(HTMLParser):
    """Elements, attributes, and text as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.comments: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, key, value in self.attributes if key == name]


@pytest.fixture(scope="module")
def page(record: Record) -> Page:
    return Page(report_html(record))


def spaced(text: str) -> str:
    return " ".join(text.split())


def hostile(value: object, payload: str) -> object:
    """The same record with the payload at the end of every text that a document can set."""
    if isinstance(value, str):
        return value + payload
    if isinstance(value, tuple):
        return tuple(hostile(item, payload) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fixed = {"kind", "status", "state", "polarity", "modality", "of", "basis", "last_state", "low", "high"}
        return dataclasses.replace(
            value,
            **{
                one.name: hostile(getattr(value, one.name), payload)
                for one in dataclasses.fields(value)
                if one.name not in fixed
                and not one.name.endswith(("id", "ids", "members", "groups", "_on", "dates"))
                and one.name
                not in {"a", "b", "source", "acquired_at", "edtf", "entity", "when", "group", "on", "reading", "sha256"}
            },
        )
    return value


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>*{display:none}</style>",
    "</title><base href=//example.invalid>",
    "<!--",
    "]]><svg onload=alert(1)>",
    "{{ 7*7 }}{% include 'x' %}",
    "javascript:alert(1)",
    "&lt;script&gt;&#x3c;script>",
    "\u202e\u2066\x00\x1b[31m\ud800\ufeff",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_document_becomes_markup(record: Record, page: Page, payload: str) -> None:
    attacked = Page(report_html(hostile(record, payload)))  # type: ignore[arg-type]
    assert set(attacked.tags) <= KNOWN
    assert {name for _, name, _ in attacked.attributes} <= ATTRIBUTES
    assert attacked.comments == []
    for changing in ("span", "q", "circle"):  # controls are shown in spans, a broken date is no dot, ...
        attacked.tags[changing] = page.tags[changing]
    assert attacked.tags == page.tags
    assert all(href.startswith("#") for href in attacked.values("href"))


def test_a_payload_is_shown_as_the_text_it_is(record: Record) -> None:
    attacked = Page(report_html(hostile(record, PAYLOADS[0])))  # type: ignore[arg-type]
    assert "six bodies had been brought in" in attacked.text
    assert attacked.text.count(PAYLOADS[0]) > 50


def test_characters_that_reorder_or_hide_text_are_shown_by_number(record: Record) -> None:
    html = report_html(hostile(record, PAYLOADS[-1]))  # type: ignore[arg-type]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b\ufeff\ud800-\udfff]", html)
    assert "U+202E" in html
    html.encode("utf-8")


def test_nothing_is_loaded_and_nothing_runs(record: Record, page: Page) -> None:
    html = report_html(record)
    policy = next(value for tag, name, value in page.attributes if name == "content" and "default-src" in value)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert not {"script", "link", "img", "iframe", "object", "embed", "form", "input"} & set(page.tags)
    assert not re.search(r"url\(|@import|https?://", html)
    assert not page.values("style")


def test_every_link_leads_somewhere_and_every_id_is_given_once(page: Page) -> None:
    ids = Counter(page.values("id"))
    assert max(ids.values()) == 1
    assert {href[1:] for href in page.values("href")} <= set(ids)


def test_the_style_uses_logical_directions_only(record: Record) -> None:
    style = re.search(r"<style>(.*?)</style>", report_html(record), re.DOTALL)
    assert style
    sides = "left|right|top|bottom"
    physical = (
        rf"\b(margin|padding|border|inset)-({sides})\b|[{{;]\s*({sides}|width|height)\s*:|text-align:\s*(left|right)"
    )
    assert not re.findall(physical, style[1])


def test_a_sentence_stands_marked_in_its_paragraph_with_who_says_it(page: Page) -> None:
    text = spaced(page.text)
    assert "Skerrick Wire → reports Dr Mahin Orvandi (She):" in text
    assert "most of them for gunshot wounds. She said that at least two more were in a critical state." in text
    assert "01-six-reported-dead.txt, characters 440–497" in text


def test_a_passage_is_the_text_of_the_reading(record: Record) -> None:
    index = make_index(record)
    for passage in cut_passages(index, index.statements, 10_000).values():
        statement = index.statements[passage.id]
        assert passage.lead + passage.content + passage.rest == statement.quote
        assert passage.content == statement.content
        whole = passage.before + statement.quote + passage.after
        assert whole in record.reading(statement.document_id).text
        assert "\n\n" not in whole


def test_of_a_denied_statement_the_whole_sentence_is_shown_since_its_content_says_the_opposite(page: Page) -> None:
    text = spaced(page.text)
    said = "Interior Secretariat: The Interior Secretariat denied that anyone had died. 0 killed"
    assert said in text
    assert "Interior Secretariat: anyone had died" not in text
    assert "said that it knew of no fire. denied: other death" in text


def test_an_incident_of_one_origin_needs_no_table(record: Record) -> None:
    fire = record.incidents[1]
    one = next(
        s for s in fire.statement_ids if s in {i for q in record.questions for a in q.answers for i in a.statement_ids}
    )
    alone = dataclasses.replace(record, incidents=(dataclasses.replace(fire, statement_ids=(one,)),), disagreements=())
    page = Page(report_html(alone))
    text = spaced(page.text)
    assert "Incidents that one origin alone tells of 1" in text
    assert "How many dead 2–4 S30" in text
    assert "matrix" not in page.values("class")


def test_the_words_of_documents_stand_in_quotations_only(record: Record) -> None:
    html = report_html(record)
    for word in ("troublemakers", "unarmed"):
        for found in re.finditer(word, html):
            before = html[: found.start()]
            inside = {tag: before.count(f"<{tag}") > before.count(f"</{tag}>") for tag in ("q", "blockquote")}
            assert any(inside.values()), html[found.start() - 80 : found.end() + 20]


def test_muster_itself_says_and_never_judges(record: Record) -> None:
    partisan = r"\b(admit|claim|reveal|confess|conced|allege|so-called|terrorist|regime|martyr|massacre|propaganda)\w*"
    empty = dataclasses.replace(
        record, documents=(), outlines=(), statements=(), entities=(), incidents=(), ties=(), groups=(),
        disagreements=(), questions=(), people=(), sources=(), problems=(), rejects=(), acquisitions=(),
    )  # fmt: skip
    assert not re.findall(partisan, Page(report_html(empty)).text)


def test_what_leads_the_report_is_ranked(page: Page) -> None:
    text = spaced(page.text)
    first = text[text.index("Statements that cannot all hold") : text.index("How to read this", 900)]
    assert first.index("says that nobody was killed") < first.index("6 killed according to")
    assert "6 killed against 9 killed" not in first
    assert "1 more pair like this there" in first
    assert "2–4 dead, according to Residents' Council of Mirsal" in first
    assert "Yusef Talvari: missing, 2017-03-14" in first


def test_statements_are_shown_as_proposed(page: Page) -> None:
    assert spaced(page.text).count("status proposed") == len(make_record().statements)


def test_the_matrix_has_a_column_for_each_group_that_answers_and_the_range_with_its_ends(page: Page) -> None:
    text = spaced(page.text)
    assert "How many dead 0–11 ≠ disputed lowest 0: Interior Secretariat highest 11: N. Talvari" in text
    assert "6 reports, 9 independent origins" in text


def test_dependence_and_cautions_are_told_apart(page: Page) -> None:
    text = spaced(page.text)
    assert "D1, D2: 2 reports, 1 independent group" in text
    assert "same family name: T. Talvari and N. Talvari share a family name." in text


def test_every_document_is_listed_with_its_sum(record: Record, page: Page) -> None:
    assert all(document.sha256 in page.text and document.name in page.text for document in record.documents)


def test_the_same_record_gives_the_same_report_in_any_order(record: Record) -> None:
    shuffled = {
        one: tuple(random.Random(3).sample(getattr(record, one), len(getattr(record, one))))
        for one in (
            "documents",
            "outlines",
            "statements",
            "incidents",
            "ties",
            "groups",
            "disagreements",
            "problems",
            "rejects",
        )
    }
    assert report_html(record) == report_html(dataclasses.replace(record, **shuffled))


def test_an_empty_case_gives_a_whole_page(record: Record) -> None:
    empty = dataclasses.replace(
        record, documents=(), outlines=(), statements=(), entities=(), incidents=(), ties=(), groups=(),
        disagreements=(), questions=(), people=(), sources=(), problems=(), rejects=(), acquisitions=(),
    )  # fmt: skip
    page = Page(report_html(empty))
    assert page.open == []
    assert "The case holds no document." in page.text


def test_what_limits_leave_out_is_counted_with_how_to_get_it(record: Record) -> None:
    tight = ReportOptions(
        n_first=1, n_incidents=1, n_columns=2, n_cell=1, n_statements=3, n_all_statements=4, n_people=1, n_ledger=1,
        n_documents=2, n_ties=1, n_problems=1, n_rejects=0, cell_chars=10, context_chars=20,
    )  # fmt: skip
    page = Page(report_html(record, tight))
    text = spaced(page.text)
    assert "Not printed here: 1 incident. All of it: muster export CASE -o DIR --format jsonl" in text
    assert "Not printed here: 25 statements." in text
    assert "Not printed here: 4 documents." in text
    assert "Not printed here: 1 person." in text
    assert "7 further independent groups" not in text  # six answer; two are shown
    ids = set(page.values("id"))
    assert {href[1:] for href in page.values("href")} <= ids


def test_limits_bound_the_size_of_the_file_whatever_the_case_holds(record: Record) -> None:
    options = ReportOptions(n_all_statements=20, n_statements=20, n_documents=10, n_people=10)
    small = len(report_html(record, options))
    incident = record.incidents[0]
    many = tuple(
        dataclasses.replace(statement, id=f"{statement.id}-{n}") for statement in record.statements for n in range(200)
    )
    larger = dataclasses.replace(incident, statement_ids=tuple(sorted(s.id for s in many)))
    grown = dataclasses.replace(
        record, statements=(*record.statements, *many), incidents=(larger, *record.incidents[1:])
    )
    assert len(report_html(grown, options)) < 1.5 * small + 20_000


CANARY = "canary-5b1f"


def test_no_field_off_the_allow_list_leaves_in_any_form(record: Record, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from muster.publish import export_csv, export_jsonl

    acquisitions = tuple(
        dataclasses.replace(a, path=CANARY, container=CANARY, acquired_by=CANARY, name=CANARY)
        for a in record.acquisitions
    )
    outlines = tuple(
        dataclasses.replace(o, affiliation=CANARY, site=CANARY, credits=(CANARY,)) for o in record.outlines
    )

    def reading(document_id: str):  # type: ignore[no-untyped-def]
        found = record.reading(document_id)
        return dataclasses.replace(found, affiliation=CANARY, owner=CANARY, site=CANARY, author=CANARY)

    private = dataclasses.replace(record, acquisitions=acquisitions, outlines=outlines, reading=reading)
    export_jsonl(private, tmp_path / "jsonl")
    export_csv(private, tmp_path / "csv")
    written = [path.read_text("utf-8") for path in tmp_path.rglob("*.*") if path.is_file()]
    assert len(written) == 10
    assert not any(CANARY in text for text in [*written, report_html(private)])


def test_the_canary_test_can_fail(record: Record) -> None:
    seen = dataclasses.replace(record.documents[0], name=CANARY)
    assert CANARY in report_html(dataclasses.replace(record, documents=(seen, *record.documents[1:])))
