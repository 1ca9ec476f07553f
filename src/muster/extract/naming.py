"""Who and what a document names, and what its pronouns and descriptions stand for.

Within one document only: names from the tagger and from capitalised phrases, abbreviations that the text
defines in brackets, renamings it states, surnames after full names, descriptions ("the group", "the
spokesman") and pronouns.  Every join keeps a sentence that says why.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from muster.extract.parse import Doc, Token, lemma, phrase
from muster.extract.vocabulary import nouns
from muster.records import EntityKind, LocalEntity, Mention, Words

_KINDS: dict[str, EntityKind] = {"PERSON": "person", "ORG": "group", "GPE": "place", "LOC": "place", "FAC": "place"}
_ARTICLE = re.compile(r"^(?:the|a|an|this|that|its|their|his|her|our)\s+", re.I)
_POSSESSIVE = re.compile(r"(?:'s|’s|['’])$")
_BRACKET = re.compile(r"\s*\(((?:[A-Z][A-Za-z.&-]{1,11})(?:\s*(?:,|/|or|and|;)\s*[A-Z][A-Za-z.&-]{1,11})*)\)")
_RENAMED = re.compile(
    r"^[\s,(–-]*(?:formerly|previously|once|originally|now|also|better|otherwise|until recently)?\s*"
    r"(?:formerly|previously|officially|now|also|known as|called|named|renamed|referred to as|a\.?k\.?a\.?)"
    r"(?:\s+(?:known as|called|named|as|the|to|by the name))*\s*[\"“'‘]?$",
    re.I,
)
_FORMER = re.compile(r"^[\s,]*\(\s*$")
_LINK = {"of", "the", "for", "and", "e", "de", "al", "el", "bin", "ibn", "-", "'", "’", "on"}


@dataclass(slots=True)
class _Named:
    """One span that names something.  clean is the name without article, titles and possessive."""

    start: int
    end: int
    words: str
    clean: str
    kind: EntityKind
    role: str | None
    block: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One parsed block: doc, and where its text starts in the reading."""

    doc: Doc
    offset: int
    heading: bool = False


_NO_NAMES = {w.rstrip("s") for w in nouns()["titles"] | nouns()["weapons"] | nouns()["people"]}


