"""Who and what a document names, and what its pronouns and descriptions stand for.

Within one document only: names from the tagger and from capitalised phrases, abbreviations that the text
defines in brackets, renamings it states, surnames after full names, descriptions ("the group", "the
spokesman") and pronouns.  Every join keeps a sentence that says why.
"""

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from muster.extract.described import TOWN_OF, TOWNS, own_name
from muster.extract.letterheads import letterheads
from muster.extract.mentions import ARTICLE, LINK, POSSESSIVE, Block, Named, named_spans
from muster.extract.parse import Token, lemma, phrase, subject
from muster.extract.vocabulary import nouns
from muster.languages.countries import country_of
from muster.records import EntityKind, LocalEntity, Mention, Words

_BRACKET = re.compile(r"[\"”’']?\s*\(((?:[A-Z][A-Za-z.&-]{1,11})(?:\s*(?:,|/|or|and|;)\s*[A-Z][A-Za-z.&-]{1,11})*)\)")
_RENAMED = re.compile(
    r"^[\s,(–-]*(?:formerly|previously|once|originally|now|also|better|otherwise|until recently)?\s*"
    r"(?:formerly|previously|officially|now|also|known as|called|named|renamed|referred to as|a\.?k\.?a\.?)"
    r"(?:\s+(?:known as|called|named|as|the|to|by the name))*\s*[\"“'‘]?$",
    re.I,
)
_FORMER = re.compile(r"^[\s,]*\(\s*$")


@dataclass(slots=True)
class _Entity:
    kind: EntityKind
    forms: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    descriptions: set[str] = field(default_factory=set)
    why: list[str] = field(default_factory=list)
    n: int = 0

    @property
    def name(self) -> str:
        """The fullest form: most words (not an abbreviation), then the most used, then in order."""
        return max(self.forms, key=lambda f: (len(f.split()), not f.isupper(), self.forms[f], len(f), f))


