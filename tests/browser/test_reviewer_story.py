"""The whole story of a reviewer, in a real browser against a real server, in two languages."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.conftest import ARTEFACTS

DOCUMENTS = Path(__file__).parents[2] / "examples" / "documents"
PASSWORD = "river-stone-41-lamp"
#: axe's own grades; "serious" and "critical" keep somebody from using a page.
GRAVE = {"serious", "critical"}
BUILD_S = 600


@dataclass(frozen=True, slots=True)
class Served:
    """A server on a folder that did not exist before, and the address that makes the first account."""

    base: str
    first: str


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "muster", "serve", str(tmp_path / "mirsal"), "--no-open", "--port", str(port)]
    log = (tmp_path / "log").open("w+")
    server = subprocess.Popen(
        command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    try:
        base = f"http://localhost:{port}"
        yield Served(base=base, first=_address(tmp_path / "log", server, base))
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _address(log: Path, server: subprocess.Popen[bytes], base: str) -> str:
    for _ in range(600):
        found = re.search(re.escape(base) + r"/invitation/\S+", log.read_text(encoding="utf-8"))
        if found:
            return found[0]
        assert server.poll() is None, log.read_text(encoding="utf-8")
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8"))


class Reviewer:
    """Somebody at a browser, who looks at every page closely."""

    def __init__(self, page: Page, base: str, language: str) -> None:
        self.page, self.base, self.language = page, base, language
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console", lambda said: self.errors.append(said.text) if "Content Security Policy" in said.text else None
        )

    def open(self, path: str) -> None:
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    def look(self, name: str) -> None:
        """Take a picture, and have axe look at the page, too."""
        results, wide = self._measure(ARTEFACTS / f"web-{name}-{self.language}.png")
        grave = [
            f"{each['id']}: {each['nodes'][0]['html'][:200]}"
            for each in results.response["violations"]
            if each["impact"] in GRAVE
        ]
        assert not grave, (name, grave)
        assert wide <= 0, f"{name} is {wide} px wider than the window"

    def _measure(self, picture: Path) -> tuple[AxeResults, int]:
        """Run axe, and return by how much the page is too wide; again where it moved on, as one that shows progress."""
        beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        for again in range(6):
            try:
                # To hide the caret, Playwright would add a style, which our pages forbid.
                self.page.screenshot(path=picture, full_page=True, caret="initial")
                return Axe().run(self.page), self.page.evaluate(beyond)
            except Error:
                if again == 5:
                    raise
                self.page.wait_for_load_state()
        raise AssertionError("unreachable")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_story_of_a_reviewer(chromium: Browser, served: Served, language: str, tmp_path: Path) -> None:
    ARTEFACTS.mkdir(exist_ok=True)
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale=language)
    page = context.new_page()
    page.set_default_timeout(60_000)
    me = Reviewer(page, served.base, language)

    # sign up
    page.goto(served.first)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "fa" else "ltr")
    me.look("invitation")
    page.locator("main a.button").click()
    me.look("signup")
    page.fill("[name=username]", "nour")
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.locator("main [type=submit]").first.click()
    page.locator("main form button").click()  # begin
    case = page.url.removeprefix(served.base)
    assert case == "/cases/mirsal/"
    me.look("empty")

    # add the files, and watch the build
    me.open(case + "documents/add/")
    me.look("add")
    page.set_input_files("[name=files]", [str(each) for each in sorted(DOCUMENTS.iterdir()) if each.is_file()])
    page.locator("form.add button.main").click()
    page.wait_for_url(re.compile(r"/documents/"), timeout=120_000)
    me.look("building")
    _wait_until_built(me, case)
    me.open(case)
    me.look("overview")
    me.open(case + "documents/")
    me.look("documents")
    page.locator("main table a, main .rows a").first.click()
    me.look("document")

    # judge twenty statements by keyboard
    me.open(case + "queue/?order=sure")
    me.look("queue")
    began = time.monotonic()
    for _ in range(20):
        left = page.locator("#item .left strong").inner_text()
        page.keyboard.press("a")
        expect(page.locator("#item .left strong")).not_to_have_text(left)
    print(f"20 statements by keyboard in {time.monotonic() - began:.1f} s", file=sys.stderr)
    me.look("queue-after")
    me.open(case + "history/")
    me.look("history")
    page.locator("main").get_by_text("nour").nth(19).wait_for()

    # merge two spellings of one person
    me.open(case + "people/")
    me.look("people")
    _merge_two_people(me, case)

    # split an incident, and record a finding
    me.open(case + "incidents/")
    me.look("incidents")
    page.locator("main table a, main .rows a").first.click()
    me.look("incident")
    details = page.locator("details:has([name=standard])").first
    details.locator("summary").click()
    details.locator("[name=answer]").fill("14 March 2017")
    details.locator("[name=standard]").select_option(index=3)
    details.locator("[name=reason]").fill("Four independent origins name the day.")
    details.locator("button.main").click()
    expect(page.locator("main")).to_contain_text("Four independent origins name the day.")
    me.look("finding")
    page.locator("[name=chosen]").first.check()
    split = page.locator("form:has([name=chosen])")
    split.locator("[name=reason]").fill("This tells of something else.")
    split.locator("[name=split]").click()
    page.wait_for_load_state()
    expect(page.locator(".problem")).to_have_count(0)
    me.open(case + "incidents/")  # what is left may go by another id
    me.look("split")

    # find the person by an Arabic spelling
    page.fill("#find", "بلهدري")
    page.keyboard.press("Enter")
    expect(page.locator(".found").first).to_contain_text("Belhadri")
    me.look("search")
    page.locator(".found a").first.click()
    me.look("person")

    # the other pages
    for place in ("groups", "places", "sources", "timeline", "map", "members", "export"):
        page.goto(f"{served.base}{case}{place}/")
        if page.locator("[name=password]").count():  # owners show their password again before they see members
            me.look("reauthenticate")
            page.fill("[name=password]", PASSWORD)
            page.locator("main [type=submit]").first.click()
        me.look(place)

    # export
    me.open(case + "export/")
    with page.expect_download() as download:
        page.locator(f'[formaction="{case}export/jsonl.zip"]').click()
    download.value.save_as(tmp_path / "export.zip")
    with ZipFile(tmp_path / "export.zip") as archive:
        (statements,) = (name for name in archive.namelist() if name.endswith("statements.jsonl"))
        assert archive.read(statements).count(b'"status":"accepted"') == 20

    # on a telephone, in the dark
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 780})
    for path in ("", "documents/", "queue/", "incidents/", "people/", "sources/", "timeline/", "map/", "export/"):
        me.open(case + path)
        me.look(f"360-dark-{path.strip('/') or 'overview'}")
    assert not me.errors
    context.close()


def _wait_until_built(me: Reviewer, case: str) -> None:
    """Look at the overview now and then, until no work goes on."""
    until = time.monotonic() + BUILD_S
    while time.monotonic() < until:
        answer = me.page.request.get(me.base + case)
        if answer.status == 200 and 'class="build ' not in answer.text() and 'class="judged"' in answer.text():
            return
        time.sleep(2)
    raise AssertionError(me.page.content())


def _merge_two_people(me: Reviewer, case: str) -> None:
    page = me.page
    page.locator("main table a, main .rows a").first.click()
    page.locator("#same input[type=search], form[action='#same'] input[type=search]").first.fill("a")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.locator("[name=other]").first.check()
    form = page.locator("form:has([name=other])")
    form.locator("[name=reason]").fill("Two spellings of one name.")
    form.locator("[name=same]").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("Two spellings of one name.")
    me.look("merged")
