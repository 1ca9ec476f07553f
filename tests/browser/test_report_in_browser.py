import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from muster.casebook.record import Record
from muster.publish import report_html
from tests.browser.conftest import ARTEFACTS

SIZES = {360: 780, 1280: 900}


@contextmanager
def opened(browser: Browser, path: Path, width: int, scheme: str = "light", *, script: bool = True) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=script,
        offline=True,
    )
    page = context.new_page()
    page.goto(path.as_uri())
    yield page
    context.close()


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


@pytest.mark.parametrize("name", ["mirsal", "rtl"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_a_report_passes_axe_closed_and_opened(
    chromium: Browser, reports: dict[str, Path], name: str, scheme: str, width: int
) -> None:
    with opened(chromium, reports[name], width, scheme) as page:
        ARTEFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"report-{name}-{width}-{scheme}.png", full_page=True)
        closed = Axe().run(page).response["violations"]
        open_everything(page)
        found = [*closed, *Axe().run(page).response["violations"]]
        page.screenshot(path=ARTEFACTS / f"report-{name}-{width}-{scheme}-open.png", full_page=True)
    grave = [
        (one["id"], node["target"], node["html"][:120])
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]
    assert grave == []


def test_axe_would_see_text_too_pale_to_read(chromium: Browser, reports: dict[str, Path], tmp_path: Path) -> None:
    pale = tmp_path / "pale.html"
    text = reports["mirsal"].read_text("utf-8").replace("--soft: #565e68", "--soft: #b0b0b0")
    # The policy names the style by its hash; a changed style needs another policy.
    pale.write_text(text.replace("Content-Security-Policy", "X-None"), encoding="utf-8")
    with opened(chromium, pale, 1280) as page:
        assert "color-contrast" in {one["id"] for one in Axe().run(page).response["violations"]}


@pytest.mark.parametrize("name", ["mirsal", "rtl"])
@pytest.mark.parametrize("width", SIZES)
def test_a_page_never_scrolls_sideways(chromium: Browser, reports: dict[str, Path], name: str, width: int) -> None:
    with opened(chromium, reports[name], width) as page:
        open_everything(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_cell_opens_its_sentence_without_script(chromium: Browser, reports: dict[str, Path]) -> None:
    with opened(chromium, reports["mirsal"], 1280, script=False) as page:
        cell = page.locator("details.cell", has_text="11").first
        sentence = cell.locator("blockquote").first
        assert not sentence.is_visible()
        cell.locator("summary").click()
        assert sentence.is_visible()
        assert "were shot dead" in sentence.inner_text()


def test_a_reference_leads_to_its_statement(chromium: Browser, reports: dict[str, Path]) -> None:
    with opened(chromium, reports["mirsal"], 360, script=False) as page:
        page.locator("#first .where a").first.click()
        target = page.locator(":target")
        assert target.count() == 1
        box = target.bounding_box()
        assert box
        assert 0 <= box["y"] < SIZES[360]


def test_text_runs_in_its_own_direction(chromium: Browser, reports: dict[str, Path]) -> None:
    with opened(chromium, reports["mirsal"], 1280) as page:
        direction = "each => getComputedStyle(each).direction"
        arabic = page.locator(".list blockquote[lang=ar]").first
        english = page.locator(".list blockquote[lang=en]").first
        assert arabic.evaluate(direction) == "rtl"
        assert english.evaluate(direction) == "ltr"
        assert page.locator("html").evaluate(direction) == "ltr"


def test_the_page_is_dark_where_the_reader_wants_it_dark(chromium: Browser, reports: dict[str, Path]) -> None:
    light = "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    with opened(chromium, reports["mirsal"], 1280, "light") as page:
        assert min(page.evaluate(light)) > 230
    with opened(chromium, reports["mirsal"], 1280, "dark") as page:
        assert max(page.evaluate(light)) < 40


def test_on_paper_every_sentence_stands_open_in_its_paragraph(
    chromium: Browser, reports: dict[str, Path], record: Record, tmp_path: Path
) -> None:
    with opened(chromium, reports["mirsal"], 1280) as page:
        page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    text = " ".join(" ".join(one.get_textpage().get_text_bounded().split()) for one in document)
    n_pages = len(document)
    document.close()
    assert n_pages < 20
    # The paragraph's other sentences are printed with the one that is quoted.
    assert text.count("their mothers have not been allowed to see them. Yusef Talvari has not been seen since") >= 2
    assert all(document.sha256 in text.replace(" ", "") for document in record.documents)


PAYLOADS = (
    "<script>window.hit = 1</script>",
    "<img src=http://127.0.0.1:9/x onerror='window.hit = 1'>",
    "\"'><svg onload=window.hit=1><style>body{background:url(http://127.0.0.1:9/y)}</style>",
)


def test_hostile_text_runs_nothing_and_asks_for_nothing(chromium: Browser, record: Record, tmp_path: Path) -> None:
    payload = "".join(PAYLOADS)
    attacked = dataclasses.replace(
        record,
        case=record.case + payload,
        documents=tuple(dataclasses.replace(d, name=d.name + payload) for d in record.documents),
        incidents=tuple(dataclasses.replace(i, name=i.name + payload, place=payload) for i in record.incidents),
        disagreements=tuple(dataclasses.replace(d, why=d.why + payload) for d in record.disagreements),
        people=tuple(dataclasses.replace(p, name=p.name + payload) for p in record.people),
        problems=tuple(dataclasses.replace(p, words=p.words + payload) for p in record.problems),
        rejects=tuple(dataclasses.replace(r, message=r.message + payload) for r in record.rejects),
        reading=lambda i: dataclasses.replace(
            record.reading(i), text=record.reading(i).text + payload, language=payload
        ),
    )
    path = tmp_path / "hostile.html"
    path.write_text(report_html(attacked), encoding="utf-8")
    asked: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    open_everything(page)
    assert page.evaluate("window.hit") is None
    assert asked == [path.as_uri()]
    assert page.locator("h1").inner_text().endswith(payload[-20:])
    assert page.evaluate("document.querySelectorAll('script, img, svg[onload], style').length") == 1
    context.close()


def test_the_policy_would_stop_markup_that_slipped_through(
    chromium: Browser, reports: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "slipped.html"
    text = reports["mirsal"].read_text("utf-8")
    path.write_text(text.replace("<main", "".join(PAYLOADS) + "<main", 1), encoding="utf-8")
    failed: list[str] = []
    context = chromium.new_context()
    page = context.new_page()
    page.on("response", lambda response: failed.append(response.url))
    page.goto(path.as_uri())
    assert page.evaluate("window.hit") is None
    assert failed == [path.as_uri()]
    context.close()