class Names:
    """The names of one document, and the answers to "what does this noun stand for?"."""

    def __init__(self, text: str, blocks: Sequence[Block], head: Sequence[str] = ()) -> None:
        """head: the first blocks of the text as they stand, those that are not parsed too."""
        self._text = text
        self._blocks = blocks
        self.letterheads = letterheads(head)
        self._named = [m for n, b in enumerate(blocks) for m in named_spans(b, n)]
        self._entities: list[_Entity] = []
        self._home: dict[int, int] = {}
        self._cluster()
        self._at = {(m.block, i): k for k, m in enumerate(self._named) for i in self._token_range(m)}
        self._said: list[tuple[int, int, Words, str, bool]] = []

    def block(self, number: int) -> Block:
        """One of the parsed blocks."""
        return self._blocks[number]

    def _token_range(self, m: Named) -> range:
        b = self._blocks[m.block]
        span = b.doc.char_span(m.start - b.offset, m.end - b.offset, alignment_mode="expand")
        return range(span.start, span.end) if span is not None else range(0)

    # ---- joining names ------------------------------------------------------------------------------------

    def _cluster(self) -> None:
        votes: dict[str, Counter[EntityKind]] = {}
        for m in self._named:
            votes.setdefault(_key(m.clean), Counter())[m.kind] += 3 if m.sure else 1
        for m in self._named:
            kinds = votes[_key(m.clean)]
            m.kind = max(sorted(kinds), key=lambda k: kinds[k])
        by_key: dict[str, int] = {}
        for k, m in enumerate(self._named):
            key = _key(m.clean)
            if key not in by_key:
                by_key[key] = len(self._entities)
                self._entities.append(_Entity(kind=m.kind))
            self._add(by_key[key], k, m)
        self._join_surnames(by_key)
        self._join_short_places()
        self._join_brackets(by_key)
        self._join_renamed()
        self._join_initials(by_key)

    def _add(self, entity: int, k: int, m: Named) -> None:
        self._home[k] = entity
        e = self._entities[entity]
        e.forms[m.clean] += 1
        e.n += 1
        if m.role:
            e.roles[m.role] += 1

    def _merge(self, keep: int, gone: int, why: str) -> None:
        if keep == gone:
            return
        a, b = self._entities[keep], self._entities[gone]
        a.forms += b.forms
        a.roles += b.roles
        a.n += b.n
        a.why += [*b.why, why]
        b.forms, b.n = Counter(), 0
        for k, home in self._home.items():
            if home == gone:
                self._home[k] = keep

    def _live(self) -> list[int]:
        return [i for i, e in enumerate(self._entities) if e.forms]

    def _join_surnames(self, by_key: dict[str, int]) -> None:
        people = [i for i in self._live() if self._entities[i].kind == "person"]
        full = [i for i in people if len(_parts(self._entities[i].name)) > 1]
        # a bare surname is often taken for a group or place: where a person of that name is there, it is his
        for i in [i for i in self._live() if i in people or len(_parts(self._entities[i].name)) == 1]:
            if not self._entities[i].forms:
                continue  # joined to another meanwhile
            parts = _parts(self._entities[i].name)
            if self._entities[i].name.isupper() and len(parts[0] if parts else "") < 6:
                continue
            living = [j for j in full if j != i and self._entities[j].forms]
            hosts = [j for j in living if len(parts) < len(_parts(self._entities[j].name))]
            fits = _is_tail if self._entities[i].kind == "person" else _is_surname
            hosts = [j for j in hosts if fits(parts, _parts(self._entities[j].name))]
            if len(hosts) == 1:
                short, long = self._entities[i].name, self._entities[hosts[0]].name
                self._merge(hosts[0], i, f"“{short}” is the surname of “{long}”, the only such name in the document")

    def _join_short_places(self) -> None:
        """ "Oru" is Oru Island: the name of a place without its noun, where one place has it."""
        places = [i for i in self._live() if self._entities[i].kind == "place"]
        for i in self._live():
            short = self._entities[i].name
            living = [j for j in places if j != i and self._entities[j].forms]
            hosts = [j for j in living if own_name(self._entities[j].name) == short.casefold()]
            towns = {self._home[k] for k, m in enumerate(self._named) if TOWN_OF.search(self._text[: m.start][-30:])}
            if len(hosts) == 1 and i not in towns and (self._entities[i].kind != "person" or " " not in short):
                self._merge(hosts[0], i, f"“{short}” is “{self._entities[hosts[0]].name}” without its noun")

    def _join_brackets(self, by_key: dict[str, int]) -> None:
        for k, m in enumerate(self._named):
            match = _BRACKET.match(self._text, m.end)
            if match is None:
                continue
            for short in re.split(r"\s*(?:,|/|;|\bor\b|\band\b)\s*", match.group(1)):
                if not _abbreviates(short, m.clean):
                    continue
                home = by_key.get(_key(short))
                if home is None:
                    home = by_key[_key(short)] = len(self._entities)
                    self._entities.append(_Entity(kind=m.kind, forms=Counter({short: 1}), n=1))
                self._merge(self._home[k], home, f"“{short}” stands in brackets after “{m.clean}”")
                by_key[_key(short)] = self._home[k]

    def _join_renamed(self) -> None:
        ordered = sorted(range(len(self._named)), key=lambda k: self._named[k].start)
        also: int | None = None  # the one whose second name was just read
        for k, n in itertools.pairwise(ordered):
            a, b = self._named[k], self._named[n]
            if also == k and self._text[a.end : b.start].strip() in ("or", ", or", "/") and a.kind == b.kind:
                self._merge(
                    self._home[k], self._home[n], f"the document gives “{a.words}” and “{b.words}” as one's names"
                )
                also = n
                continue
            also = None
            if a.block != b.block or not 0 < b.start - a.end <= 45:
                continue
            between = self._text[a.end : b.start]
            between = ARTICLE.sub("", between.strip()) if between.strip().lower() not in ("(", "") else between
            same_kind = a.kind == b.kind or "place" in (a.kind, b.kind)
            if _RENAMED.match(between) and same_kind:
                also = n
                self._merge(
                    self._home[k], self._home[n], f"the document says “{a.words}{self._text[a.end : b.start]}{b.words}”"
                )
            elif self._is_bracketed(a, b, between) and _generic_head(a.clean) == _generic_head(b.clean):
                self._merge(self._home[k], self._home[n], f"the document says “{a.words} ({b.words})”")

    def _is_bracketed(self, a: Named, b: Named, between: str) -> bool:
        closed = self._text[b.end : b.end + 1] == ")"
        return a.kind == b.kind == "place" and closed and _FORMER.match(between) is not None

    def _join_initials(self, by_key: dict[str, int]) -> None:
        shorts = [i for i in self._live() if re.fullmatch(r"[A-Z]{2,8}", self._entities[i].name)]
        for i in shorts:
            short = self._entities[i].name
            groups = [j for j in self._live() if j != i and self._entities[j].kind == "group"]
            hosts = [j for j in groups if any(_initials(f) == short for f in self._entities[j].forms)]
            if len(hosts) == 1:
                self._merge(hosts[0], i, f"“{short}” are the initials of “{self._entities[hosts[0]].name}”")

    # ---- answers ------------------------------------------------------------------------------------------

    def words(self, block: int, head: Token, *, wide: bool = False) -> Words:
        """The noun phrase of a head token, with what it stands for."""
        b = self._blocks[block]
        left, right = phrase(head, wide=wide)
        named = self._mention_of(block, head, left, right)
        if named is not None:
            m = self._named[named]
            span = self._token_range(m)
            left, right = min(left, span.start), max(right, span.stop)
        span = b.doc[left:right]
        start, end = b.offset + span.start_char, b.offset + span.end_char
        text = self._text[start:end]
        end -= len(text) - len(text.rstrip(" ,;:"))
        text = self._text[start:end]
        if named is not None:
            entity = self._home[named]
            shown = self._display(entity)
            if (block, head.i) in self._at and _bag(shown) <= _bag(text):
                shown = POSSESSIVE.sub("", ARTICLE.sub("", text))
            short = self._named[named].clean
            if self._entities[entity].kind == "group" and short.isupper() and short not in shown:
                shown = f"{shown} ({short})"  # "Oru Mission of Help (OMH)", where the text says OMH
            return Words(start=start, end=end, words=text, name=shown, entity=f"e{entity}")
        return Words(start=start, end=end, words=text, name=text, entity=None)

    def _mention_of(self, block: int, head: Token, left: int, right: int) -> int | None:
        """The name that the head itself belongs to, or that stands in apposition to it."""
        direct = self._at.get((block, head.i))
        if direct is not None:
            return direct
        for over in head.rights if lemma(head) in TOWNS else ():
            for name in over.rights if over.lower_ == "of" else ():
                if name.dep_ == "pobj" and self.place_at(block, name):
                    return self._at[block, name.i]  # "the village of Oru"
        for child in head.children:
            if child.dep_ == "appos" and child.i > head.i:
                found = self._at.get((block, child.i))
                if (
                    found is not None
                    and self._named[found].kind == "person"
                    and lemma(head) in nouns()["titles"] | nouns()["people"]
                ):
                    return found
        return None

    def _display(self, entity: int) -> str:
        e = self._entities[entity]
        if e.kind == "person" and e.roles:
            role = max(e.roles, key=lambda r: (len(r), e.roles[r], r))
            return f"{role} {e.name}"
        return e.name

    def note(self, block: int, head: Token, words: Words, kind: str, *, speaks: bool = False) -> None:
        """Remember a phrase as something that later pronouns can stand for.  kind: person, group or plural."""
        self._said.append((block, head.i, words, kind, speaks))

    def resolve(self, block: int, head: Token, *, wide: bool = False, speaks: bool = False) -> Words:
        """As words(), with pronouns and descriptions replaced by what they stand for.

        speaks: the phrase is said to speak, so that a pronoun rather stands for who spoke before.
        """
        here = self.words(block, head, wide=wide)
        if here.entity is not None:
            return here
        found = self._referent(block, head, here, speaks)
        if found is None:
            return here
        if found.entity is not None and head.pos_ != "PRON":
            self._entities[int(found.entity[1:])].descriptions.add(ARTICLE.sub("", here.words))
        return Words(start=here.start, end=here.end, words=here.words, name=found.name, entity=found.entity)

    def _referent(self, block: int, head: Token, here: Words, speaks: bool) -> Words | None:
        low = head.lower_
        if low in ("he", "she", "him", "her", "himself", "herself"):
            return self._last(block, head, ("person",), speaks)
        if low in ("it", "itself") and (speaks or not _is_quoted(head)):  # its speaker knows what "it" is
            return self._last(block, head, ("group",), speaks)
        if low in ("they", "them", "themselves") and (speaks or not _is_quoted(head)):
            return self._last(block, head, ("plural", "group") if speaks else ("plural",), speaks, reach=0)
        if head.pos_ == "NOUN" and re.match(r"(?:the|this|that|these|those)\s", here.words, re.I):
            return self._described(block, head)
        return None

    def _last(self, block: int, head: Token, kinds: tuple[str, ...], speaks: bool, reach: int = 2) -> Words | None:
        """The last one noted before, a speaker first where a speaker is looked for; reach counts blocks back."""
        other = _doer_to(head)
        found = [
            (spoke, words)
            for where, i, words, kind, spoke in self._said
            if kind in kinds and ((where == block and i < head.i and i != other) or block - reach <= where < block)
        ]
        spoken = [words for spoke, words in found if spoke]
        if speaks and spoken:
            return spoken[-1]
        return found[-1][1] if found else None

    def _described(self, block: int, head: Token) -> Words | None:
        """ "the spokesman", "the camp", "the group": the nearest earlier name that this can describe."""
        base = lemma(head)
        here = self._blocks[block].offset + head.idx
        kind: EntityKind | None = None
        if base in nouns()["titles"] and base not in ("police", "foreign", "high"):
            kind = "person"
        elif base in nouns()["places"] and base in (
            "camp",
            "prison",
            "jail",
            "base",
            "site",
            "town",
            "city",
            "village",
            "square",
            "hospital",
            "province",
            "district",
            "settlement",
            "mine",
        ):
            kind = "place"
        elif base in (
            "group",
            "organisation",
            "organization",
            "militia",
            "movement",
            "party",
            "union",
            "agency",
            "mission",
            "watchdog",
            "company",
            "association",
            "faction",
            "council",
            "ministry",
            "committee",
        ):
            kind = "group"
        if kind is None:
            return None
        for k in sorted(range(len(self._named)), key=lambda n: -self._named[n].start):
            m = self._named[k]
            e = self._entities[self._home[k]]
            if m.start >= here or e.kind != kind:
                continue
            described = " ".join([*e.forms, *e.roles]).casefold()
            generic = kind == "group" and base in ("group", "organisation", "organization", "movement")
            if base in described or (generic and not _is_state_body(e.name)):
                return Words(
                    start=m.start,
                    end=m.end,
                    words=m.words,
                    name=self._display(self._home[k]),
                    entity=f"e{self._home[k]}",
                )
        return None

    def main_place(self, beside: Mapping[str, int]) -> Words | None:
        """The place that the document names most often and no country; None where two are named once, or none is.

        beside: how often entities are named only to say where a speaker is, or whence and whither people go.
        """
        named = {i: e.n for i, e in enumerate(self._entities) if e.kind == "place" and e.forms}
        named = {i: n for i, n in named.items() if country_of(self._entities[i].name) is None}
        told = {i: n - beside.get(f"e{i}", 0) for i, n in named.items()}
        places = [(told[i], n, -i) for i, n in named.items() if told[i] > 0]
        if not places or (max(places)[1] == 1 and len(places) > 1):
            return None
        i = -max(places)[2]
        m = next(self._named[k] for k in sorted(self._home) if self._home[k] == i)
        return Words(start=m.start, end=m.end, words=m.words, name=self._display(i), entity=f"e{i}")

    def kind(self, entity: str | None) -> EntityKind | None:
        """The kind of one of the entities, by its id."""
        known = None if entity is None else self._entities[int(entity[1:])]
        return known.kind if known is not None and known.forms else None

    def entities(self) -> tuple[LocalEntity, ...]:
        """All entities, in order of first mention."""
        return tuple(
            LocalEntity(
                id=f"e{i}",
                kind=e.kind,
                name=e.name,
                forms=tuple(sorted(e.forms)),
                descriptions=tuple(sorted(d for d in e.descriptions if len(d) <= 80)),
                n_mentions=e.n,
                why=tuple(e.why),
                role=max(e.roles, key=lambda r: (e.roles[r], len(r), r)) if e.roles else None,
            )
            for i, e in enumerate(self._entities)
            if e.forms
        )

    def mentions(self) -> tuple[Mention, ...]:
        """All named spans, in order."""
        return tuple(
            Mention(
                start=m.start,
                end=m.end,
                words=m.words,
                kind=self._entities[self._home[k]].kind,
                entity=f"e{self._home[k]}",
            )
            for k, m in sorted(enumerate(self._named), key=lambda p: (p[1].start, p[1].end))
        )

    def places_in(self, start: int, end: int) -> list[str]:
        """The places that a stretch of the text names, as entity ids, one for each time."""
        inside = [k for k, m in enumerate(self._named) if start <= m.start and m.end <= end]
        return [f"e{self._home[k]}" for k in inside if self._entities[self._home[k]].kind == "place"]

    def place_at(self, block: int, token: Token) -> bool:
        """Whether a token belongs to the name of a place."""
        k = self._at.get((block, token.i))
        return k is not None and self._entities[self._home[k]].kind == "place"


