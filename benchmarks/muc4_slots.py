"""From Muster's statements to MUC-4's slots, by the task's own written definition, without looking at a key.

The definition (template-doc-part1 of the 1992 distribution, sections 1 and 7) wants acts of violence that are told as
fact, recent and specific, and leaves out fighting between an armed group and the military or police of its country,
and harm to such a group's members.  Numbers below refer to its paragraphs.  A filler is a noun phrase as the text
has it: without articles and numbers, with what says which one is meant.
"""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from muster.extract.parse import heads_people, lemma, model
from muster.extract.vocabulary import acts, nouns
from muster.languages.countries import country_of
from muster.records import Extraction, LocalEntity, Reading, Statement, Words

SLOTS = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
VIOLENCE = frozenset({"attack", "kill", "injure", "abduct", "damage_property", "disappear"})
ON_PEOPLE = frozenset({"attack", "kill", "injure", "abduct", "disappear", "ill_treat", "threaten"})
#: 1.1 (a): an illegal, subnational, clandestine group and its members.
_OUTLAWS = frozenset(
    {
        "guerrilla", "guerilla", "rebel", "insurgent", "subversive", "terrorist", "extremist", "trafficker", "hitman",
        "assassin", "kidnapper", "gunman", "bandit", "criminal", "murderer", "killer", "paramilitary", "militiaman",
        "separatist", "drug-trafficker", "mercenary", "hijacker", "bomber", "delinquent", "contra", "narcotrafficker",
        "attacker", "assailant", "commando", "cartel", "mafia", "gang", "militia", "squad", "band", "column",
    }
)  # fmt: skip
_STATE = frozenset(
    {"police", "army", "military", "authorities", "government", "forces", "troops", "soldiers", "ministry", "security"}
    | {"department", "brigade", "battalion", "guard", "court", "judge", "officers", "agents", "navy", "state"}
)
#: Words in the names of such groups.
_ARMED = frozenset({"liberation", "revolutionary", "guerrilla", "insurgent", "resistance", "rebel", "guerrillas"})
#: 1.1 (b): a military or police installation or force, or a member of one.
_FORCES = frozenset(
    {
        "soldier", "troop", "army", "military", "patrol", "battalion", "brigade", "garrison", "barrack", "barracks",
        "base", "police", "policeman", "force", "regiment", "detachment", "infantry", "unit", "squadron", "convoy",
        "paratrooper", "marine", "navy", "gunship", "outpost", "combatant", "fighter", "position", "post", "guard",
        "serviceman", "platoon", "contingent", "corps", "lieutenant", "sergeant", "cadet", "recruit", "company",
    }
)  # fmt: skip
_COMBAT = re.compile(r"\b(?:clash|combat|fighting|battle|confrontation|skirmish|firefight|crossfire)", re.I)
_SUSPECTED = re.compile(
    r"\b(?:suspect|charge|accus|implicat|involv|responsib|murder|kill|assassinat|kidnap|attack|bomb|massacre|crime)",
    re.I,
)
_TOO_WIDE = frozenset(
    {"area", "zone", "place", "location", "scene", "site", "border", "department", "sector", "section", "fire", "line"}
    | {"neighborhood", "neighbourhood", "hamlet", "street", "road", "highway", "field", "camp", "avenue", "suburb"}
)
#: 7.13: parts that happened to be damaged.
_PARTS = frozenset(
    {
        "floor",
        "side",
        "shelf",
        "masonry",
        "entrance",
        "facade",
        "part",
        "front",
        "glass",
        "track",
        "rail",
        "radio",
        "window",
        "roof",
        "wall",
        "door",
        "gate",
        "fence",
        "barricade",
        "weapon",
        "document",
        "food",
    }
)
_COLLECTIVE = frozenset({"group", "band", "number", "gang", "unit", "team", "squad", "series", "total", "organization"})
_MEMBERS = frozenset({"member", "element", "supporter", "sympathizer", "troop", "militant", "activist", "elements"})
_OF_WHAT = frozenset(
    {
        "office",
        "residence",
        "home",
        "house",
        "headquarters",
        "branch",
        "embassy",
        "installation",
        "property",
        "facility",
    }
)
_AMMUNITION = frozenset(
    {"fire", "strike", "airstrike", "shot", "charge", "club", "device", "round", "bullet", "ammunition", "shrapnel"}
    | {"projectile", "munition", "shell", "pellet", "torch", "tank"}
)
_BY_WEAPON = frozenset({"attack", "explosion", "blast", "fire", "charge", "burst", "assault", "device", "attempt"})
_NO_PERPETRATORS = frozenset(
    {"government", "group", "state", "column", "organization", "unit", "force", "house", "company", "gang", "campaign"}
    | {"authority", "authoritie", "leadership", "base", "bank", "university", "embassy", "airline"}
)
_QUANTIFIERS = frozenset({"many", "several", "some", "numerous", "few", "other", "all", "more", "least"})
_FOUND = re.compile(
    r"(?:seiz|captur|confiscat|found|discover|recover|deliver|smuggl|defus|surrender|stole|steal|confisc|consist|display)",
    re.I,
)


