"""What may be sent: paths, markup, and whatever no page expects, tried in the ways in which others were broken.

Comments name the findings of an audit of Bayanat, a database of evidence, that a test stands for.
"""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as of_django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from muster.run.judge import judge
from muster.store import models
from muster.web import builds, uploads
from muster.web.accounts.models import Build, BuildState, Role
from tests.doors.archives import zipped
from tests.doors.doors import DOORS, Door
from tests.doors.reach import answers, body, pages
from tests.web.site import Site

_ADD = "/cases/mirsal/documents/add/"
_SECRET = b"qzsecret: what lies outside of the case"
_MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
_BREAKING = "\"'><svg/onload=alert(3)>"


def _added(site: Site, name: str, data: bytes) -> Build:
    before = set(Build.objects.values_list("pk", flat=True))
    answer = site.client("reviewer").post(
        _ADD, {"files": [SimpleUploadedFile(name, data)], "names": json.dumps([name])}
    )
    assert answer.status_code == 302, answer.content.decode()
    for task in DBTaskResult.objects.all():
        task.delete()
        builds.run_build.func(*task.args_kwargs["args"])
    return Build.objects.exclude(pk__in=before).get()


@pytest.fixture
def outside(shared_site: Site) -> Iterator[Path]:
    """A file of the server that is no document."""
    assert of_django.SITE is not None
    file = Path(of_django.SITE) / "outside.txt"
    file.write_bytes(_SECRET)
    yield file
    file.unlink()


# ---- paths


def test_names_that_lead_out_of_a_folder_lead_nowhere(shared_site: Site, outside: Path) -> None:
    """Paths (004) in names of files, of folders, and in an archive with links and names that climb."""
    site_folder, climbing = Path(of_django.SITE), "../" * 12
    before = set(site_folder.iterdir())
    data = zipped(
        {f"{climbing}tmp/qz-climbed.txt": b"A clerk was hurt at the weir.", "/tmp/qz-rooted.txt": b"Two were hurt."},
        {"link.txt": str(outside), "folder": str(outside.parent)},
    )
    for name, content in (
        ("climbing.zip", data),
        (f"{climbing}{outside.name}", b"One person was hurt at the mill."),
        (str(outside), b"Three persons were hurt at the mill."),
        ("..\\..\\outside.txt", b"Four persons were hurt at the mill."),
    ):
        assert _added(shared_site, name, content).state == BuildState.DONE
    assert outside.read_bytes() == _SECRET
    assert set(site_folder.iterdir()) == before
    assert not list(Path("/tmp").glob("qz-*"))
    assert list(uploads.uploads().iterdir()) == []
    alias = shared_site.case.alias
    texts = b"".join(bytes(each) for each in models.Reading.objects.using(alias).values_list("blob", flat=True))
    assert b"qzsecret" not in texts
    for each in shared_site.case.originals.rglob("*"):
        assert not each.is_symlink()
        assert each.is_dir() or b"qzsecret" not in each.read_bytes()


@pytest.mark.parametrize(
    "name", ["../outside.txt", "..%2foutside.txt", "%2e%2e/outside.txt", "..%5coutside.txt", "//etc/passwd", "%00"]
)
def test_no_address_leads_to_a_file(shared_site: Site, outside: Path, name: str) -> None:
    """Paths (004) in addresses: ids are looked up, and never made into a path."""
    for place in (
        "/static/", "/static/muster/", "/cases/mirsal/documents/", "/cases/", "/cases/mirsal/export/", "/api/cases/",
        "/cases/mirsal/documents/builds/", "/api/cases/mirsal/documents/", "/cases/mirsal/statements/", "/invitation/",
    ):  # fmt: skip
        for ending in ("", "/", "/download/", "/original/", "/text", ".zip"):
            answer = shared_site.client("owner").get(place + name + ending)
            text = body(answer)
            assert answer.status_code in (301, 302, 400, 401, 404), place + name + ending
            assert "qzsecret" not in text
            assert "root:" not in text


# ---- markup


