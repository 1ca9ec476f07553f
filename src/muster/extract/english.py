"""English prose to statements, over a dependency parse."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from muster import records
from muster.extract.attribution import Attribution, chain
from muster.extract.attributions import document_attributions
from muster.extract.death_causes import died_otherwise
from muster.extract.event import SPEECH_ACTS, Event
from muster.extract.events import events
from muster.extract.identity import statement_id
from muster.extract.inherited import MOVES, Draft, inherited
from muster.extract.letterheads import writes
from muster.extract.manner import modality, polarity
from muster.extract.mentions import Block, is_personal
from muster.extract.naming import Names
from muster.extract.parse import Doc, Token, ancestors, children, lemma, model
from muster.extract.scenes import placed
from muster.extract.speech import as_threat, performs, speech_events
from muster.extract.times import Dates
from muster.extract.tolls import last_toll
from muster.extract.turns import Label, labels, spoken
from muster.extract.vocabulary import acts, cues, nouns
from muster.extract.whereabouts import is_passing, place_of, spoken_at, stages
from muster.languages.datelines import dateline_end
from muster.languages.numbers import find_counts
from muster.records import Extraction, LocalEntity, Modality, Reading, Statement, Words

_FIRST_PERSON = {"i", "me", "my", "we", "us", "our"}
#: Code points that are parsed at once; a paragraph is hardly ever longer.
_LONGEST = 20_000
#: What is done in saying "I ask" or "we offer", and is not reported by it.
_PERFORMED = ("demand", "order", "offer", "threaten", "plan")
_OUGHT = ("must", "should", "ought", "shall")
_SKIPPED = {"table_row", "byline", "signature"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What is parsed at once: text[start:end] of a block; label: the turn that it opens.

    turn: it stands behind a label, and is no heading.
    """

    start: int
    end: int
    block: records.Block
    label: Label | None = None
    turn: bool = False


def extract_english(reading: Reading, version: str, model_name: str | None = None) -> Extraction:
    """All statements of an English reading.

    Raises:
        ImportError: no English model is installed.
    """
    parts = _cut(reading)
    docs = list(model(model_name).pipe(reading.text[p.start : p.end] for p in parts))
    blocks = [_parsed(doc, part) for doc, part in zip(docs, parts, strict=True)]
    head = [reading.outlet or "", *(reading.text[b.start : b.end] for b in reading.blocks[:6])]
    names = Names(reading.text, blocks, head)
    told = _told(blocks)
    layers = document_attributions(docs, [b.heading for b in blocks])
    turns = spoken(docs, [p.label for p in parts], [b.heading for b in blocks])
    layers = [found if turn is None else [turn, *found] for turn, found in zip(turns, layers, strict=True)]
    drafts: list[Draft] = []
    aside: list[tuple[int, int]] = []
    dates = Dates(reading.published_on, reading.text)
    for number, block in enumerate(blocks):
        dates.anchor(parts[number].block.written_on or reading.published_on)
        outer = parts[number].block.writer
        drafts += _block_statements(reading, block, number, layers[number], told[number], names, dates, version, outer)
        aside += _beside_the_story(block, layers[number])
    aside += [(place.start, place.end) for d in drafts if d.statement.act in MOVES and (place := d.statement.place)]
    beside = Counter(entity for start, end in aside for entity in names.places_in(start, end))
    return Extraction(
        document_id=reading.document_id,
        statements=tuple(inherited(placed(drafts, names.main_place(beside)), in_person=_in_person(docs))),
        entities=(*names.entities(), *_writers(reading, names.entities())),
        mentions=names.mentions(),
    )


def _in_person(docs: list[Doc]) -> bool:
    """Whether the writer tells what befell him: testimony, a letter; one word in 40 is "I", "we" or the like."""
    own = sum(t.lower_ in _FIRST_PERSON for doc in docs for t in doc)
    return own * 40 >= sum(len(doc) for doc in docs)


#: How many blocks away violence may be told of that explains a death.
_NEAR = 2


def _told(blocks: list[Block]) -> list[list[Event]]:
    """The events of every block.

    A death that no words explain is a killing where the document tells of violence, else a death of other causes.
    """

    def explained(doc: Doc, event: Event) -> Event:
        peaceful = event.act == "kill" and event.unexplained and died_otherwise(doc, event)
        return replace(event, act="die_other") if peaceful else event

    told: list[list[Event]] = []
    before: str | None = None
    for block in blocks:
        happened = events(block.doc, find_counts(block.doc.text, "en"), before)
        before = last_toll(block.doc, happened) or before
        told.append([explained(block.doc, e) for e in happened])
    violent = [
        any(e.act in ("attack", "kill", "injure") and not e.unexplained for e in happened)
        or any(lemma(t) in acts().words("kill", "violence") for t in block.doc)
        for block, happened in zip(blocks, told, strict=True)
    ]
    return [
        happened
        if any(violent[max(0, n - _NEAR) : n + _NEAR + 1])
        else [replace(e, act="die_other") if e.act == "kill" else e for e in happened]
        for n, happened in enumerate(told)
    ]