@dataclass(slots=True)
class Filled:
    """What was predicted for one document: slot to its entities, each as one or more strings."""

    slots: dict[str, list[set[str]]] = field(default_factory=lambda: {s: [] for s in SLOTS})

    def add(self, slot: str, words: str) -> None:
        """Add one filler, unless its words are those of one that is there."""
        clean = normal(words)
        if not clean or any(_one_of_the_other(clean, known) for known in self.slots[slot] for known in known):
            return
        self.slots[slot].append({clean})


def normal(words: str) -> str:
    """Lower case, without punctuation and articles (as GRIT's scorer does)."""
    bare = "".join(c for c in words.lower() if c not in string.punctuation)
    return " ".join(w for w in bare.split() if w not in ("a", "an", "the"))


def _one_of_the_other(a: str, b: str) -> bool:
    x, y = set(a.split()), set(b.split())
    return x <= y or y <= x


class Text:
    """One document's statements, with its parse, looked up by characters, and its names."""

    def __init__(self, reading: Reading, extraction: Extraction) -> None:
        spans = [(b.start, b.end) for b in reading.blocks]
        docs = model().pipe(reading.text[a:b] for a, b in spans)
        self._blocks = [(a, b, doc) for (a, b), doc in zip(spans, docs, strict=True)]
        self.statements = extraction.statements
        self._mentions = extraction.mentions
        self._entities = {e.id: e for e in extraction.entities}

    def span(self, start: int, end: int) -> Any:
        """The tokens of some characters, or None."""
        for a, b, doc in self._blocks:
            if a <= start < b:
                return doc.char_span(start - a, min(end, b) - a, alignment_mode="expand")
        return None

    def heads(self, words: Words) -> list[Any]:
        """The heads of coordinated noun phrases, "a group of" and numbers passed over."""
        span = self.span(words.start, words.end)
        if span is None:
            return []
        root = span.root
        found = [root, *(c for c in root.conjuncts if c.i > root.i)]
        if root.dep_ == "dobj":  # a list that the parse takes for several objects
            found += [c for c in root.head.children if c.i > root.i and _is_listed(c)]
        found += [a for h in found if _is_thing(h) for a in h.children if a.dep_ == "appos" and _is_thing(a)]
        found += [c for h in found if _is_thing(h) for c in h.conjuncts if c.i > h.i]
        found = [_whole_of(_counted(t)) for t in dict.fromkeys(found)]
        return [t for t in dict.fromkeys(found) if t.pos_ in ("NOUN", "PROPN", "NUM", "ADJ")]

    def bodies(self, words: Words, heads: set[int]) -> list[str]:
        """The groups named in some words that one of the heads is, or belongs to; not "men in a Talvari lorry"."""
        found = []
        for m in self._mentions:
            if m.kind == "group" and words.start <= m.start < words.end and m.entity in self._entities:
                span = self.span(m.start, m.end)
                if span is not None and _belongs(span.root, heads):
                    found.append(self._entities[m.entity].name)
        return found

    def people(self, s: Statement) -> list[str]:
        """The names of the persons that a statement's act befell: its target, and who stands beside or for it."""
        if s.target is None:
            return []
        span = self.span(s.target.start, s.target.end)
        struck = set() if span is None else {t.i for t in (span.root, *span.root.conjuncts)}
        known = self.entity(s.target)
        ids = [known.id] if known is not None and known.kind == "person" else []
        for m in self._mentions:
            if m.kind == "person" and s.target.start <= m.start < max(s.target.end, s.content_end):
                named = self.span(m.start, m.end)
                inside = m.start <= s.target.end + 2  # "peasants Nasrin and Laleh Talvari"
                if named is not None and (inside or _stands_for(named.root, struck)):
                    struck.add(named.root.i)
                    ids.append(m.entity)
        names = [self._entities[i].name for i in dict.fromkeys(ids) if i in self._entities]
        return [n for n in names if not any(c.isdigit() for c in n)]

    def entity(self, words: Words) -> LocalEntity | None:
        """What some words stand for, where that has a name."""
        return self._entities.get(words.entity or "")

    def groups(self) -> Iterator[LocalEntity]:
        """The groups that the document names."""
        return (e for e in self._entities.values() if e.kind == "group")


