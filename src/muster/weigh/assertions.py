"""What a statement asserts, reduced to what can be contradicted.

Method: docs/method/contradiction.md, section 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from muster.languages.edtf import parse_edtf
from muster.languages.numbers import find_counts
from muster.records import Incident, Statement
from muster.weigh.folding import fold
from muster.weigh.independence import Context
from muster.weigh.parties import Party, party_of
from muster.weigh.populations import Toll, tolls, vocabulary

#: Acts that one denial can concern: who denies having attacked denies having killed by it.
VIOLENT = frozenset({"attack", "kill", "injure", "damage_property"})
HELD = frozenset({"detain", "abduct"})
#: What the words say of a deed of these acts, by the word list of populations.toml.
Manner = Literal[
    "", "intent", "air", "first", "back", "mutual", "fire", "shot", "cause", "lawful", "willing", "omission"
]
_MANNERS: Mapping[str, tuple[Manner, ...]] = {
    "attack": ("intent", "air", "first", "back", "mutual", "fire"), "damage_property": ("intent",),
    "kill": ("intent", "cause", "shot"), "injure": ("intent", "shot"), "die_other": ("cause",), "detain": ("lawful",),
    "escape": ("willing",), "transfer": ("willing",), "return": ("willing",), "displace": ("willing",),
    "accuse": ("omission",),
}  # fmt: skip
#: Said to be fact, not planned, demanded or threatened.
_FACTUAL = frozenset({"asserted", "alleged", "possible"})
#: A date up to this much longer than the incident is a loose date, not a longer time.
_MARGIN = timedelta(days=7)
#: Words about words: they contradict as claims and denials, not as deeds.
_SPEECH = frozenset({"accuse", "appeal", "claim_responsibility", "deny_responsibility", "offer", "threaten", "agree"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What many statements assert in the same way; equal ones contradict the same others.

    deed is the act, those of one family under one name.  place is an entity id or folded words, empty
    says that it is land where nobody is.  when is EDTF, of deeds that the document dates itself.  named:
    the words name an incident ("the attack"), and do not only tell of a deed in it.  told: what they say of how
    it was: who fired first or back, that deaths came of a quarrel, that people went of their own will, ...;
    many: how many these were.
    """

    deed: str
    denied: bool
    toll: Toll | None
    actor: Party | None
    target: Party | None
    place: str | None
    empty: bool
    when: str | None
    named: bool = False
    told: Manner = ""
    many: int | None = None


#: What is asserted, and the statements that do so, by id.
Asserted = Mapping[Assertion, Sequence[Statement]]


def asserted(incident: Incident, statements: Sequence[Statement], context: Context) -> Asserted:
    """Sort the factual statements of an incident by what they assert.

    statements: of any incidents, in any order.
    """
    by_id = {statement.id: statement for statement in statements}
    mine = [by_id[id_] for id_ in sorted(incident.statement_ids) if id_ in by_id]
    counted = tolls(mine)
    dated = dict(incident.dates)
    found: dict[Assertion, list[Statement]] = {}
    for statement in mine:
        if statement.modality in _FACTUAL and statement.act != "report_figure":
            toll = _of_this_incident(counted.get(statement.id), statement, incident, dated.get(statement.id))
            assertion = _assertion(statement, toll, dated.get(statement.id), context)
            if toll and toll.population == "named":  # the names of a list assert one thing together
                assertion = replace(assertion, target=None, place=None, when=None)
            found.setdefault(assertion, []).append(statement)
    return found


def _of_this_incident(toll: Toll | None, statement: Statement, incident: Incident, dated: str | None) -> Toll | None:
    """Mark a total to date, or for a month in which the incident was a day, as wider than the incident."""
    if toll is None or statement.count is None:
        return None
    own = statement.when.edtf if statement.when and statement.when.basis != "inherited" else ""
    stated = parse_edtf(dated or own)
    whole = parse_edtf(incident.when) if incident.when else None
    longer = bool(stated and whole and stated.last - stated.first > max(whole.last - whole.first, _MARGIN))
    longer = longer and not _names_incident(statement)  # "six were killed in the attack in May"
    if statement.count.cumulative or longer:
        return replace(toll, population="wider")
    return replace(toll, high=None, seen=True) if _lay_elsewhere(toll, statement, incident) else toll


