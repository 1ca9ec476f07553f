"""What a program may ask of a case.  Lists come a page at a time: give the last id as `after`.

A program shows a token (Authorization: Bearer ...), and may do what its user may.  Errors are
{"code", "message", "hint"}.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal, TypeVar, cast

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Path, Query, Router, Schema, Status
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as WrongInput
from ninja.security import HttpBearer
from pydantic import AfterValidator, Field

from muster.errors import MusterError
from muster.records import (
    Disagreement,
    Entity,
    Group,
    Incident,
    Judgement,
    JudgementKind,
    Person,
    Question,
    Reject,
    SourceSheet,
    Statement,
    Tie,
)
from muster.run.judge import judge
from muster.store import pages
from muster.store.judging import all_judgements
from muster.store.lookup import get_document, get_reading, get_rejects
from muster.store.overview import Totals, count_all
from muster.store.search import KINDS, search
from muster.web import builds, uploads
from muster.web.accounts.models import Build, Member, Token
from muster.web.doors import STATUS, Visit, visit

T = TypeVar("T")
Slug = Annotated[str, Path(max_length=80)]
Id = Annotated[str, Path(max_length=64)]
After = Annotated[str, Query("", max_length=64, description="the last id of the page before")]
Limit = Annotated[int, Query(50, ge=1, le=500)]


class _TokenAuth(HttpBearer):
    """Lets in whoever shows a token."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        found = Token.find(token)
        if found is None:
            return None
        today = timezone.now().date()
        if found.used_on != today:
            Token.objects.filter(pk=found.pk).update(used_on=today)
        request.user = found.user
        return found.user


api = NinjaAPI(
    title="Muster", version="1", docs_url=None, urls_namespace="api", auth=_TokenAuth(),
    description="The record of a case: who says that who did what to whom, and what holds up.",
)  # fmt: skip
cases = Router(tags=["cases"])


class Refused(Schema):
    """Why something was not done, and what to do."""

    code: str
    message: str
    hint: str = ""


def _answer(request: HttpRequest, status: int, code: str, message: str, hint: str = "") -> HttpResponse:
    return api.create_response(request, {"code": code, "message": message, "hint": hint}, status=status)


@api.exception_handler(MusterError)
def _refused(request: HttpRequest, error: MusterError) -> HttpResponse:
    return _answer(request, STATUS.get(error.code, 400), error.code, error.message, error.hint)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(request, 404, "not_found", "There is no such thing, or it is not for this token.")


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    hint = "Make one under Tokens for programs, and send it as Authorization: Bearer TOKEN."
    return _answer(request, 401, "no_token", "Show a token.", hint)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _answer(request, error.status_code, "refused", str(error))


@api.exception_handler(WrongInput)
def _wrong(request: HttpRequest, error: WrongInput) -> HttpResponse:
    said = "; ".join(f"{'.'.join(map(str, each['loc'][1:]))}: {each['msg']}" for each in error.errors)
    return _answer(request, 422, "wrong_input", said, "The OpenAPI document says what each field holds.")


def _enter(request: HttpRequest, slug: str, role: str = "reader") -> Visit:
    assert isinstance(request.user, User)
    here = visit(request.user, slug)
    if not here.may(role):
        raise HttpError(403, f"This needs the role {role}.")
    return here


def _found(look_up: Callable[[], T]) -> T:
    try:
        return look_up()
    except KeyError:
        raise Http404 from None


_REFUSALS = {400: Refused, 401: Refused, 403: Refused, 404: Refused, 409: Refused, 422: Refused}


def _with(kind: Any) -> dict[int, Any]:
    return {200: kind, **_REFUSALS}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case that the token's user is a member of."""

    slug: str
    name: str
    role: Literal["reader", "reviewer", "owner"]