class _Active(HTMLParser):
    """Collects what a browser would run or load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        names = [key for key in given if key.startswith("on") or key in ("style", "srcdoc")]
        links = [given[key] for key in ("href", "src", "action", "formaction", "xlink:href") if key in given]
        away = [each for each in links if not each.startswith(("/", "?", "#")) and each not in ("", ".")]
        away = [each for each in away if not each.startswith("data:image/svg+xml;base64,")]  # the code to scan
        runs = tag == "script" and not given.get("src") and given.get("type") != "application/json"
        if names or away or runs or tag in ("iframe", "object", "embed", "base"):
            self.found.append(self.get_starttag_text() or tag)


def _active(page: str) -> list[str]:
    parser = _Active()
    parser.feed(page[page.lower().index("<!doctype") :])
    return parser.found


def test_markup_in_documents_names_and_reasons_is_shown_and_never_run(shared_site: Site) -> None:
    """Markup that came in by a way without a sanitiser (008, 034, 039): everything is escaped where it is shown."""
    site, alias = shared_site, shared_site.case.alias
    text = f"Title {_MARKUP}\n\nTwo people were killed at the weir, {_MARKUP} said. [here](javascript:alert(4))\n"
    _added(site, f"{_BREAKING}.txt", text.encode())
    _added(site, f"{_BREAKING}{_MARKUP}.ogg".replace("/", "_"), b"OggS")
    ids = models.Statement.objects.using(alias).exclude(incident=None).order_by("id").values_list("id", flat=True)[:3]
    for id_, name in zip(list(ids), (_MARKUP, _BREAKING, "javascript:alert(5)"), strict=True):
        fields = json.dumps({"actor": name, "target": name, "place": name, "said_by": [name]})
        judge(site.case, "correct", [id_], value=fields, reason=_MARKUP, decided_by="reviewer")
    incident = str(models.Incident.objects.using(alias).all()[0].pk)
    finding = json.dumps({"answer": _MARKUP, "standard": "reasonable grounds to believe"})
    judge(site.case, "finding", [incident, "when"], value=finding, reason=_BREAKING, decided_by="reviewer")
    n_shown, wrong = 0, []
    for path, page in pages(site.client("owner")):
        if "<!doctype" in page.lower() and "attachment; filename" not in page:  # a download holds the bytes as they are
            wrong += [f"{path}: {each}" for each in _active(page)]
            n_shown += "&lt;script&gt;alert(1)" in page
    report = body(site.client("reader").get("/cases/mirsal/export/report.html"))
    assert "<script>alert" not in report
    assert "onerror=alert(2)>" not in report.replace("&lt;img src=x onerror=alert(2)&gt;", "")
    assert not wrong, "\n".join(wrong[:20])
    assert n_shown > 5
    for path, answer in answers(site, "reviewer"):
        assert "'Content-Type', 'text/html" not in answer, path


@pytest.mark.parametrize(
    "text", [_MARKUP, _BREAKING, "javascript:alert(1)", "{{ settings.SECRET_KEY }}", "%(x)s %s {0}"]
)
def test_markup_in_an_address_or_a_form_comes_back_as_text(shared_site: Site, text: str) -> None:
    """Reflected markup (034, 039), in pages and in messages of errors."""
    client, wrong = shared_site.client("owner"), []
    keys = ("q", "kind", "name", "with", "words", "since", "until", "place", "act", "status", "origin", "entity",
            "incident", "document", "find", "by", "subject", "before", "order", "state", "page", "at", "s", "next")  # fmt: skip  # noqa: E501
    query = "&".join(f"{key}={quote(text)}" for key in keys if key not in ("at", "kind", "order"))
    for door in DOORS:
        if door.needs == "public" or door.name.startswith("api:"):
            continue
        path = _path(shared_site, door).partition("?")[0]
        if door.method == "GET":
            answer = client.get(f"{path}?{query}")
        else:
            data = dict.fromkeys((*keys, "reason", "do", "form", "letter", "owner", "answer", "standard", "question", "to", "other", "chosen", "date", "low", "latitude", "longitude", "role"), text)  # fmt: skip  # noqa: E501
            answer = client.post(path, data)
        if answer.headers["Content-Type"].startswith("text/html") and not answer.streaming:
            page = answer.content.decode()
            if "<!doctype" in page.lower():
                wrong += [f"{door.method} {door.name}: {each}" for each in _active(page)]
            assert of_django.SECRET_KEY not in page
        assert answer.status_code < 500, door.name
        answer.close()
    page = client.get(f"/cases/mirsal/{quote(text, safe='')}/").content.decode()
    assert not wrong + _active(page), "\n".join(wrong)


def _path(site: Site, door: Door) -> str:
    in_case = door.needs in Role.values
    return reverse(door.name, args=[*(["mirsal"] if in_case else []), *door.arguments(site)]) + door.query


# ---- whatever no page expects


@pytest.mark.parametrize(
    "sent",
    [
        b"null", b"[]", b'"x"', b"1", b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"kind": null, "subjects": null}',
        b'{"kind": "accept", "subjects": [[]]}', b'{"kind": "accept", "subjects": ["\\u0000"]}',
        b'{"kind": "accept", "subjects": ["\\ud800"]}', b'{"kind": "accept", "subjects": ["x"], "seen": 1e999}',
        b'{"kind": "correct", "subjects": ["%s"], "value": "{\\"actor\\": \\"\\\\u0000\\"}"}',
        b'{"kind": "correct", "subjects": ["%s"], "value": "[]"}', b'{"kind": "undo", "subjects": ["%s"]}',
        b'{"kind": "correct", "subjects": ["%s"], "value": "{\\"count\\": {\\"low\\": 1e999}}"}',
        b'{"kind": "correct", "subjects": ["%s"], "value": "{\\"actor\\": \\"\\\\ud800\\"}"}',
        b'{"kind": "coordinates", "subjects": ["%s"], "value": "{\\"latitude\\": NaN, \\"longitude\\": 1}", "reason": "x"}',  # noqa: E501
        b'{"kind": "finding", "subjects": ["%s", "when"], "value": "null", "reason": "x"}',
    ],
    ids=lambda each: repr(each)[-40:],
)  # fmt: skip
def test_nothing_that_a_program_sends_breaks_the_api(shared_site: Site, sent: bytes) -> None:
    """Input that was answered with a crash (035 to 038): null, lists, text, and JSON that lies."""
    statement = models.Statement.objects.using(shared_site.case.alias).order_by("id")[0].id
    headers = {"Authorization": f"Bearer {shared_site.tokens['reviewer']}"}
    path, filled = "/api/cases/mirsal/judgements", sent.replace(b"%s", statement.encode())
    answer = Client().post(path, filled, content_type="application/json", headers=headers)
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize("names", ["null", "{}", "[1]", "[" * 100_000, '["a", "b"]', '["\\u0000/\\ud800"]', "\x00"])
def test_any_list_of_names_comes_with_the_files(shared_site: Site, names: str) -> None:
    """Input that was answered with a crash (035 to 042), beside files."""
    answer = shared_site.client("reviewer").post(_ADD, {"files": [SimpleUploadedFile("a.txt", b"x")], "names": names})
    assert answer.status_code == 302
    build = Build.objects.latest("pk")
    uploads.remove(build.key)
    build.delete()
    DBTaskResult.objects.all().delete()


def test_a_body_that_no_page_wants_is_refused_before_it_is_read(shared_site: Site) -> None:
    """A server that anybody could fill: what comes without a session, or to another page, is not even received."""

    class Endless:
        """A body of which nothing may be read."""

        def read(self, *_: object) -> bytes:
            raise AssertionError("it was read")

        readline = read

    for visitor, path in (
        ("stranger", "/account/login/"), ("stranger", "/account/signup/"), ("stranger", _ADD), ("stranger", "/language/"),  # noqa: E501
        ("stranger", "/api/cases/mirsal/judgements"), ("reader", _ADD), ("outsider", _ADD), ("reviewer", "/tokens/"),
        ("reviewer", "/cases/mirsal/documents/finish/"),
    ):  # fmt: skip
        answer = shared_site.client(visitor).generic(
            "POST", path, b"", content_type="multipart/form-data; boundary=x",
            **{"CONTENT_LENGTH": str(6 << 20), "wsgi.input": Endless()},  # type: ignore[arg-type]
        )  # fmt: skip
        assert answer.status_code in (302, 400, 401, 403, 404), path


def test_a_page_that_breaks_tells_nothing_of_the_inside(shared_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What errors tell: no trace, no path, no setting."""
    from muster.web.pages import overview

    def breaking(*_: object) -> None:
        raise RuntimeError(f"qzinside {of_django.SITE}")

    monkeypatch.setattr(overview.first_look, "figures", breaking)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = shared_site.client("owner").cookies["sessionid"].value
    answer = client.get("/cases/mirsal/")
    assert answer.status_code == 500
    told = body(answer)
    assert "Something went wrong" in told
    assert not [each for each in ("qzinside", "Traceback", "RuntimeError", str(of_django.SITE)) if each in told]
    assert "default-src 'none'" in told
