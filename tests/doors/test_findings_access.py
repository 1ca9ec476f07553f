"""Who gets to see and to change what, tried the ways in which others were found open.

Comments name the findings of an audit of Bayanat, a database of evidence, that a test stands for.
"""

import csv
import io
import json
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from muster.run.judge import judge
from muster.store import models
from muster.web import builds
from muster.web.accounts.models import Build, BuildState, CaseFolder, Invitation, Member, Role, Token
from tests.doors.reach import answers, body, pages
from tests.web.site import PASSWORD, Site, signed_in

_CANARY = "qzcanary"
_REVIEWER = f"{_CANARY}-reviewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """A site in which every private field holds a word that stands nowhere else."""

    site: Site
    reviewer: Client


@pytest.fixture(scope="module")
def private(shared_site: Site) -> Private:
    site = shared_site
    user = User.objects.create_user(
        _REVIEWER, password=PASSWORD, first_name=f"{_CANARY}-first", email=f"{_CANARY}@example.org"
    )
    case = CaseFolder.objects.get(slug="mirsal")
    Member.objects.create(case=case, user=user, role=Role.REVIEWER)
    CaseFolder.objects.filter(slug="other").update(name=f"{_CANARY}-other-case")
    Token.make(user, f"{_CANARY}-token", timezone.now())
    Invitation.make(case, Role.READER, user, timezone.now())
    client = signed_in(user)
    _add_a_zip(client)
    _judge_everything(site)
    _mark_rows(site)
    Build.objects.create(
        key="failed", case=case, state=BuildState.FAILED, started_by=user, asked_at=timezone.now(),
        error=f"OSError: /srv/{_CANARY}-path", hint=f"Look at /srv/{_CANARY}-path",
    )  # fmt: skip
    return Private(site=site, reviewer=client)


def _add_a_zip(client: Client) -> None:
    from tests.doors.archives import zipped

    data = zipped({"letters/weir.txt": b"Two people were killed at the weir on 3 February 2018.", "noise.ogg": b"OggS"})
    answer = client.post("/cases/mirsal/documents/add/", {"files": [SimpleUploadedFile("pile.zip", data)]})
    assert answer.status_code == 302
    for task in DBTaskResult.objects.all():
        task.delete()
        builds.run_build.func(*task.args_kwargs["args"])
    assert Build.objects.get().state == BuildState.DONE


def _judge_everything(site: Site) -> None:
    """One judgement of most kinds, and one that was taken back, last."""
    alias = site.case.alias
    first, second, third = models.Statement.objects.using(alias).exclude(incident=None).order_by("id")[:3]
    incident = models.Statement.objects.using(alias).get(pk=first.pk).incident
    source = models.Source.objects.using(alias).order_by("-n_statements", "pk")[0].name
    finding = json.dumps({"answer": "in the night", "standard": "reasonable grounds to believe"})
    reason = "two say so"
    for kind, subjects, value in (
        ("accept", [first.id], ""),
        ("reject", [second.id], ""),
        ("correct", [third.id], '{"actor": "the night watch"}'),
        ("reliability", [source], '"C"'),
        ("owner", [source], '"Somebody"'),
        ("finding", [str(incident), "when"], finding),
    ):
        made = judge(site.case, kind, subjects, value=value, reason=reason, decided_by=_REVIEWER)  # type: ignore[arg-type]
    judge(site.case, "undo", [made.id], reason=reason, decided_by=_REVIEWER)
    judge(site.case, "accept", [third.id], reason=reason, decided_by=_REVIEWER)
    judge(site.case, "finding", [str(incident), "when"], value=finding, reason=reason, decided_by=_REVIEWER)
    undone = judge(site.case, "accept", [first.id], reason=reason, decided_by=_REVIEWER)
    judge(site.case, "undo", [undone.id], reason=reason, decided_by=_REVIEWER)


def _mark_rows(site: Site) -> None:
    rows = models.Acquisition.objects.using(site.case.alias)
    rows.update(path=f"/home/{_CANARY}-path/file", acquired_by=f"{_CANARY}-bringer")
    models.Reject.objects.using(site.case.alias).update(path=f"/home/{_CANARY}-path/file")


# ---- what must not be seen


def test_nothing_private_stands_in_anything_that_a_reader_can_get(private: Private) -> None:
    """Leaks of private fields (#346, 003, 011, 015, 020, 021): each page, list, report and export is searched."""
    from django.conf import settings

    reader, n_pages, leaks = private.site.client("reader"), 0, []
    secrets = [_CANARY, str(settings.SITE), "/site/uploads", User.objects.get(username=_REVIEWER).password]
    exports = [f"/cases/mirsal/export/{each}" for each in ("csv.zip", "jsonl.zip", "report.html")]
    for path, text in (
        *pages(reader),
        *((each, body(reader.get(each))) for each in exports),
        *answers(private.site, "reader"),
        ("build", body(reader.get("/cases/mirsal/documents/builds/failed/"))),
    ):
        n_pages += 1
        leaks += [f"{path}: {text[max(0, text.index(each) - 60) :][:160]!r}" for each in secrets if each in text]
    assert not leaks, "\n".join(leaks)
    assert n_pages > 60


def test_the_words_that_are_looked_for_can_be_seen_by_those_who_may(private: Private) -> None:
    """Else the search above would find nothing whatever is shown."""
    shown = "".join(text for _, text in pages(private.reviewer))
    for each in (_REVIEWER, f"{_CANARY}-bringer", f"/srv/{_CANARY}-path"):
        assert each in shown, each


def test_a_member_of_another_case_gets_nothing_of_this_one(private: Private) -> None:
    """Access to an object by a way round (001, 009, 018): ids of this case are asked for in one's own case."""
    outsider, alias = private.site.client("outsider"), private.site.case.alias
    ids = {
        "documents/builds": [Build.objects.filter(case__slug="mirsal").first().key],
        "members": [str(Member.objects.filter(case__slug="mirsal").first().pk)],
        "history": [],
        "judgements": [models.Judgement.objects.using(alias).first().pk],
    }
    added = models.Document.objects.using(alias).get(name="pile.zip/letters/weir.txt")
    ids["documents"] = [added.id]
    ids["statements"] = [models.Statement.objects.using(alias).filter(document=added.id).first().id]
    wrong = []
    for place, found in ids.items():
        for id_ in found:
            for ending in ("", "take-back/", "original/", "download/", "judge/", "move/", "resume/", "discard/"):
                path = f"/cases/other/{place}/{id_}/{ending}"
                for answer in (outsider.get(path), outsider.post(path, {"role": "owner", "do": "accept", "seen": "9"})):
                    if answer.status_code not in (404, 405) and not _only_refuses(answer.content.decode()):
                        wrong.append(f"{path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert not models.Judgement.objects.using(private.site.other.alias).exists()


def _only_refuses(page: str) -> bool:
    return "Not done" in page


def test_the_history_and_who_judged_stay_behind_the_door_of_reviewers(private: Private) -> None:
    """Revisions that could be read without access to what was revised (001, 018)."""
    alias, reader = private.site.case.alias, private.site.client("reader")
    headers = {"Authorization": f"Bearer {private.site.tokens['reader']}"}
    subject = models.Judgement.objects.using(alias).first()
    for path in ("history/", f"history/?subject={subject.pk}", "queue/", "queue/sure/"):
        assert reader.get(f"/cases/mirsal/{path}").status_code == 403
    for query in ("", "?before=2", "?limit=1"):
        assert Client().get(f"/api/cases/mirsal/judgements{query}", headers=headers).status_code == 403


def test_exports_hold_what_the_pages_show_and_no_more(private: Private) -> None:
    """Exports that gave out rows which the screen did not (003, 015, 026): rejected statements are in neither."""
    alias, reader = private.site.case.alias, private.site.client("reader")
    exported = body(reader.get("/cases/mirsal/export/jsonl.zip"))
    rejected = models.Statement.objects.using(alias).filter(status="rejected").values_list("id", flat=True)
    assert rejected
    assert not [each for each in rejected if f'"id":"{each}"' in exported.replace(" ", "")]
    shown = list(models.Statement.objects.using(alias).exclude(status="rejected")[:20])
    assert all(each.id in exported for each in shown)
    accepted = body(reader.get("/cases/mirsal/export/jsonl.zip?only=accepted"))
    proposed = models.Statement.objects.using(alias).filter(status="proposed").values_list("id", flat=True)
    assert not [each for each in proposed if each in accepted]
    for visitor, status in (("stranger", 302), ("outsider", 404)):
        for kind in ("csv.zip", "jsonl.zip", "report.html"):
            assert private.site.client(visitor).get(f"/cases/mirsal/export/{kind}").status_code == status


def test_who_was_taken_out_sees_nothing_with_the_same_session_or_token(private: Private) -> None:
    """Roles are looked up at every request, not at signing in (003: fail closed)."""
    user = User.objects.create_user("leaver", password=PASSWORD)
    member = Member.objects.create(case=CaseFolder.objects.get(slug="mirsal"), user=user, role=Role.READER)
    client, token = signed_in(user), Token.make(user, "copy", timezone.now())
    assert client.get("/cases/mirsal/").status_code == 200
    member.delete()
    headers = {"Authorization": f"Bearer {token}"}
    for path in ("", "export/csv.zip", "export/report.html", "documents/", "search/?q=police"):
        assert client.get(f"/cases/mirsal/{path}").status_code == 404
    assert Client().get("/api/cases/mirsal/statements", headers=headers).status_code == 404


# ---- what must not be done


def test_each_write_needs_its_role_whatever_the_page_showed(private: Private) -> None:
    """Writes whose workflow was checked by the browser alone (002, 010, 012, 022)."""
    site, alias = private.site, private.site.case.alias
    statement = models.Statement.objects.using(alias).filter(status="proposed")[0].id
    incident = models.Incident.objects.using(alias).all()[0].pk
    before = models.Judgement.objects.using(alias).count()
    for path, data in (
        (f"statements/{statement}/judge/", {"do": "accept", "seen": "999999"}),
        (f"statements/{statement}/move/", {"to": "own", "reason": "mine"}),
        (f"incidents/{incident}/judge/", {"form": "finding", "question": "when", "answer": "x", "reason": "y"}),
        ("queue/sure/", {"mark": "x"}),
        ("documents/finish/", {}),
    ):
        assert site.client("reader").post(f"/cases/mirsal/{path}", data).status_code == 403, path
        assert site.client("outsider").post(f"/cases/mirsal/{path}", data).status_code == 404, path
    new = {"kind": "accept", "subjects": [statement]}
    headers = {"Authorization": f"Bearer {site.tokens['reader']}"}
    path = "/api/cases/mirsal/judgements"
    assert Client().post(path, new, content_type="application/json", headers=headers).status_code == 403
    assert models.Judgement.objects.using(alias).count() == before


def test_one_person_cannot_be_both_of_two_that_are_needed(private: Private) -> None:
    """A second review that the server did not ask for (022: the lock of peer review)."""
    site, alias = private.site, private.site.case.alias
    row = models.Statement.objects.using(alias).filter(status="proposed").order_by("id")[0]
    site.client("owner").post("/cases/mirsal/settings/", {"four_eyes": row.act})
    headers = {"Authorization": f"Bearer {site.tokens['reviewer']}"}
    for _ in range(2):
        site.client("reviewer").post(f"/cases/mirsal/statements/{row.id}/judge/", {"do": "accept", "seen": "999999"})
        new = {"kind": "accept", "subjects": [row.id]}
        Client().post("/api/cases/mirsal/judgements", new, content_type="application/json", headers=headers)
    row.refresh_from_db()
    assert row.status == "seconded"
    private.reviewer.post(f"/cases/mirsal/statements/{row.id}/judge/", {"do": "accept", "seen": "999999"})
    row.refresh_from_db()
    assert row.status == "accepted"
    site.client("owner").post("/cases/mirsal/settings/", {})


def test_what_is_posted_beside_a_form_changes_nothing_else(private: Private) -> None:
    """Mass assignment (011, 021): a role, a name or a state that no form asks for is not taken."""
    site, alias = private.site, private.site.case.alias
    more = {
        "decided_by": "owner", "by": "owner", "user": "owner", "role": "owner", "status": "accepted",
        "is_superuser": "on", "is_staff": "on", "case": "other", "decided_at": "2001-01-01",
    }  # fmt: skip
    statement = models.Statement.objects.using(alias).filter(status="proposed")[0]
    data = {"do": "reject", "reason": "no act", "seen": "999999", **more}
    assert site.client("reviewer").post(f"/cases/mirsal/statements/{statement.id}/judge/", data).status_code == 302
    new = {"kind": "reject", "subjects": [statement.id], "reason": "no act", **more}
    headers = {"Authorization": f"Bearer {site.tokens['reviewer']}"}
    Client().post("/api/cases/mirsal/judgements", new, content_type="application/json", headers=headers)
    last = list(models.Judgement.objects.using(alias).order_by("-sequence")[:2])
    assert {each.decided_by for each in last} == {"reviewer"}
    statement.refresh_from_db()
    assert statement.status == "rejected"
    site.client("reviewer").post("/tokens/", {"name": "mine", **more, "user_id": "1"})
    assert Token.objects.get(name="mine").user.username == "reviewer"
    path = {"oldpassword": PASSWORD, "password1": "a-new-river-stone-7", "password2": "a-new-river-stone-7", **more}
    user = User.objects.create_user("climber", password=PASSWORD)
    Member.objects.create(case=CaseFolder.objects.get(slug="mirsal"), user=user, role=Role.READER)
    signed_in(user).post("/account/password/", path)
    user.refresh_from_db()
    assert not (user.is_superuser)
    assert not (user.is_staff)
    assert Member.objects.get(user=user).role == Role.READER


def test_nobody_becomes_an_owner_but_by_an_owner(private: Private) -> None:
    """A way to make administrators that anybody could use (005)."""
    site = private.site
    owners = set(Member.objects.filter(role=Role.OWNER).values_list("pk", flat=True))
    supers = set(User.objects.filter(is_superuser=True))
    own = {each.user.username: each.pk for each in Member.objects.select_related("user").filter(case__slug="mirsal")}
    for visitor in ("stranger", "outsider", "reader", "reviewer"):
        client = site.client(visitor)
        for path, data in (
            (f"/cases/mirsal/members/{own['reader']}/", {"role": "owner"}),
            (f"/cases/mirsal/members/{own['reviewer']}/", {"role": "owner"}),
            ("/cases/mirsal/members/invite/", {"role": "owner"}),
            (f"/cases/other/members/{own['reader']}/", {"role": "owner"}),
            ("/invitation/guess/", {"role": "owner"}),
            ("/account/signup/", {"username": "x1", "password1": PASSWORD, "password2": PASSWORD, "is_superuser": "1"}),
        ):
            client.post(path, data)
    assert set(Member.objects.filter(role=Role.OWNER).values_list("pk", flat=True)) == owners
    assert set(User.objects.filter(is_superuser=True)) == supers
    assert not User.objects.filter(username="x1").exists()


def test_a_case_cannot_lose_its_last_owner(private: Private) -> None:
    """Two owners who take each other out at once would leave a case that nobody can open again."""
    owner = Member.objects.get(case__slug="mirsal", role=Role.OWNER)
    for role in ("reader", "none"):
        private.site.client("owner").post(f"/cases/mirsal/members/{owner.pk}/", {"role": role})
        assert Member.objects.get(pk=owner.pk).role == Role.OWNER


def test_no_cell_of_an_export_is_a_formula(private: Private) -> None:
    """Formulas in tables (024): whatever a document says, a spreadsheet program runs none of it."""
    site, alias = private.site, private.site.case.alias
    ids = models.Statement.objects.using(alias).filter(status="proposed").order_by("id").values_list("id", flat=True)
    for id_, text in zip(list(ids), ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(1)", "\uff1d1"), strict=False):
        value = json.dumps({"actor": text})
        judge(site.case, "correct", [id_], value=value, reason="a test", decided_by=_REVIEWER)
    answer = site.client("reader").get("/cases/mirsal/export/csv.zip")
    import zipfile

    found = []
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        for name in archive.namelist():
            for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))):
                found += row
    answer.close()
    assert any("HYPERLINK" in each for each in found)
    bad = [each for each in found if each[:1] in tuple("=+@\t\r\uff1d\uff0b\uff20") and each]
    bad += [each for each in found if each.startswith("-") and not each[1:].replace(".", "").isdigit()]
    assert not bad, bad
