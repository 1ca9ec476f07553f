"""Every address, with who may use it.  A new one that is not here fails a test.

To add one: its name in the URL configuration, the methods it takes, the role it needs ("public": anybody;
"signed in": any account; else a role in the case), and how to make its arguments from a case.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Model

from muster.store import models
from tests.web.site import Site

Arguments = Callable[[Site], Sequence[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One address and method.

    data and files are posted; opens is the status that those who may get: 200, or 302 after a POST.
    """

    name: str
    needs: str
    method: str = "GET"
    arguments: Arguments = field(default=lambda site: ())
    data: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    query: str = ""
    opens: int = 0


def _reader(site: Site) -> Sequence[object]:
    from muster.web.accounts.models import Member

    return [Member.objects.get(case__slug="mirsal", user__username="reader").pk]


def _waiting(site: Site) -> Sequence[object]:
    from django.contrib.auth.models import User
    from django.utils import timezone

    from muster.web.accounts.models import CaseFolder, Invitation

    owner = User.objects.get(username="owner")
    Invitation.make(CaseFolder.objects.get(slug="mirsal"), "reader", owner, timezone.now())
    return [Invitation.objects.latest("pk").pk]


def _document(site: Site) -> Sequence[object]:
    from muster.store.models import Document

    return [Document.objects.using(site.case.alias).get(name="01-six-reported-dead.txt").id]


def _build(state: str) -> Arguments:
    def make(site: Site) -> Sequence[object]:
        from django.utils import timezone

        from muster.web.accounts.models import Build, CaseFolder

        case = CaseFolder.objects.get(slug="mirsal")
        key = f"{state}-{Build.objects.count()}"
        return [Build.objects.create(key=key, case=case, state=state, asked_at=timezone.now()).key]

    return make


def _statement(site: Site) -> Sequence[object]:
    from muster.store.models import Statement

    return [Statement.objects.using(site.case.alias).exclude(incident=None).order_by("id")[0].id]


_STATEMENT = {
    "words": "Six reported dead",
    "act": "kill",
    "said_by": "",
    "date": "2017-03-14",
    "low": "6",
    "of": "killed",
}


def _incident(site: Site) -> Sequence[object]:
    from muster.store import models

    rows = models.ListedIncident.objects.using(site.case.alias).order_by("-n_statements", "pk")
    return [rows.values_list("pk", flat=True)[0]]


def _person(site: Site) -> Sequence[object]:
    from muster.store import models

    return [models.Entity.objects.using(site.case.alias).filter(kind="person").order_by("id")[0].pk]


def _unprotected(site: Site) -> Sequence[object]:
    from muster.store import models
    from muster.store.protection import protected_entities

    people = models.Entity.objects.using(site.case.alias).filter(kind="person").order_by("id")
    return [people.exclude(id__in=protected_entities(site.case))[0].pk]


def _place(site: Site) -> Sequence[object]:
    from muster.store import models

    return [models.Entity.objects.using(site.case.alias).filter(kind="place").order_by("id")[0].pk]


def _source(site: Site) -> Sequence[object]:
    from muster.store import models

    return [models.Source.objects.using(site.case.alias).order_by("-n_statements", "pk")[0].pk]


def _judgement(site: Site) -> Sequence[object]:
    """A finding, which can be taken back once."""
    from muster.run.judge import judge

    subjects = [str(_incident(site)[0]), "when"]
    return [judge(site.case, "finding", subjects, value=_FINDING, reason="two say so", decided_by="ana").id]


_FINDING = '{"answer": "in the night", "standard": "reasonable grounds to believe"}'
_SIGNED = {
    "form": "finding", "question": "when", "answer": "in the night", "standard": "reasonable grounds to believe",
    "reason": "two say so",
}  # fmt: skip
_ACCEPT = {"do": "accept", "seen": "99"}
#: Moving takes long: that nothing is chosen is said behind the door.
_MOVE = {"to": "", "reason": ""}


def _one(model: type[Model], **where: object) -> Arguments:
    """The id of the first row of a table of the case."""
    return lambda site: [model._default_manager.using(site.case.alias).filter(**where).order_by("pk")[0].pk]