def _cut(reading: Reading) -> list[_Part]:
    """What is parsed at once: a block, without the labels of turns, which are parts of their own."""
    blocks = [b for b in reading.blocks if b.kind not in _SKIPPED and b.end > b.start]
    starts = {label.start: label for label in labels(reading.text, [(b.start, b.end) for b in blocks])}
    parts: list[_Part] = []
    for block in blocks:
        at = block.start
        for label in [starts[i] for i in sorted(starts) if block.start <= i < block.end]:
            parts += _stretches(reading.text, at, label.start, block, turn=at > block.start)
            parts.append(_Part(start=label.start, end=label.end, block=block, label=label))
            at = label.said
        parts += _stretches(reading.text, at, block.end, block, turn=at > block.start)
    return parts


def _stretches(text: str, start: int, end: int, block: records.Block, *, turn: bool = False) -> list[_Part]:
    """A stretch without its dateline, cut at the end of a sentence where it is too long to parse at once."""
    start += 0 if block.kind == "title" else dateline_end(text[start:end])
    parts = []
    while end - start > _LONGEST:
        stop = max(text.rfind(mark, start, start + _LONGEST) for mark in (". ", "\n", "? ", "! ", "; "))
        stop = stop + 1 if stop > start else start + _LONGEST
        parts.append(_Part(start=start, end=stop, block=block, turn=turn))
        start = stop
    return [*parts, _Part(start=start, end=end, block=block, turn=turn)] if end > start else parts


def _parsed(doc: Doc, part: _Part) -> Block:
    label = part.label
    named = label if label is not None and label.person else None
    return Block(
        doc=doc,
        offset=part.start,
        heading=part.block.kind in ("title", "heading") and label is None and not part.turn,
        label=None if named is None else (named.name_start - part.start, named.name_end - part.start),
    )


def _writers(reading: Reading, named: tuple[LocalEntity, ...]) -> list[LocalEntity]:
    """Who wrote the document and what it quotes at length, where the text itself does not name them."""
    known = {form.casefold() for e in named for form in e.forms}
    writers = {name for name in (reading.author, *(b.writer for b in reading.blocks)) if name}
    people = sorted(w for w in writers if w.casefold() not in known and is_personal(w))
    return [LocalEntity(id=f"w{n}", kind="person", name=w, forms=(w,), n_mentions=0) for n, w in enumerate(people)]


def _block_statements(
    reading: Reading,
    block: Block,
    number: int,
    found: list[Attribution],
    happened: list[Event],
    names: Names,
    dates: Dates,
    version: str,
    writer: str | None,
) -> list[Draft]:
    doc = block.doc
    own = [a for a in found if not a.back]
    _take_note(block, number, names, own)
    speakers = _speakers(doc, own)
    elsewhere = speakers | {a.cue for a in own}
    claimed = {e.head for e in happened if e.act == "claim_responsibility"}
    happened = [e for e in happened if not _is_claimed(doc, e, claimed)]
    found = [a for a in found if a.back or a.cue not in claimed]
    happened = [*happened, *speech_events(doc, [a for a in found if not a.back], happened)]
    happened = [as_threat(doc, e, chain(found, e.head)) for e in happened]
    dates.read(doc, block.offset, heading=block.heading)
    scenes = stages(names, number, doc, elsewhere)
    near = spoken_at(names, number, doc, speakers)
    drafts = []
    for event in happened:
        around = chain(found, event.head)
        if event.act in SPEECH_ACTS:
            around = [a for a in around if a.back or a.cue != event.head]
        place = place_of(names, number, doc, event, elsewhere, happened)
        draft = _draft(reading, block, number, names, dates, version, writer, event, around, place)
        wanted = (event.act, draft.statement.modality) == ("transfer", "demanded")
        if not wanted or not any(a.lower_ in _OUGHT for a in children(doc[event.head], "aux")):  # an appeal
            draft.stage = next((words for at, words in reversed(scenes) if at < event.head), None)
            draft.spoken_at = next((words for at, words in near if doc[at].sent == doc[event.head].sent), None)
            drafts.append(draft)
    return drafts


def _speakers(doc: Doc, found: list[Attribution]) -> frozenset[int]:
    """The tokens that say who speaks, of the attributions of a block."""
    return frozenset(t.i for a in found if a.speaker is not None and not a.back for t in doc[a.speaker].subtree)