def _lay_elsewhere(toll: Toll, statement: Statement, incident: Incident) -> bool:
    """ "Three bodies at the salt pans": a lower bound, unless that place is the incident's."""
    place = statement.place
    if not toll.at or toll.high == 0 or place is None or fold(place.name) == fold(incident.place or ""):
        return False
    bodies, gathered = vocabulary()["part"]["bodies"], vocabulary()["part"]["gathered"]
    found = bodies.search(fold(statement.content)) and not gathered.search(fold(place.name))
    return place.entity is None and bool(found)


def _assertion(statement: Statement, toll: Toll | None, dated: str | None, context: Context) -> Assertion:
    place = None if _is_headed_for(statement) else statement.place
    entity = context.entities.get((statement.document_id, place.entity)) if place and place.entity else None
    speech = statement.act in _SPEECH
    told = _manner(statement)
    when = None if speech or statement.when is None or statement.when.basis == "inherited" else statement.when.edtf
    return Assertion(
        deed=statement.act,
        denied=statement.polarity == "denied",
        toll=toll,
        actor=_actor(statement, context),
        target=party_of(statement.document_id, statement.target, context),
        place=(entity.id if entity else fold(place.name)) if place else None,
        empty=bool(place and vocabulary()["places"]["empty"].search(fold(place.words))),
        when=dated or when,
        named=_names_incident(statement),
        told=told,
        many=_how_many(statement, context) if told == "willing" else None,
    )


def _is_headed_for(statement: Statement) -> bool:
    """ "Launched in the direction of the airport": not that they fell there."""
    place = statement.place
    if place is None or not statement.start <= place.start < statement.end:
        return False
    before = fold(statement.quote[: place.start - statement.start]).removesuffix("the").rstrip()
    return any(found.end() == len(before) for found in vocabulary()["places"]["towards"].finditer(before))


def _manner(statement: Statement) -> Manner:
    said, words = fold(statement.content), vocabulary()["told"]
    return next((manner for manner in _MANNERS.get(statement.act, ()) if words[manner].search(said)), "")


def _how_many(statement: Statement, context: Context) -> int | None:
    """How many people a statement is of, also where they are named by their number: "the five left"."""
    if statement.count:
        return statement.count.low
    language = context.outlines[statement.document_id].language
    who = [words.words for words in (statement.actor, statement.target) if words]
    return next((found.low for each in who for found in find_counts(each, language)), None)


def _names_incident(statement: Statement) -> bool:
    return bool(vocabulary()["nouns"]["incidents"].search(fold(statement.content)))


def _actor(statement: Statement, context: Context) -> Party | None:
    """Who acts; in a speech act the speaker, who may stand in the chain only."""
    words = statement.actor
    if words is None and statement.act in _SPEECH and statement.said_by:
        words = statement.said_by[-1]
    return party_of(statement.document_id, words, context)


def voice_of(statement: Statement, context: Context) -> tuple[str, str]:
    """Whose words a statement gives, within its document: the same voice later on corrects itself.

    Who performs a speech act is its voice.
    """
    inner = statement.said_by[-1] if statement.said_by else statement.actor if statement.act in _SPEECH else None
    entity = context.entities.get((statement.document_id, inner.entity)) if inner and inner.entity else None
    return statement.document_id, entity.id if entity else fold(inner.name) if inner else ""


def speaker_label(statement: Statement, context: Context) -> str:
    """How a sentence names who says something: the speaker as written and the document."""
    outline = context.outlines[statement.document_id]
    if statement.said_by:
        return f"{statement.said_by[-1].name} (in {outline.name})"
    where = outline.outlet or outline.author
    return f"{where} ({outline.name})" if where else outline.name
