"""Adding documents: files come in, a build runs in the background, and nothing is lost on the way."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from muster.errors import MusterError
from muster.store import models
from muster.web import builds, uploads
from muster.web.accounts.models import Build, BuildState
from tests.web.site import Site

_ADD = "/cases/mirsal/documents/add/"
_WORDS = b"Hartwell Post, 2018-02-03\n\nThe weir committee said that two people had been killed at the weir.\n"


def _files(*names: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, _WORDS + name.encode()) for name in names]


def _add(site: Site, visitor: str = "reviewer", **data: object) -> Build:
    answer = site.client(visitor).post(_ADD, data)
    assert answer.status_code == 302, answer.content.decode()
    return Build.objects.get(key=answer.headers["Location"].strip("/").rsplit("/", 1)[1])


def _work() -> None:
    """Do what the worker would: all that is asked for, one after the other."""
    for task in DBTaskResult.objects.order_by("enqueued_at"):
        task.delete()
        builds.run_build.func(*task.args_kwargs["args"])


def test_files_come_into_the_case_under_the_name_of_who_added_them(site: Site) -> None:
    build = _add(site, files=_files("weir.txt", "broken.ogg"), names=json.dumps(["pile/weir.txt", "broken.ogg"]))
    page = site.client("reader").get(f"/cases/mirsal/documents/builds/{build.key}/").content.decode()
    assert "It begins when the work before it is done." in page
    assert 'http-equiv="refresh"' in page
    assert "hx-get" in page
    _work()
    build.refresh_from_db()
    assert (build.state, build.n_new, build.n_known) == (BuildState.DONE, 2, 0)
    acquired = models.Acquisition.objects.using(site.case.alias).get(name="pile/weir.txt")
    assert acquired.acquired_by == "reviewer"
    assert models.Statement.objects.using(site.case.alias).filter(document=acquired.document).exists()
    assert not (uploads.uploads() / build.key).exists()
    listed = site.client("reader").get(f"/cases/mirsal/documents/?upload={build.key}").context["documents"]
    assert {each.name for each in listed} == {"pile/weir.txt", "broken.ogg"}


def test_what_is_there_already_is_said_to_be(site: Site) -> None:
    original = models.Document.objects.using(site.case.alias).get(name="01-six-reported-dead.txt")
    data = next((site.case.originals / original.sha256[:2]).glob(original.sha256 + "*")).read_bytes()
    build = _add(site, files=[SimpleUploadedFile("again.txt", data)])
    _work()
    build.refresh_from_db()
    assert (build.n_new, build.n_known) == (0, 1)


def test_without_a_file_nothing_is_begun(site: Site) -> None:
    answer = site.client("reviewer").post(_ADD, {"names": "[]"})
    assert answer.status_code == 400
    assert "No file was chosen." in answer.content.decode()
    assert not Build.objects.exists()
    assert list(uploads.uploads().iterdir()) == []


def test_too_much_at_once_is_refused_before_it_is_received(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "most_bytes", lambda: 100)
    answer = site.client("reviewer").post(_ADD, {"files": _files("weir.txt")})
    assert answer.status_code == 400
    assert "Nothing was added" in answer.content.decode()
    assert not Build.objects.exists()


def test_too_many_files_are_refused_with_what_to_do(site: Site, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    answer = site.client("reviewer").post(_ADD, {"files": _files("a.txt", "b.txt", "c.txt")})
    assert answer.status_code == 400
    assert "zip" in answer.content.decode()
    assert list(uploads.uploads().iterdir()) == []


def test_a_form_of_another_site_adds_nothing(site: Site) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(site.client("reviewer").get(_ADD).wsgi_request.user)
    answer = client.post(_ADD, {"files": _files("weir.txt")})
    assert answer.status_code == 403
    assert not Build.objects.exists()
    assert list(uploads.uploads().iterdir()) == []


def test_what_others_send_is_not_even_received(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "receive", lambda request: pytest.fail("it was received"))
    for visitor, status in (("stranger", 302), ("outsider", 404), ("reader", 403)):
        assert site.client(visitor).post(_ADD, {"files": _files("weir.txt")}).status_code == status


def test_a_build_that_died_is_shown_and_goes_on_when_told_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    build = _add(site, files=_files("weir.txt"))
    DBTaskResult.objects.all().delete()
    Build.objects.filter(pk=build.pk).update(state=BuildState.RUNNING, stage="reading")  # and nobody is at work
    path = f"/cases/mirsal/documents/builds/{build.key}/"
    assert "The work stopped before it was done." in site.client("reader").get(path).content.decode()
    assert "Go on" not in site.client("reader").get(path).content.decode()
    assert "Go on" in site.client("reviewer").get(path).content.decode()
    site.client("reviewer").post(path + "resume/")
    asked: list[object] = []
    monkeypatch.setattr(builds, "build", lambda *words: asked.append(words))
    _work()
    build.refresh_from_db()
    assert build.state == BuildState.DONE
    assert asked[0][1] == [uploads.waiting(build.key)]  # type: ignore[index]


def test_builds_go_on_when_the_server_starts_again(site: Site) -> None:
    running, queued = _add(site, files=_files("weir.txt")), _add(site, files=_files("road.txt"))
    DBTaskResult.objects.all().delete()
    Build.objects.filter(pk=running.pk).update(state=BuildState.RUNNING)
    (uploads.uploads() / "left-over").mkdir()
    builds.resume_all()
    assert DBTaskResult.objects.count() == 2
    assert {each.name for each in uploads.uploads().iterdir()} == {running.key, queued.key}


def test_a_build_that_somebody_is_at_work_on_is_left_to_them(site: Site) -> None:
    build = _add(site, files=_files("weir.txt"))
    with uploads.at_work(build.key):
        Build.objects.filter(pk=build.pk).update(state=BuildState.RUNNING)
        assert builds.latest("mirsal", 1)[0].state == "running"
        _work()
    build.refresh_from_db()
    assert build.n_new == 0


def test_while_the_case_is_busy_a_build_waits(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_args: object, **_more: object) -> None:
        raise MusterError("case_busy", "Another build is at work.")

    build = _add(site, files=_files("weir.txt"))
    monkeypatch.setattr(builds, "build", busy)
    _work()
    build.refresh_from_db()
    assert build.state == BuildState.QUEUED
    assert DBTaskResult.objects.get().run_after is not None


def test_a_build_that_fails_says_why_and_can_be_put_away(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise MusterError("disk_full", "The disk is full.", "Make room.")

    build = _add(site, files=_files("weir.txt"))
    monkeypatch.setattr(builds, "build", full)
    _work()
    page = site.client("reviewer").get(_ADD).content.decode()
    assert "The disk is full." in page
    assert "Make room." in page
    site.client("reviewer").post(f"/cases/mirsal/documents/builds/{build.key}/discard/")
    assert not Build.objects.exists()
    assert not (uploads.uploads() / build.key).exists()


def test_a_build_of_another_case_is_not_there(site: Site) -> None:
    build = _add(site, files=_files("weir.txt"))
    assert site.client("outsider").get(f"/cases/other/documents/builds/{build.key}/").status_code == 404
    assert site.client("outsider").post(f"/cases/other/documents/builds/{build.key}/discard/").status_code == 404


def test_readers_are_not_told_who_added_what(site: Site) -> None:
    build = _add(site, files=_files("weir.txt"))
    path = f"/cases/mirsal/documents/builds/{build.key}/"
    assert ">reviewer<" in site.client("owner").get(path).content.decode()
    assert ">reviewer<" not in site.client("reader").get(path).content.decode()