@api.get("/cases", response=_with(list[CaseRow]), operation_id="cases", url_name="cases")
def list_cases(request: HttpRequest) -> list[CaseRow]:
    """List the cases that one is a member of."""
    assert isinstance(request.user, User)
    own = Member.objects.select_related("case").filter(user=request.user).order_by("case__slug")
    return [CaseRow(slug=each.case.slug, name=each.case.name, role=each.role) for each in own]  # type: ignore[arg-type]


@cases.get("/", response=_with(Totals), operation_id="totals", url_name="totals")
def totals(request: HttpRequest, slug: Slug) -> Totals:
    """Count what a case holds."""
    return count_all(_enter(request, slug).case)


@cases.get("/documents", response=_with(list[pages.DocumentRow]), operation_id="documents", url_name="documents")
def documents(request: HttpRequest, slug: Slug, after: After, limit: Limit) -> tuple[pages.DocumentRow, ...]:
    """List documents with what was read of them."""
    return pages.documents_after(_enter(request, slug).case, after, limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The clean text of a document; the offsets of statements count its code points."""

    document_id: str
    text: str
    language: str


@cases.get("/documents/{id_}/text", response=_with(Text), operation_id="text", url_name="text")
def text(request: HttpRequest, slug: Slug, id_: Id) -> Text:
    """Return the text of a document as it was read."""
    reading = _found(lambda: get_reading(_enter(request, slug).case, id_))
    return Text(document_id=id_, text=reading.text, language=reading.language)


@cases.get("/documents/{id_}/ties", response=_with(list[Tie]), operation_id="ties", url_name="ties")
def ties(request: HttpRequest, slug: Slug, id_: Id) -> tuple[Tie, ...]:
    """List what makes a document depend on others, with the evidence."""
    case = _enter(request, slug).case
    _found(lambda: get_document(case, id_))
    return pages.ties_of(case, id_)


@cases.get("/rejects", response=_with(list[Reject]), operation_id="rejects", url_name="rejects")
def rejects(request: HttpRequest, slug: Slug) -> list[Reject]:
    """List what was refused, and why.  Paths are those of whoever brought it in, and left out."""
    return [Reject(**{**asdict(each), "path": None}) for each in get_rejects(_enter(request, slug).case)]


class Wanted(Schema):
    """Which statements are wanted: those with these values."""

    act: str | None = Field(None, max_length=32)
    status: Literal["proposed", "seconded", "accepted", "corrected", "rejected"] | None = None
    polarity: Literal["affirmed", "denied"] | None = None
    modality: str | None = Field(None, max_length=16)
    origin: str | None = Field(None, max_length=500)
    incident: str | None = Field(None, max_length=32)
    document_id: str | None = Field(None, max_length=32)


@cases.get("/statements", response=_with(list[Statement]), operation_id="statements", url_name="statements")
def statements(
    request: HttpRequest, slug: Slug, wanted: Query[Wanted], after: After, limit: Limit
) -> tuple[Statement, ...]:
    """List statements; the rejected ones only where status asks for them."""
    where = {name: value for name, value in wanted.dict().items() if value is not None}
    return pages.statements_after(_enter(request, slug).case, after, limit, where)


@cases.get("/statements/{id_}", response=_with(Statement), operation_id="statement", url_name="statement")
def statement(request: HttpRequest, slug: Slug, id_: Id) -> Statement:
    """Return one statement, whatever people made of it."""
    case = _enter(request, slug).case
    where = {"id": id_}
    found = pages.statements_after(case, "", 1, where) or pages.statements_after(
        case, "", 1, {**where, "status": "rejected"}
    )
    if not found:
        raise Http404
    return found[0]


@cases.get("/incidents", response=_with(list[Incident]), operation_id="incidents", url_name="incidents")
def incidents(request: HttpRequest, slug: Slug, after: After, limit: Limit) -> tuple[Incident, ...]:
    """List incidents."""
    return pages.incidents_after(_enter(request, slug).case, after, limit, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeIncident:
    """An incident with its questions and what contradicts what."""

    incident: Incident
    questions: tuple[Question, ...]
    disagreements: tuple[Disagreement, ...]


@cases.get("/incidents/{id_}", response=_with(WholeIncident), operation_id="incident", url_name="incident")
def incident(request: HttpRequest, slug: Slug, id_: Id) -> WholeIncident:
    """Return an incident with its questions, the answers by independent group, and its disagreements."""
    case = _enter(request, slug).case
    return WholeIncident(
        incident=_found(lambda: pages.get_incident(case, id_)),
        questions=pages.questions_of(case, id_),
        disagreements=pages.disagreements_page(case, 0, 1000, {"incident_id": id_}),
    )


@cases.get("/entities", response=_with(list[Entity]), operation_id="entities", url_name="entities")
def entities(
    request: HttpRequest, slug: Slug, after: After, limit: Limit, kind: Literal["", "person", "group", "place"] = ""
) -> tuple[Entity, ...]:
    """List people, groups and places with their names."""
    return pages.entities_after(_enter(request, slug).case, after, limit, {"kind": kind} if kind else {})


@cases.get("/entities/{id_}", response=_with(Entity), operation_id="entity", url_name="entity")
def entity(request: HttpRequest, slug: Slug, id_: Id) -> Entity:
    """Return a person, group or place, and why its names were joined."""
    case = _enter(request, slug).case
    return _found(lambda: pages.get_entity(case, id_))


@cases.get("/people", response=_with(list[Person]), operation_id="people", url_name="people")
def people(
    request: HttpRequest, slug: Slug, after: After, limit: Limit, accounted_for: bool | None = None
) -> tuple[Person, ...]:
    """List people's ledgers."""
    where = {} if accounted_for is None else {"accounted_for": accounted_for}
    return pages.people_after(_enter(request, slug).case, after, limit, where)


@cases.get("/people/{id_}", response=_with(Person), operation_id="person", url_name="person")
def person(request: HttpRequest, slug: Slug, id_: Id) -> Person:
    """Return a person's ledger."""
    case = _enter(request, slug).case
    return _found(lambda: pages.get_person(case, id_))


@cases.get("/groups", response=_with(list[Group]), operation_id="groups", url_name="groups")
def groups(request: HttpRequest, slug: Slug, after: After, limit: Limit) -> tuple[Group, ...]:
    """List independence groups: documents that depend on each other."""
    return pages.groups_after(_enter(request, slug).case, after, limit)


@cases.get("/sources", response=_with(list[SourceSheet]), operation_id="sources", url_name="sources")
def sources(request: HttpRequest, slug: Slug, after: After, limit: Limit) -> tuple[SourceSheet, ...]:
    """List what each source published, whom it repeats, and how often it is contradicted: never a verdict."""
    return pages.sources_after(_enter(request, slug).case, after, limit)


@cases.get("/disagreements", response=_with(list[Disagreement]), operation_id="disagreements", url_name="disagreements")
def disagreements(
    request: HttpRequest, slug: Slug, limit: Limit, offset: Annotated[int, Query(0, ge=0, le=1_000_000)]
) -> tuple[Disagreement, ...]:
    """List disagreements, those that change most first."""
    return pages.disagreements_page(_enter(request, slug).case, offset, limit, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One thing found; ref is the id of a statement or entity, empty for a passage of a document."""

    kind: str
    ref: str
    document_id: str | None
    start: int | None
    text: str


@cases.get("/search", response=_with(list[SearchHit]), operation_id="search", url_name="search")
def find(
    request: HttpRequest,
    slug: Slug,
    q: Annotated[str, Query(..., min_length=1, max_length=300)],
    kind: Literal["person", "group", "place", "statement", "passage"],
    limit: Limit,
    offset: Annotated[int, Query(0, ge=0, le=1_000_000)],
) -> list[SearchHit]:
    """Search in any spelling and script."""
    assert kind in KINDS
    found = search(_enter(request, slug).case, q, kind, limit=limit, offset=offset)
    return [
        SearchHit(kind=each.kind, ref=each.ref, document_id=each.document_id, start=each.start, text=each.text)
        for each in found.hits
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedJudgement:
    """A judgement, and whether it is in force: nobody took it back."""

    judgement: Judgement
    in_force: bool


@cases.get("/judgements", response=_with(list[LoggedJudgement]), operation_id="judgements", url_name="judgements")
def judgements(
    request: HttpRequest, slug: Slug, limit: Limit, before: Annotated[int | None, Query(None, ge=1, le=1 << 62)]
) -> list[LoggedJudgement]:
    """List what people decided, the last first.  Needs the role reviewer."""
    logged = all_judgements(_enter(request, slug, "reviewer").case, before=before, n=limit)
    return [LoggedJudgement(judgement=each.judgement, in_force=each.in_force) for each in logged]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRow:
    """Work on documents that were added; done and total count what the stage that is at work counts."""

    key: str
    state: str
    stage: str
    done: int
    total: int | None


def _build_row(row: Build) -> BuildRow:
    shown = builds.shown(row)
    return BuildRow(key=row.key, state=shown.state, stage=row.stage, done=row.done, total=row.total)


_FILES = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            }
        },
    }
}


@cases.post(
    "/documents", response={202: BuildRow, **_REFUSALS}, operation_id="add_documents", url_name="documents",
    openapi_extra=_FILES,
)  # fmt: skip
def add_documents(request: HttpRequest, slug: Slug) -> Status[BuildRow]:
    """Add files (multipart, field "files").  Needs the role reviewer; the work goes on in the background."""
    here = _enter(request, slug, "reviewer")
    key = uploads.receive(request)
    try:
        received = cast(list[uploads.Received], request.FILES.getlist("files"))
        if not received:
            raise MusterError(
                "no_files", "No file was sent.", 'Send files as multipart/form-data, in the field "files".'
            )
        uploads.arrange(key, received, [])
        return Status(202, _build_row(builds.ask(here.slug, here.user, key, len(received))))
    finally:
        if not Build.objects.filter(key=key).exists():
            uploads.remove(key)


@cases.get("/builds/{key}", response=_with(BuildRow), operation_id="build", url_name="build")
def build(request: HttpRequest, slug: Slug, key: Id) -> BuildRow:
    """Say how far the work on added documents is."""
    row = Build.objects.filter(case__slug=_enter(request, slug).slug, key=key).first()
    if row is None:
        raise Http404
    return _build_row(row)


def _without_nul(text: str) -> str:
    """Refuse NUL, as it is or as JSON writes it: no name or word holds it, and PostgreSQL takes none."""
    if "\x00" in text or "\\u0000" in text:
        raise ValueError("NUL is no text")
    return text


class NewJudgement(Schema):
    """A decision; what subjects and value hold is told by the method page on judging."""

    kind: JudgementKind
    subjects: list[Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_without_nul)]] = Field(
        min_length=1, max_length=500
    )
    value: Annotated[str, AfterValidator(_without_nul)] = Field("", max_length=20_000)
    reason: Annotated[str, AfterValidator(_without_nul)] = Field("", max_length=5_000)
    seen: int | None = Field(None, ge=0, le=1 << 62)


@cases.post("/judgements", response={201: Judgement, **_REFUSALS}, operation_id="judge", url_name="judgements")
def decide(request: HttpRequest, slug: Slug, new: NewJudgement) -> Status[Judgement]:
    """Decide something.  Needs the role reviewer; what it touches is up to date when the answer comes."""
    here = _enter(request, slug, "reviewer")
    made = judge(
        here.case, new.kind, new.subjects, value=new.value, reason=new.reason, decided_by=here.by, seen=new.seen
    )
    return Status(201, made)


api.add_router("/cases/{slug}", cases)