def fillers(text: Text) -> Filled:
    """The five slots of one document."""
    out = Filled()
    told = [s for s in text.statements if _is_reported(s)]
    relevant = [s for s in told if _is_violent(s) and _is_relevant(s, text)]
    if not any(_is_specific(s, text) for s in relevant):
        return out
    for s in relevant:
        if s.actor is not None and s.act in (*VIOLENCE, "threaten"):
            _add_perpetrator(out, s.actor, text)
        _add_struck(out, s, text)
        for weapon in weapons(text.span(s.start, s.end)):
            out.add("Weapon", weapon)
    _add_held_responsible(out, told, text)
    for s in relevant:
        if s.actor is None:
            _add_kind(out, s, text)
    _add_group_of_outlaws(out, text)
    return out


def _add_kind(out: Filled, s: Statement, text: Text) -> None:
    """ "Terrorist attack", "a guerrilla raid": who is told by the noun alone."""
    for token in text.span(s.content_start, s.content_end) or ():
        deed = lemma(token.head)
        before = token.dep_ in ("amod", "compound", "nmod") and lemma(token) in _OUTLAWS
        if before and (acts().nouns.get(deed) in VIOLENCE or deed in acts().vague_nouns):
            out.add("PerpInd", token.text)


def _add_group_of_outlaws(out: Filled, text: Text) -> None:
    """The guerrillas of a document that names one armed group are that group's."""
    told = {lemma_of(w) for strings in out.slots["PerpInd"] for s in strings for w in s.split()}
    if out.slots["PerpOrg"] or not told & {"guerrilla", "rebel", "terrorist", "subversive", "commando", "insurgent"}:
        return
    armed = [g for g in text.groups() if any(set(f.casefold().split()) & _ARMED for f in g.forms)]
    armed = [g for g in armed if lemma_of(g.name.split()[-1]) not in ("force", "university", "party")]
    if len(armed) == 1:
        _add_group(out, armed[0].name)


def _is_reported(s: Statement) -> bool:
    """1.5: told as fact or as a threat."""
    denied = s.polarity == "denied" and s.act != "accuse"
    return not denied and s.modality not in ("offered", "demanded")


def _is_violent(s: Statement) -> bool:
    """An act of violence, a threat of one (1.0), or the release of those who were kidnapped."""
    if s.act == "detain" and s.actor is not None and not {w.lower() for w in s.actor.name.split()} & _STATE:
        return s.actor.entity is not None  # held by a group that is no state's
    freed = s.act in ("release", "detain") and re.search(r"\b(?:hostage|captive|kidnap|abduct)", s.quote, re.I)
    return s.act in VIOLENCE or s.act == "threaten" or bool(freed)


def _is_relevant(s: Statement, text: Text) -> bool:
    """1.1: no fight between an armed group and forces, no harm to either alone."""
    if _COMBAT.search(s.content):
        return False
    struck = [] if s.target is None else text.heads(s.target)
    sides = {_side(t) for t in struck}
    return not sides or bool(sides - {"outlaw", "force"})


def _stands_for(token: Any, heads: set[int]) -> bool:
    """Whether a name is a head, or hangs on one: "the minister, Nasrin Talvari", "six of them, among them ..."."""
    for _ in range(5):
        if token.i in heads:
            return True
        linked = token.dep_ in ("compound", "appos", "conj", "nmod", "pcomp")
        linked = linked or (token.dep_ == "pobj" and token.head.lower_ in ("including", "of", "as", "like", "among"))
        linked = linked or (token.dep_ == "prep" and token.lower_ in ("including", "of", "as", "like", "among"))
        if not linked:
            return False
        token = token.head
    return False