def _is_quoted(token: Token) -> bool:
    """Whether a token stands inside quotation marks in its sentence."""
    before = sum(1 for t in token.sent if t.i < token.i and t.text in ('"', "“", "”", "«", "»"))
    return before % 2 == 1


def _bag(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", ARTICLE.sub("", name).casefold()).strip()


def _parts(name: str) -> list[str]:
    return [
        w
        for w in re.split(r"[\s\-’'.]+", name.casefold())
        if w and w not in ("al", "el", "ad", "ar", "as", "bin", "ibn")
    ]


def _is_tail(short: list[str], long: list[str]) -> bool:
    return bool(short) and (
        long[-len(short) :] == short
        or (len(short) == 1 and short[0] in long[1:])
        or (len(short) == 1 and short[0] == long[0] and len(long) > 1)
    )


def _is_surname(short: list[str], long: list[str]) -> bool:
    return len(short) == 1 and long[-1] == short[0]


def _initials(name: str) -> str:
    return "".join(
        w[0] for w in re.split(r"[\s\-]+", name) if w and w[0].isalpha() and w.casefold() not in LINK
    ).upper()


def _abbreviates(short: str, name: str) -> bool:
    """Whether bracketed capitals can stand for a name: two letters or more are its initials, in order.

    Those of a name that was translated may be its initials in another order: the Unity Front of Oru is "FUO".
    """
    if not re.fullmatch(r"[A-Z][A-Za-z.&-]{1,11}", short) or sum(c.isupper() for c in short) < 2:
        return False
    initials = [w[0].upper() for w in re.split(r"[\s\-'’]+", name) if w and w[0].isalpha()]
    letters = [c for c in short.upper() if c.isalpha()]
    position, hits = 0, 0
    for letter in letters:
        if letter in initials[position:]:
            position = initials.index(letter, position) + 1
            hits += 1
    return (hits >= 2 and letters[0] in initials) or (len(letters) > 2 and sorted(letters) == sorted(initials))


def _generic_head(name: str) -> str:
    words = name.casefold().split()
    return next((w for w in words if w in nouns()["places"]), "")


def _is_state_body(name: str) -> bool:
    words = {w.casefold().rstrip("s") for w in name.split()}
    return bool(
        words
        & {
            "government",
            "army",
            "ministry",
            "police",
            "judiciary",
            "force",
            "state",
            "nation",
            "court",
            "parliament",
            "cabinet",
            "troop",
        }
    )


def _doer_to(pronoun: Token) -> int | None:
    """Who is somebody else than the pronoun: "a witness saw her", "his family reported him missing"."""
    over = pronoun.head
    if pronoun.dep_ == "nsubj" and pronoun.lower_ in ("him", "her", "them"):
        over = over.head
    elif pronoun.dep_ not in ("dobj", "dative"):
        return None
    who = None if pronoun.lower_.endswith(("self", "selves")) else subject(over)
    return None if who is None else who.i
