"""A real Chromium, and reports written to disk for it to open."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from muster.casebook.record import Record
from muster.publish import report_html
from tests.publish.mirsal_record import make_record

# As root and without the network services that Chromium would otherwise call at every start.
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--font-render-hinting=none"),
)
ARTEFACTS = Path(__file__).parents[1] / "artefacts"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("The browser tests need Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def record() -> Record:
    return make_record()


def right_to_left(record: Record) -> Record:
    """The part of the case that speaks Arabic and Persian, under an Arabic name."""
    kept = {outline.document_id for outline in record.outlines if outline.language in {"ar", "fa"}}
    statements = tuple(s for s in record.statements if s.document_id in kept)
    ids = {s.id for s in statements}
    incidents = tuple(
        dataclasses.replace(
            i, name="دخول قوات الأمن إلى معسكر مرسال", statement_ids=tuple(sorted(ids & set(i.statement_ids)))
        )
        for i in record.incidents
        if ids & set(i.statement_ids)
    )
    questions = tuple(
        dataclasses.replace(
            q,
            answers=tuple(
                dataclasses.replace(a, statement_ids=tuple(s for s in a.statement_ids if s in ids))
                for a in q.answers
                if ids & set(a.statement_ids)
            ),
        )
        for q in record.questions
        if q.incident_id in {i.id for i in incidents}
    )
    return dataclasses.replace(
        record,
        case="معسكر مرسال، 2017 (مكان متخيَّل)",
        documents=tuple(d for d in record.documents if d.id in kept),
        outlines=tuple(o for o in record.outlines if o.document_id in kept),
        statements=statements,
        incidents=incidents,
        questions=questions,
        ties=(),
        disagreements=(),
        people=(),
    )


@pytest.fixture(scope="session")
def reports(record: Record, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports by name: "mirsal", and "rtl"."""
    folder = tmp_path_factory.mktemp("reports")
    out = {}
    for name, one in (("mirsal", record), ("rtl", right_to_left(record))):
        out[name] = folder / f"{name}.html"
        out[name].write_text(report_html(one), encoding="utf-8")
    return out