def _belongs(token: Any, heads: set[int]) -> bool:
    for _ in range(5):
        if token.i in heads:
            return True
        if token.dep_ not in ("compound", "nmod", "poss", "appos", "conj") and not (
            (token.dep_ == "pobj" and token.head.lower_ in ("of", "from", "by"))
            or (token.dep_ == "prep" and token.lower_ in ("of", "from", "by"))
        ):
            return False
        token = token.head
    return False


def _side(head: Any) -> str:
    words = {lemma(head), *(lemma(c) for c in head.lefts if c.dep_ in ("compound", "amod", "nmod"))}
    if lemma(head) in _OUTLAWS or words & {"guerrilla", "rebel", "terrorist"}:
        return "outlaw"
    if lemma(head) in _FORCES or (words & {"military", "police", "army"} and lemma(head) not in ("vehicle", "car")):
        return "force"
    return "civil"


def _is_specific(s: Statement, text: Text) -> bool:
    """1.7: the nature of the target or of the attack is told."""
    if s.target is None:
        return bool(weapons(text.span(s.start, s.end)))
    entity = text.entity(s.target)
    if entity is not None and entity.kind == "person":
        return True
    return any(_is_thing(h) or (_side(h) == "civil" and _is_counted(h, s)) for h in text.heads(s.target))


def _is_counted(head: Any, s: Statement) -> bool:
    """People one could count: not "judges", "many civilians"."""
    if not heads_people(head) or head.ent_type_ in ("GPE", "NORP") or lemma(head) in ("casualty", "victim"):
        return False
    vague = {c.lower_ for c in head.lefts} & {"many", "several", "some", "thousands", "hundreds"}
    return head.tag_ not in ("NNS", "NNPS") or (s.count is not None and s.count.low < 1000 and not vague)


def _add_perpetrator(out: Filled, words: Words, text: Text) -> None:
    heads = text.heads(words)
    for group in text.bodies(words, {h.i for h in heads}):
        _add_group(out, group)
    entity = text.entity(words)
    for head in heads:
        people = lemma(head) in nouns()["people"] | _OUTLAWS or (heads_people(head) and head.tag_ == "NNS")
        if entity is not None and entity.kind == "person" and head.pos_ != "NOUN":
            own = noun_phrase(head, own=False)
            out.add("PerpInd", own if normal(entity.name) in normal(own) else entity.name)
        elif people and head.pos_ == "NOUN":
            out.add("PerpInd", noun_phrase(head, own=False))
            _add_body(out, head)
        elif head.ent_type_ == "PERSON":
            out.add("PerpInd", noun_phrase(head, own=False))
        elif lemma(head) in nouns()["groups"] or _is_group_name(head):
            _add_group(out, noun_phrase(head, own=False))
    if entity is not None and entity.kind == "group":
        _add_group(out, entity.name)


def _is_group_name(head: Any) -> bool:
    return head.pos_ == "PROPN" and head.ent_type_ not in ("PERSON", "GPE", "DATE")


def _add_body(out: Filled, people: Any) -> None:
    """The body whose members are told of: "national police members", "troops of the brigade"."""
    for child in people.lefts:
        if child.dep_ in ("compound", "nmod") and (lemma(child) in nouns()["groups"] or child.text.isupper()):
            _add_group(out, noun_phrase(child, own=False))
    for of in (c for c in people.rights if c.lower_ == "of"):
        for body in (c for c in of.children if c.dep_ == "pobj"):
            if lemma(body) in nouns()["groups"] or body.pos_ == "PROPN":
                _add_group(out, noun_phrase(body, own=False))


def _add_group(out: Filled, name: str) -> None:
    words = name.split()
    while len(words) > 1 and _is_opinion(words[0]):
        del words[0]
    while words and (lemma_of(words[-1]) in nouns()["people"] or lemma_of(words[-1]) in ("troop", "guerrilla")):
        words.pop()
    name = " ".join(words)
    if not name or country_of(name) is not None or not any(w.isalpha() and len(w) > 2 for w in words):
        return
    if lemma_of(words[-1]) not in _NO_PERPETRATORS or normal(name).endswith("armed forces"):
        out.add("PerpOrg", name)


def _is_opinion(word: str) -> bool:
    """What a writer thinks of a group is not in its name: "the so-called", "the Maoist"."""
    low = word.lower()
    return low in ("so-called", "self-styled", "alleged", "extremist", "outlawed") or low.endswith(("ist", "ite"))