class Names:
    """The names of one document, and the answers to "what does this noun stand for?"."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self._text = text
        self._blocks = blocks
        self._named = [m for n, b in enumerate(blocks) for m in _named(b, n)]
        self._entities: list[_Entity] = []
        self._home: dict[int, int] = {}
        self._cluster()
        self._at = {(m.block, i): k for k, m in enumerate(self._named) for i in self._token_range(m)}
        self._said: list[tuple[int, int, Words, str, bool]] = []

    def _token_range(self, m: _Named) -> range:
        b = self._blocks[m.block]
        span = b.doc.char_span(m.start - b.offset, m.end - b.offset, alignment_mode="expand")
        return range(span.start, span.end) if span is not None else range(0)

    # ---- joining names ------------------------------------------------------------------------------------

    def _cluster(self) -> None:
        votes: dict[str, Counter[EntityKind]] = {}
        for m in self._named:
            votes.setdefault(_key(m.clean), Counter())[m.kind] += 1
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
        self._join_brackets(by_key)
        self._join_renamed()
        self._join_initials(by_key)

    def _add(self, entity: int, k: int, m: _Named) -> None:
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
        for i in people:
            parts = _parts(self._entities[i].name)
            hosts = [j for j in full if j != i and len(parts) < len(_parts(self._entities[j].name))]
            hosts = [j for j in hosts if self._entities[j].forms and _is_tail(parts, _parts(self._entities[j].name))]
            if len(hosts) == 1:
                short, long = self._entities[i].name, self._entities[hosts[0]].name
                self._merge(hosts[0], i, f"“{short}” is the surname of “{long}”, the only such name in the document")

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
        for k, n in zip(ordered, ordered[1:], strict=False):
            a, b = self._named[k], self._named[n]
            if a.block != b.block or not 0 < b.start - a.end <= 45:
                continue
            between = self._text[a.end : b.start]
            between = _ARTICLE.sub("", between.strip()) if between.strip().lower() not in ("(", "") else between
            same_kind = a.kind == b.kind or "place" in (a.kind, b.kind)
            if _RENAMED.match(between) and same_kind:
                self._merge(
                    self._home[k], self._home[n], f"the document says “{a.words}{self._text[a.end : b.start]}{b.words}”"
                )
            elif _FORMER.match(between) and a.kind == b.kind == "place" and self._text[b.end : b.end + 1] == ")":
                if _generic_head(a.clean) == _generic_head(b.clean):
                    self._merge(self._home[k], self._home[n], f"the document says “{a.words} ({b.words})”")

    def _join_initials(self, by_key: dict[str, int]) -> None:
        shorts = [i for i in self._live() if re.fullmatch(r"[A-Z]{2,8}", self._entities[i].name)]
        for i in shorts:
            short = self._entities[i].name
            hosts = [
                j for j in self._live()
                if j != i and self._entities[j].kind == "group" and any(_initials(f) == short for f in self._entities[j].forms)
            ]  # fmt: skip
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
            if _bag(shown) <= _bag(text):
                shown = _POSSESSIVE.sub("", _ARTICLE.sub("", text))
            return Words(start=start, end=end, words=text, name=shown, entity=f"e{entity}")
        return Words(start=start, end=end, words=text, name=text, entity=None)

    def _mention_of(self, block: int, head: Token, left: int, right: int) -> int | None:
        """The name that the head itself belongs to, or that stands in apposition to it."""
        direct = self._at.get((block, head.i))
        if direct is not None:
            return direct
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
            self._entities[int(found.entity[1:])].descriptions.add(_ARTICLE.sub("", here.words))
        return Words(start=here.start, end=here.end, words=here.words, name=found.name, entity=found.entity)

    def _referent(self, block: int, head: Token, here: Words, speaks: bool) -> Words | None:
        low = head.lower_
        if low in ("he", "she", "him", "her", "himself", "herself"):
            return self._last(block, head, ("person",), speaks)
        if low in ("it", "itself"):
            return self._last(block, head, ("group",), speaks)
        if low in ("they", "them", "themselves") and (speaks or not _is_quoted(head)):
            return self._last(block, head, ("plural", "group") if speaks else ("plural",), speaks, reach=0)
        if head.pos_ == "NOUN" and re.match(r"(?:the|this|that|these|those)\s", here.words, re.I):
            return self._described(block, head)
        return None

    def _last(self, block: int, head: Token, kinds: tuple[str, ...], speaks: bool, reach: int = 2) -> Words | None:
        """The last one noted before, a speaker first where a speaker is looked for; reach counts blocks back."""
        found = [
            (spoke, words)
            for where, i, words, kind, spoke in self._said
            if kind in kinds and ((where == block and i < head.i) or block - reach <= where < block)
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

    def place_at(self, block: int, token: Token) -> bool:
        """Whether a token belongs to the name of a place."""
        k = self._at.get((block, token.i))
        return k is not None and self._entities[self._home[k]].kind == "place"


def _named(block: Block, number: int) -> list[_Named]:
    found: list[_Named] = []
    taken: set[int] = set()
    spans = [(e.start, e.end, _KINDS.get(e.label_)) for e in block.doc.ents if e.label_ in _KINDS]
    spans += _capitalised(block.doc, {i for s in spans for i in range(s[0], s[1])}, block.heading)
    spans += _bodies(block.doc, {i for s in spans for i in range(s[0], s[1])})
    for left, right, kind in sorted(spans, key=lambda s: (s[0], -s[1])):
        left, right = _widened(block.doc, left, right)
        if any(i in taken for i in range(left, right)) or left >= right:
            continue
        span = block.doc[left:right]
        words = span.text
        role, clean = _split_role(block.doc, left, right)
        if not re.search(r"\w\w", clean) or all(w.casefold().rstrip(".s") in _NO_NAMES for w in clean.split()):
            continue
        taken.update(range(left, right))
        found.append(
            _Named(
                start=block.offset + span.start_char,
                end=block.offset + span.start_char + len(words),
                words=words,
                clean=clean,
                kind=_kind(clean, kind or "group"),
                role=role,
                block=number,
            )
        )
    return found


def _capitalised(doc: Doc, taken: set[int], heading: bool) -> list[tuple[int, int, EntityKind | None]]:
    """Runs of proper nouns that the tagger left out."""
    found: list[tuple[int, int, EntityKind | None]] = []
    i = 0
    while i < len(doc):
        if (
            doc[i].pos_ != "PROPN"
            or i in taken
            or not doc[i].text[:1].isupper()
            or doc[i].ent_type_ in ("DATE", "TIME", "NORP", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "LANGUAGE")
        ):
            i += 1
            continue
        j = i + 1
        while (
            j < len(doc)
            and j not in taken
            and (
                (doc[j].pos_ == "PROPN" and doc[j].text[:1].isupper())
                or (doc[j].lower_ in _LINK and j + 1 < len(doc) and doc[j + 1].pos_ == "PROPN" and doc[j].text != "and")
            )
        ):
            j += 1
        head = doc[i:j].root
        governor = head.head
        kind: EntityKind | None = "group"
        if head.dep_ == "pobj" and governor.lower_ in ("in", "at", "near", "from", "to", "outside", "around"):
            kind = "place"
        elif head.dep_ in ("nsubj", "appos") and j - i >= 2 and head.text.lower() not in nouns()["groups"]:
            kind = "person"
        if not (heading and j - i == 1):
            found.append((i, j, kind))
        i = j
    return found


def _bodies(doc: Doc, taken: set[int]) -> list[tuple[int, int, EntityKind | None]]:
    """State bodies and forces named by common nouns: "the interior ministry", "Iraqi soldiers" no, "Iraqi army" yes."""
    found: list[tuple[int, int, EntityKind | None]] = []
    bodies = {
        "army",
        "police",
        "government",
        "ministry",
        "militia",
        "judiciary",
        "cabinet",
        "parliament",
        "force",
        "troop",
    }
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.i in taken or lemma(token) not in bodies:
            continue
        left = token.i
        while left > 0 and (
            (doc[left - 1].dep_ in ("amod", "compound", "nmod") and doc[left - 1].head.i in range(left, token.i + 1))
            or doc[left - 1].ent_type_ == "NORP"
        ):
            left -= 1
        modified = left < token.i
        if token.dep_ in ("compound", "amod", "nmod", "poss") and not modified:
            continue
        if modified or lemma(token) in ("army", "police", "government", "judiciary"):
            if not modified and lemma(token) == "force":
                continue
            found.append((left, token.i + 1, "group"))
    return found


def _widened(doc: Doc, left: int, right: int) -> tuple[int, int]:
    """Take "Camp", "al-", "People's" and the like into the name; leave "'s" and brackets out."""
    while right > left and (
        doc[right - 1].text in ("'s", "’s", "'", "’", ",", "(", ")", ".", "-") or doc[right - 1].is_space
    ):
        right -= 1
    while left < right and (doc[left].text in ("-", "(", "'", "“", '"', ",") or doc[left].is_space):
        left += 1
    places = (
        "camp",
        "mount",
        "fort",
        "lake",
        "port",
        "cape",
        "san",
        "el",
        "al",
        "st.",
        "kibbutz",
        "wadi",
        "tell",
        "tel",
    )
    while left > 0 and (
        (doc[left - 1].lower_ in places and doc[left - 1].text[0].isupper())
        or (
            doc[left - 1].text == "-"
            and left > 1
            and not doc[left - 1].whitespace_
            and doc[left - 2].whitespace_ == ""
            and doc[left - 2].is_alpha
        )
    ):
        left -= 2 if doc[left - 1].text == "-" else 1
    while (
        right < len(doc) - 1
        and doc[right].text == "-"
        and not doc[right].whitespace_
        and not doc[right - 1].whitespace_
        and doc[right + 1].text[:1].isupper()
    ):
        right += 2
    return max(left, 0), min(right, len(doc))


def _split_role(doc: Doc, left: int, right: int) -> tuple[str | None, str]:
    """The titles in and before a name, and the name without them."""
    titles = nouns()["titles"]
    start = left
    while start < right - 1 and (
        doc[start].lower_.rstrip(".") in titles
        or doc[start].lower_ in ("the", "a", "an", "dr", "dr.", "lt", "gen", "mr", "mr.", "mrs.", "ms.")
    ):
        start += 1
    if (
        any(t.lower_ not in ("the", "a", "an") for t in doc[left:start])
        and doc[right - 1].lower_ in nouns()["groups"] | nouns()["places"]
    ):
        start = left  # "Prime Minister's Office", "Police Station": no person
    before = left
    while (
        before > 0
        and doc[before - 1].dep_ in ("compound", "amod", "nmod", "appos", "nsubj", "poss", "case")
        and (
            doc[before - 1].lower_.rstrip(".") in titles
            or (before < left and doc[before - 1].dep_ in ("compound", "amod", "nmod", "poss", "case"))
        )
    ):
        before -= 1
    words = [t.text_with_ws for t in doc[before:start] if t.lower_ not in ("the", "a", "an")]
    role = "".join(words).strip() or None
    clean = _POSSESSIVE.sub("", _ARTICLE.sub("", doc[start:right].text.strip())).strip(" ,.;:")
    if role and not any(w.lower().rstrip(".") in titles for w in role.split()):
        role = None
    return role, clean


def _kind(clean: str, guess: EntityKind) -> EntityKind:
    words = [w.casefold() for w in re.findall(r"[\w'’]+", clean)]
    if not words:
        return guess
    groups, places = nouns()["groups"], nouns()["places"]
    if words[0] in ("camp", "mount", "lake", "fort", "port") or (words[-1] in places and words[-1] not in groups):
        return "place"
    if words[-1] in groups or words[-1].rstrip("s") in groups:
        return "group"
    if "of" in words and (words[0] in groups or words[0].rstrip("s") in groups):
        return "group"
    if guess == "place" and re.fullmatch(r"[A-Z]{2,6}", clean) and clean not in ("US", "UK", "UAE", "USA"):
        return "group"
    return guess


def _is_quoted(token: Token) -> bool:
    """Whether a token stands inside quotation marks in its sentence."""
    before = sum(1 for t in token.sent if t.i < token.i and t.text in ('"', "“", "”", "«", "»"))
    return before % 2 == 1


def _bag(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", _ARTICLE.sub("", name).casefold()).strip()


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


def _initials(name: str) -> str:
    return "".join(
        w[0] for w in re.split(r"[\s\-]+", name) if w and w[0].isalpha() and w.casefold() not in _LINK
    ).upper()


def _abbreviates(short: str, name: str) -> bool:
    """Whether bracketed capitals can stand for a name: two letters or more are its initials, in order."""
    if not re.fullmatch(r"[A-Z][A-Za-z.&-]{1,11}", short) or sum(c.isupper() for c in short) < 2:
        return False
    initials = [w[0].upper() for w in re.split(r"[\s\-'’]+", name) if w and w[0].isalpha()]
    letters = [c for c in short.upper() if c.isalpha()]
    position, hits = 0, 0
    for letter in letters:
        if letter in initials[position:]:
            position = initials.index(letter, position) + 1
            hits += 1
    return hits >= 2 and letters[0] in initials


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