def _beside_the_story(block: Block, found: list[Attribution]) -> list[tuple[int, int]]:
    """The stretches of the text that say where speakers are and whence people come."""
    doc = block.doc
    heads = [doc[a.speaker] for a in found if a.speaker is not None and not a.back]
    heads += [noun for token in doc if token.lower_ == "from" for noun in children(token, "pobj")]
    edges = [(doc[head.left_edge.i], doc[head.right_edge.i]) for head in heads]
    return [(block.offset + first.idx, block.offset + last.idx + len(last)) for first, last in edges]


def _is_claimed(doc: Doc, event: Event, claims: set[int]) -> bool:
    """Whether "attack" only says what is claimed: "nobody has claimed the attack" is told once."""
    verb = next((t for t in ancestors(doc[event.head]) if t.pos_ in ("VERB", "AUX")), None)
    return event.act == "attack" and event.nominal and event.count is None and verb is not None and verb.i in claims


def _take_note(block: Block, number: int, names: Names, found: list[Attribution]) -> None:
    """Tell names, in reading order, who could be meant by later pronouns."""
    speakers = {a.speaker for a in found}
    for token in block.doc:
        speaks = token.i in speakers
        if not speaks and token.dep_ not in ("nsubj", "nsubjpass"):
            continue
        if token.pos_ not in ("NOUN", "PROPN", "PRON", "NUM"):
            continue
        words = names.resolve(number, token, speaks=speaks)
        kind = _pronoun_kind(token, names, words, speaks=speaks)
        if kind is not None:
            names.note(number, token, words, kind, speaks=speaks)


def _pronoun_kind(token: Token, names: Names, words: Words, *, speaks: bool) -> str | None:
    if token.lower_ in ("nobody", "none", "nothing") or any(c.lower_ in ("no", "whose") for c in token.lefts):
        return None
    if token.lower_ == "one":
        return "person"
    named = names.kind(words.entity)
    if token.pos_ == "PRON":
        return {"he": "person", "she": "person", "they": "plural", "it": "group"}.get(token.lower_)
    if named is not None and named != "place":
        return named
    if token.tag_ in ("NNS", "NNPS") or token.pos_ == "NUM":
        return "plural" if speaks or lemma(token) in nouns()["people"] or token.pos_ == "NUM" else None
    if lemma(token) in nouns()["people"] or lemma(token) in nouns()["titles"]:
        return "person"
    if lemma(token) in nouns()["groups"]:
        return "group"
    return None


def _draft(
    reading: Reading,
    block: Block,
    number: int,
    names: Names,
    dates: Dates,
    version: str,
    writer: str | None,
    event: Event,
    around: list[Attribution],
    place: Words | None,
) -> Draft:
    doc, text = block.doc, reading.text
    head = doc[event.head]
    sentence = head.sent
    content_start = block.offset + doc[event.start].idx
    last = doc[_told_end(event, around) - 1]
    content_end = block.offset + last.idx + len(last.text)
    start = min(block.offset + sentence.start_char, content_start)
    end = max(block.offset + sentence.end_char, content_end)
    if block.heading:
        start, end = block.offset, block.offset + len(doc.text)
    start, end = _stripped(text, start, end)
    said_by = _said_by(number, names, around)
    if writer is not None:
        said_by = (_writer(reading, writer, start), *said_by)
    performed = bool(said_by) and event.act in SPEECH_ACTS and all(a.turn for a in around) and performs(doc, event)
    cue = _cue(text, number, names, around[-1]) if around and event.act not in SPEECH_ACTS else None
    roles = {
        role: None if index is None else names.resolve(number, doc[index])
        for role, index in (("actor", event.actor), ("target", event.target))
    }
    actor = roles["actor"]
    if event.act in SPEECH_ACTS and said_by and actor is not None and _is_one(said_by[-1], actor, head, event):
        roles["actor"] = actor if actor.entity is not None else said_by[-1]
        said_by = said_by[:-1]
    elif performed:  # "MAYOR: I appeal to all ...": he does not say so, he does it
        said_by, roles["actor"] = said_by[:-1], said_by[-1]
    when = dates.of(doc, event, [a for a in around if not a.back], block.offset)
    if event.act in SPEECH_ACTS and (performed or (not around and _is_writers(names, doc, event, reading))):
        when = dates.today() or when
    count = event.count
    denied = polarity(head, around, withheld=event.withheld)
    if denied == "affirmed" and event.target is not None and doc[event.target].lower_ in ("anybody", "anyone"):
        count = None  # "whether anyone was hurt" is not known to be nobody
    if count is not None and count.high == 0:
        denied = "denied"
    statement = Statement(
        id="",
        document_id=reading.document_id,
        start=start,
        end=end,
        quote=text[start:end],
        content_start=content_start,
        content_end=content_end,
        content=text[content_start:content_end],
        said_by=said_by,
        cue=cue,
        act=event.act,
        actor=roles["actor"],
        target=roles["target"],
        place=place,
        when=when,
        count=count,
        polarity=denied,
        modality=_modality(event, head, around),
        confidence=event.certainty,
        extractor=version,
    )
    key = (event.count.low, event.count.high) if event.count else ()
    identity = statement_id(
        reading.document_id, start, end, content_start, content_end, event.act, f"{event.target}|{key}|{event.nominal}"
    )
    spoken_of, here = dates.spoken_of(doc, event, block.offset)
    return Draft(
        statement=replace(statement, id=identity),
        block=number,
        part=event.part,
        spoken_of=spoken_of,
        spoken_in=number if here else None,
        passing=place is not None and is_passing(names, number, doc, event, place),
    )


