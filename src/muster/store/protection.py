"""What is protected in a case: names that are not to leave it, and the secret that ids are keyed with."""

import secrets
from dataclasses import dataclass

import muster.store.orm  # noqa: F401  models need Django ready
from muster.casebook.protection import Protected, Protection
from muster.errors import MusterError
from muster.records import Entity, EntityKind, Judgement
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode, from_json
from muster.store.judging import ever_of_kind, of_kind
from muster.store.wide import batches

_AT_ONCE = 5_000
_SECRET = "protection_secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelt:
    """The value of a "redact": what it is, and all names that are hidden with it, as in `Protected`.

    also are further spellings that somebody typed.
    """

    kind: EntityKind | None = None
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()


def names_of(case: Case, subject: str, also: tuple[str, ...]) -> Spelt:
    """Return by which names an entity goes; subject is its id, one of its members, or a name that one goes by.

    Raises KeyError where there is none.
    """
    entity = _entity(case, subject)
    forms = {alias.form for alias in entity.aliases} - {entity.name}
    return Spelt(kind=entity.kind, names=(entity.name, *sorted(forms)), also=also, members=entity.members)


def _entity(case: Case, subject: str) -> Entity:
    rows = models.Entity.objects.using(case.alias)
    document, _, local = subject.partition("/")
    member = models.Member.objects.using(case.alias).filter(document_id=document, local=local).first()
    blob = rows.filter(id=member.entity_id if member else subject).values_list("blob", flat=True).first()
    if blob is not None:
        return decode(blob, Entity)
    every = (decode(each, Entity) for each in rows.order_by("id").values_list("blob", flat=True).iterator())
    found = [each for each in every if subject == each.name or subject in {alias.form for alias in each.aliases}]
    if not found:
        raise KeyError(subject)
    return max(found, key=lambda each: (each.name == subject, len(each.members), each.id))


def make_secret(case: Case) -> None:
    """Keep a secret in a case that has none yet.  The caller has the transaction."""
    rows = models.Setting.objects.using(case.alias)
    rows.get_or_create(name=_SECRET, defaults={"value": f'"{secrets.token_hex(32)}"'})


def get_protection(case: Case) -> Protection:
    """Return what is protected, by its numbers, which count the judgements that ever protected something.

    Raises:
        MusterError: "protection_unclear": something is protected, and it is not known by which names.
    """
    numbers = {each.id: number for number, each in enumerate(ever_of_kind(case, "redact"), 1)}
    found = tuple(_protected(each, numbers[each.id]) for each in of_kind(case, "redact"))
    secret = models.Setting.objects.using(case.alias).filter(name=_SECRET).values_list("value", flat=True).first()
    if found and secret is None:
        raise _unclear("Names are protected in this case, and the secret that they are kept with is missing.")
    return Protection(protected=found, secret=bytes.fromhex(from_json(secret, str)) if secret else b"")


def _protected(judgement: Judgement, number: int) -> Protected:
    spelt = from_json(judgement.value, Spelt) if judgement.value else Spelt()
    if spelt.kind is None or not spelt.names:
        raise _unclear(f"A name is protected in this case, and the decision {judgement.id} does not say which.")
    return Protected(number=number, kind=spelt.kind, names=spelt.names, typed=spelt.also, members=spelt.members)


def _unclear(why: str) -> MusterError:
    return MusterError(
        "protection_unclear", why,
        "Take the decision back and protect the name again; nothing is written until then.",
    )  # fmt: skip


def protected_entities(case: Case) -> frozenset[str]:
    """Return the ids of the entities that are protected now: pages say so."""
    members = {member for judgement in of_kind(case, "redact") for member in _protected(judgement, 0).members}
    rows = models.Member.objects.using(case.alias)
    found: set[str] = set()
    for some in batches(sorted({document for document, _ in members}), _AT_ONCE):
        named = rows.filter(document_id__in=some).values_list("document_id", "local", "entity_id")
        found.update(entity for document, local, entity in named.iterator() if (document, local) in members)
    return frozenset(found)