DOORS = (
    Door(name="home", needs="signed in", opens=302),
    Door(name="cases", needs="signed in"),
    Door(name="tokens", needs="signed in"),
    Door(name="tokens", needs="signed in", method="POST", data={"name": "script"}, opens=200),
    Door(name="overview", needs="reader"),
    Door(name="documents", needs="reader"),
    Door(name="refused-files", needs="reader"),
    Door(name="problems", needs="reader"),
    Door(name="add", needs="reviewer"),
    Door(name="add", needs="reviewer", method="POST", files={"files": b"Two people were hurt at the weir."}),
    Door(name="finish", needs="reviewer", method="POST"),
    Door(name="build", needs="reader", arguments=_build("done")),
    Door(name="resume", needs="reviewer", method="POST", arguments=_build("failed")),
    Door(name="discard", needs="reviewer", method="POST", arguments=_build("failed")),
    Door(name="document", needs="reader", arguments=_document),
    Door(name="original", needs="reviewer", arguments=_document),
    Door(name="download", needs="reviewer", arguments=_document),
    Door(name="statement-add", needs="reviewer", arguments=_document),
    Door(name="statement-add", needs="reviewer", method="POST", arguments=_document, data=_STATEMENT),
    Door(name="incidents", needs="reader", query="?kind=attack&since=2017&until=2018-13"),
    Door(name="incident", needs="reader", arguments=_incident),
    Door(name="judge-incident", needs="reviewer", method="POST", arguments=_incident, data=_SIGNED),
    Door(name="people", needs="reader", query="?name=a&unaccounted=on"),
    Door(name="groups", needs="reader"),
    Door(name="places", needs="reader"),
    Door(name="entity", needs="reader", arguments=_person, query="?with=a"),
    Door(name="judge-entity", needs="reviewer", method="POST", arguments=_person, opens=400),
    Door(
        name="protect-entity",
        needs="reviewer",
        method="POST",
        arguments=_unprotected,
        data={"reason": "somebody may come for them", "also": "The Owl"},
    ),
    Door(name="sources", needs="reader", query="?name=w"),
    Door(name="source", needs="reader", arguments=_source),
    Door(
        name="judge-source",
        needs="reviewer",
        method="POST",
        arguments=_source,
        data={"form": "reliability", "letter": "B", "reason": "its corrections are prompt"},
    ),
    Door(name="timeline", needs="reader", query="?since=2017-03&until=2017-09"),
    Door(name="map", needs="reader", query="?lon=10&lat=20&width=nan"),
    Door(
        name="put-on-map",
        needs="reviewer",
        method="POST",
        arguments=_place,
        data={"latitude": "12.5", "longitude": "-3", "reason": "seen on a chart"},
    ),
    Door(name="take-back", needs="reviewer", method="POST", arguments=_judgement),
    Door(name="search", needs="reader", query="?q=police"),
    Door(name="export", needs="reader"),
    Door(name="export-report", needs="reader"),
    Door(name="export-report", needs="owner", query="?with=protected"),
    Door(name="export-file", needs="reader", arguments=lambda site: ["csv"]),
    Door(name="export-file", needs="owner", arguments=lambda site: ["jsonl"], query="?with=protected"),
    Door(name="protected", needs="reviewer"),
    Door(name="api:openapi-json", needs="public"),
    Door(name="api:cases", needs="signed in"),
    Door(name="api:totals", needs="reader"),
    Door(name="api:documents", needs="reader"),
    Door(name="api:text", needs="reader", arguments=_one(models.Reading)),
    Door(name="api:ties", needs="reader", arguments=_one(models.Document)),
    Door(name="api:rejects", needs="reader"),
    Door(name="api:statements", needs="reader", query="?act=kill"),
    Door(name="api:statement", needs="reader", arguments=_one(models.Statement)),
    Door(name="api:incidents", needs="reader"),
    Door(name="api:incident", needs="reader", arguments=_one(models.Incident)),
    Door(name="api:entities", needs="reader", query="?kind=person"),
    Door(name="api:entity", needs="reader", arguments=_one(models.Entity)),
    Door(name="api:people", needs="reader"),
    Door(name="api:person", needs="reader", arguments=_one(models.Person)),
    Door(name="api:groups", needs="reader"),
    Door(name="api:sources", needs="reader"),
    Door(name="api:documents", needs="reviewer", method="POST", opens=400),
    Door(name="api:build", needs="reader", arguments=lambda site: ["none"], opens=404),
    Door(name="api:disagreements", needs="reader"),
    Door(name="api:search", needs="reader", query="?q=police&kind=statement"),
    Door(name="api:judgements", needs="reviewer"),
    Door(
        name="api:judgements",
        needs="reviewer",
        method="POST",
        opens=201,
        data={"kind": "reliability", "subjects": ["Skerrick Wire"], "value": '"C"', "reason": "often corrected"},
    ),
    Door(name="queue", needs="reviewer"),
    Door(name="accept-many", needs="reviewer"),
    Door(name="accept-many", needs="reviewer", method="POST", data={"mark": "old"}, opens=409),
    Door(name="statement", needs="reader", arguments=_statement),
    Door(
        name="judge-statement",
        needs="reviewer",
        method="POST",
        arguments=_statement,
        data=_ACCEPT,
    ),
    Door(name="move-statement", needs="reviewer", method="POST", arguments=_statement, data=_MOVE, opens=400),
    Door(name="history", needs="reviewer"),
    Door(name="settings", needs="owner"),
    Door(name="settings", needs="owner", method="POST", data={"four_eyes": "threaten"}),
    Door(name="members", needs="owner"),
    Door(name="invite", needs="owner", method="POST", data={"role": "reader"}, opens=200),
    Door(name="invitation-withdraw", needs="owner", method="POST", arguments=_waiting),
    Door(name="member", needs="owner", method="POST", arguments=_reader, data={"role": "reviewer"}),
)

#: Addresses whose rules are told by tests of their own, or that anybody may open.
ELSEWHERE = {
    "new-case": "tests/web/test_cases.py",
    "invitation": "tests/web/test_invitations.py",
    "delete-token": "tests/web/test_tokens.py",
    "api:api-root": "nothing is there",
    "set_language": "anybody may choose a language",
}