def _is_writers(names: Names, doc: Doc, event: Event, reading: Reading) -> bool:
    """Whether whoever writes does something by writing it: "we demand"; on its own paper, "the Ministry calls on"."""
    verb = doc[event.head]
    if event.actor is None or verb.tag_ not in ("VBP", "VBZ") or children(verb, "aux", "auxpass"):
        return False
    actor = doc[event.actor]
    if actor.lower_ in ("i", "we"):
        return True
    named = {t.lower_ for t in doc[actor.left_edge.i : actor.i + 1] if t.is_alpha} - {"the"}
    outlet = set(re.findall(r"[^\W\d_]+", (reading.outlet or "").casefold()))
    return writes(actor, names.letterheads) or (actor.pos_ == "PROPN" and len(named) > 1 and named <= outlet)


def _is_one(speaker: Words, actor: Words, head: Token, event: Event) -> bool:
    """Whether who speaks is who does it by speaking: "he shouted that he would burn us" is told by others."""
    told = lemma(head) not in cues().verbs and lemma(head) != "threaten"
    if event.act == "threaten" and told and actor.words.casefold() in ("he", "she", "it", "they"):
        return True
    if children(head, "nsubj"):
        return False  # "the mission said it had asked twice": the mission says so
    return speaker.name == actor.name or (actor.entity is not None and speaker.entity == actor.entity)


def _modality(event: Event, head: Token, around: list[Attribution]) -> Modality:
    if event.act == "appeal":
        return "demanded"
    if event.act == "offer":
        return "offered"
    if event.act == "threaten":
        return "threatened"
    if event.nominal and head.pos_ != "VERB":
        reported = {"reported", "alleged", "claimed"} & {t.lower_ for t in head.lefts}
        if reported:
            return "alleged"
    found = modality(head, around, speech=event.act in SPEECH_ACTS)
    would = any(c.lower_ == "would" for c in children(head, "aux"))
    refused = event.withheld and (found == "possible" or (found == "planned" and would))
    return "asserted" if refused else found  # "we could not call our mothers", "they would not let a nurse in"


def _told_end(event: Event, around: list[Attribution]) -> int:
    """The end of the event's tokens, without a speaker who stands behind what is his."""
    behind = [max(a.tokens) + 1 for a in around if a.back == 0 and max(a.tokens) < a.cue and event.head in a.tokens]
    return min([event.end, *behind])


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _said_by(number: int, names: Names, around: Iterable[Attribution]) -> tuple[Words, ...]:
    speakers: list[Words] = []
    for a in around:
        if a.speaker is None:
            continue
        words = names.resolve(number - a.back, names.block(number - a.back).doc[a.speaker], speaks=True)
        if speakers and (
            speakers[-1].name == words.name or (words.entity is not None and speakers[-1].entity == words.entity)
        ):
            continue
        own = words.words.casefold() in ("i", "we", "my", "our")
        if own and (speakers or a.kind in _PERFORMED):
            continue
        if not speakers and writes(names.block(number - a.back).doc[a.speaker], names.letterheads):
            continue
        speakers.append(words)
    return tuple(speakers)


def _writer(reading: Reading, writer: str, before: int) -> Words:
    """The writer of a quoted message, where the reading names him; else an empty span at its start."""
    at = reading.text.rfind(writer, 0, before)
    if at >= 0:
        return Words(start=at, end=at + len(writer), words=writer, name=writer)
    return Words(start=before, end=before, words="", name=writer)


def _cue(text: str, number: int, names: Names, a: Attribution) -> Words | None:
    block = names.block(number - a.back)
    first, last = block.doc[a.cue], block.doc[a.cue_end - 1]
    start, end = block.offset + first.idx, block.offset + last.idx + len(last.text)
    return Words(start=start, end=end, words=text[start:end], name=text[start:end])