def lemma_of(word: str) -> str:
    """A plural's singular, roughly."""
    low = word.lower()
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def _add_held_responsible(out: Filled, told: list[Statement], text: Text) -> None:
    """Who claims an act, is accused of it, denies it or is arrested for it; 1.5: a denial does not undo the charge."""
    for s in told:
        if s.act in ("claim_responsibility", "deny_responsibility") and s.actor is not None:
            _add_perpetrator(out, s.actor, text)
        elif s.act in ("accuse", "detain") and s.target is not None and _SUSPECTED.search(s.quote):
            for_deed = any(x.act in VIOLENCE and x.start == s.start and x.target != s.target for x in told)
            if s.act == "accuse" or for_deed or any(lemma(h) == "suspect" for h in text.heads(s.target)):
                _add_perpetrator(out, s.target, text)


def _add_struck(out: Filled, s: Statement, text: Text) -> None:
    if s.target is None:
        return
    heads = text.heads(s.target)
    for head in heads:
        if s.act in ("attack", "damage_property", "kill", "injure") and _is_thing(head):
            out.add("Target", noun_phrase(head, own=True))
    if s.act != "damage_property" and not any(_is_thing(h) for h in heads):
        for person in text.people(s):
            out.add("Victim", person)


def _is_thing(head: Any) -> bool:
    base = lemma(head)
    return base in _struck_things() and head.ent_type_ not in ("PERSON", "GPE")


@cache
def _struck_things() -> frozenset[str]:
    """Nouns for things and sites that can be struck; 1.7: no towns and regions."""
    sites = nouns()["places"] - nouns()["regions"] - _TOO_WIDE
    things = acts().words("damage_property", "things") | sites | nouns()["vehicles"]
    return things - nouns()["people"] - _PARTS - nouns()["weapons"]


def _counted(head: Any) -> Any:
    """The people of "a group of terrorists"."""
    of = [n for p in head.children if p.lower_ == "of" for n in p.children if n.dep_ == "pobj"]
    return of[0] if of and (lemma(head) in _COLLECTIVE or head.pos_ == "NUM") else head


def _is_listed(token: Any) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ in ("dobj", "conj", "appos") and _is_thing(token)


def _whole_of(head: Any) -> Any:
    """7.13: the hotel of "the sixth floor of the hotel", the shop of "the windows of the shop"."""
    of = [n for p in head.children if p.lower_ == "of" for n in p.children if n.dep_ == "pobj"]
    return of[0] if of and lemma(head) in _PARTS and _is_thing(of[0]) else head


def noun_phrase(head: Any, *, own: bool) -> str:
    """The head with what stands before it, without articles and numbers; own: with whose it is; without it, without the
    abbreviation of a group ("RNF rebels" are rebels; the group has a slot of its own).

    "members of the front" and "offices of the union" keep what they are of.
    """
    doc, left, right = head.doc, head.i, head.i + 1
    for child in reversed(list(head.lefts)):
        possessor = own and child.dep_ == "poss" and child.pos_ != "PRON"
        if not possessor and (
            child.dep_ not in ("compound", "amod", "nmod") or child.pos_ == "NUM" or child.lower_ in _QUANTIFIERS
        ):
            break
        if not own and child.text.isupper() and len(child) > 1:
            break
        left = child.left_edge.i
    if lemma(head) in _MEMBERS | (_OF_WHAT if own else frozenset()):
        of = [n for p in head.rights if p.lower_ == "of" for n in p.children if n.dep_ == "pobj"]
        right = of[0].i + 1 if of else right
    return str(doc[left:right].text)


def weapons(sentence: Any) -> list[str]:
    """The weapons that a sentence names, with the nouns that stand before them.  7.7: no ammunition, no acts."""
    found = []
    for token in sentence if sentence is not None else ():
        if token.pos_ not in ("NOUN", "PROPN") or lemma(token) not in nouns()["weapons"] - _AMMUNITION:
            continue
        if token.dep_ == "compound" and lemma(token.head) not in _BY_WEAPON:
            continue
        if any(_FOUND.match(a.text) for a in token.ancestors):
            continue
        before = [c.i for c in token.lefts if c.dep_ == "compound" and not any(x.isdigit() for x in c.text)]
        before = [i for i in before if sentence.doc[i].lower_ not in ("mm", "caliber")]
        found.append(str(sentence.doc[min([token.i, *before]) : token.i + 1].text))
    return found
