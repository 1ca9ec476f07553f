"""Records made up for tests; the places and people are invented."""

from hashlib import blake2b

from muster.languages.shingles import shingles
from muster.records import (
    Alias,
    Block,
    Count,
    Entity,
    Extraction,
    Incident,
    LocalEntityOutline,
    Outline,
    Reading,
    Statement,
    When,
    Words,
)
from muster.weigh import Context, find_ties, independence_groups, make_context


def document_id(name: str) -> str:
    return "d-" + blake2b(name.encode(), digest_size=8).hexdigest()


def outline(name: str, text: str = "", **given: object) -> Outline:
    """An outline of a document of that name; entities as (id, kind, name) or LocalEntityOutline."""
    entities = tuple(
        e if isinstance(e, LocalEntityOutline) else LocalEntityOutline(id=e[0], kind=e[1], name=e[2], forms=(e[2],))
        for e in given.pop("entities", ())  # type: ignore[attr-defined]
    )
    fields = {
        "document_id": document_id(name),
        "name": name,
        "title": None,
        "author": None,
        "outlet": None,
        "affiliation": None,
        "owner": None,
        "site": None,
        "published_on": None,
        "language": "en",
        "n_words": len(text.split()),
        "entities": entities,
        "events": (),
        "word_runs": shingles(text),
    }
    return Outline(**{**fields, **given})  # type: ignore[arg-type]


def entity(id_: str, kind: str, name: str, *documents: str, forms: tuple[str, ...] = ()) -> Entity:
    """An entity that is e1 (or what the document's name ends in after "#") of the named documents."""
    members = tuple(sorted((document_id(d.partition("#")[0]), d.partition("#")[2] or id_) for d in documents))
    aliases = tuple(Alias(form=form, document_ids=()) for form in (name, *forms))
    return Entity(id=f"e-{id_}", kind=kind, name=name, aliases=aliases, members=members)  # type: ignore[arg-type]


def words(text: str, local: str | None = None, name: str | None = None) -> Words:
    return Words(start=0, end=len(text), words=text, name=name or text, entity=local)


def statement(document: str, act: str, content: str, **given: object) -> Statement:
    """A statement whose sentence is its content, unless quote says otherwise.

    by: said_by as Words or str; count: (low, high, of, words); when: EDTF.
    """
    quote = str(given.pop("quote", content))
    at = max(0, quote.find(content))
    start = int(given.pop("start", 0))  # type: ignore[call-overload]
    count, when = given.pop("count", None), given.pop("when", None)
    by = tuple(w if isinstance(w, Words) else words(w) for w in given.pop("by", ()))  # type: ignore[attr-defined]
    roles = {
        role: w if isinstance(w, Words) or w is None else words(str(w))
        for role in ("actor", "target", "place")
        for w in [given.pop(role, None)]
    }
    mark = f"{document}|{start}|{content}|{act}|{count}|{by}|{roles}"
    return Statement(
        id="s-" + blake2b(mark.encode(), digest_size=8).hexdigest(),
        document_id=document_id(document),
        start=start,
        end=start + len(quote),
        quote=quote,
        content_start=start + at,
        content_end=start + at + len(content),
        content=content,
        said_by=by,
        cue=None,
        act=act,
        when=When(edtf=str(when), basis="stated", words=str(when)) if when else None,
        count=Count(low=count[0], high=count[1], of=count[2], words=count[3]) if count else None,  # type: ignore[index]
        polarity=str(given.pop("polarity", "affirmed")),  # type: ignore[arg-type]
        modality=str(given.pop("modality", "asserted")),  # type: ignore[arg-type]
        confidence=1.0,
        extractor="made",
        **roles,
        **given,  # type: ignore[arg-type]
    )


def incident(*statements: Statement, when: str | None = None, kind: str = "attack") -> Incident:
    return Incident(
        id="i-0123456789abcdef",
        name="Attack on the salt works",
        kind=kind,
        when=when,
        place="the salt works",
        place_entity=None,
        event_ids=(),
        statement_ids=tuple(sorted(s.id for s in statements)),
    )


def weigh(outlines: list[Outline], entities: list[Entity] | None = None) -> Context:
    """The context of these documents, with their ties and groups found."""
    ties = find_ties(outlines, entities or [])
    return make_context(outlines, entities or [], independence_groups(outlines, ties), ties)


def reading(text: str, *, published_on: str | None = None, language: str = "en", **given: object) -> Reading:
    """A reading of one paragraph."""
    fields = {
        "document_id": document_id("one"),
        "text": text,
        "title": None,
        "author": None,
        "outlet": None,
        "published_on": published_on,
        "language": language,
        "blocks": (Block(kind="paragraph", start=0, end=len(text)),),
        "reader": "made/1",
    }
    return Reading(**{**fields, **given})  # type: ignore[arg-type]


def extraction(*statements: Statement) -> Extraction:
    return Extraction(document_id=document_id("one"), statements=statements, entities=(), mentions=())
