"""The spans of a text that name a person, group or place, before they are joined to entities."""

import re
from dataclasses import dataclass

from muster.extract.described import (
    NO_TITLES,
    acts_with_arms,
    has_article,
    is_bare_site,
    is_described_as_person,
    is_described_as_place,
    named_sites,
    numbered_end,
)
from muster.extract.parse import Doc, Span, Token, lemma
from muster.extract.vocabulary import nouns
from muster.records import EntityKind

_KINDS: dict[str, EntityKind] = {"PERSON": "person", "ORG": "group", "GPE": "place", "LOC": "place", "FAC": "place"}
ARTICLE = re.compile(r"^(?:the|a|an|this|that|its|their|his|her|our)\s+", re.I)
POSSESSIVE = re.compile(r"(?:'s|’s|['’])$")
LINK = frozenset({"of", "the", "for", "and", "e", "de", "al", "el", "bin", "ibn", "-", "'", "’", "on"})
_PLACE_PREFIXES = frozenset(
    {"camp", "mount", "fort", "lake", "port", "cape", "san", "el", "al", "st.", "kibbutz", "wadi", "tell", "tel"}
)
_SITES = frozenset(
    {"prison", "jail", "airport", "mosque", "square", "district", "camp", "province", "hospital", "mine", "market"}
)
#: Common nouns that, with what marks whose they are, name a body.
_BODIES = frozenset(
    {
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
        "soldier",
        "authority",
    }
)
#: What is done to persons by name; their nouns take the person with "of".
_HARM_NOUNS = frozenset({"murder", "assassination", "kidnapping", "abduction", "corpse", "death"})
_HARM_VERBS = frozenset({"murder", "assassinate", "kidnap", "abduct", "kill", "wound", "injure"})
#: Nouns that are bodies and houses: with a name, houses.
_HOUSES = frozenset({"hospital", "clinic", "garrison", "station"})
#: Last words of the names of bodies that are no nouns of bodies elsewhere.
_BODY_NAMES = frozenset(
    {
        *("watch", "international", "rights", "online", "news", "times", "post", "relief", "aid", "action", "voices"),
        *("crescent", "cross", "solidarity", "witness", "alert", "now", "agency", "borders", "frontières"),
        *("frontieres", "memorial", "tribune", "herald", "gazette", "daily", "today", "defenders", "reporters"),
    }
)
_NO_NAMES = {w.rstrip("s") for w in nouns()["titles"] | nouns()["weapons"] | nouns()["people"]}


@dataclass(slots=True)
class Named:
    """One span that names something.  clean is the name without article, titles and possessive.

    sure: its kind is told by what stands around it rather than guessed.
    """

    start: int
    end: int
    words: str
    clean: str
    kind: EntityKind
    role: str | None
    block: int
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One parsed block: doc, and where its text starts in the reading.  label: the person's name in a turn's label."""

    doc: Doc
    offset: int
    heading: bool = False
    label: tuple[int, int] | None = None


def named_spans(block: Block, number: int) -> list[Named]:
    """All spans of a block that name something, in order and without overlap; number is the block's."""
    found: list[Named] = []
    taken: set[int] = set()
    spans = [*(_labelled(block) or _defined(block.doc)), *((*s, "place") for s in named_sites(block.doc))]
    within = {i for s in spans for i in range(s[0], s[1])}
    spans += [(*_whole(e), _KINDS[e.label_]) for e in block.doc.ents if _is_named(e, within)]
    spans += _capitalised(block.doc, {i for s in spans for i in range(s[0], s[1])}, block.heading)
    spans += _bodies(block.doc, {i for s in spans for i in range(s[0], s[1])})
    for left, right, kind in sorted(spans, key=lambda s: (s[0], -s[1])):
        left, right = _widened(block.doc, left, right)
        right = numbered_end(block.doc, left, right)
        if any(i in taken for i in range(left, right)) or left >= right:
            continue
        span = block.doc[left:right]
        words = span.text
        role, clean = _split_role(block.doc, left, right)
        if not re.search(r"\w\w", clean) or all(w.casefold().rstrip(".s") in _NO_NAMES for w in clean.split()):
            continue
        if is_bare_site(span):
            continue
        taken.update(range(left, right))
        armed = acts_with_arms(span)
        personal = _stands_for_person(span.root) or _is_titled(role, clean) or is_described_as_person(span)
        placed = not personal and not armed and is_described_as_place(span, clean)
        kind = "group" if armed and kind == "place" else kind
        if kind == "person" and not personal and span.root.tag_ == "NNPS" and len(span) == 1 + has_article(span):
            kind = "group"  # "the Talvaris"
        found.append(
            Named(
                start=block.offset + span.start_char,
                end=block.offset + span.start_char + len(words),
                words=words,
                clean=clean,
                kind="person" if personal else _kind(clean, "place" if placed else _sited(span, kind or "group")),
                role=role,
                block=number,
                sure=personal or placed or armed,
            )
        )
    return found


def _labelled(block: Block) -> list[tuple[int, int, EntityKind | None]]:
    """The name in the label of a turn, which the tagger sees without a sentence around it."""
    if block.label is None:
        return []
    name = block.doc.char_span(*block.label, alignment_mode="expand")
    return [(name.start, name.end, "person")]


def _whole(ent: Span) -> tuple[int, int]:
    """A person's name with the names right beside it that are of one phrase with it: the tagger often halves one."""
    left, right = ent.start, ent.end
    if ent.label_ != "PERSON":
        return left, right
    doc, last = ent.doc, _last_of(ent.doc[ent.end - 1])
    while left > 0 and _is_part(doc[left - 1]) and _last_of(doc[left - 1]) == last:
        left -= 1
    while right < len(doc) and _is_part(doc[right]) and doc[right - 1].whitespace_ and _last_of(doc[right]) == last:
        right += 1
    return left, right


def _last_of(token: Token) -> int:
    """The last name of the run of names that a token belongs to."""
    while token.dep_ == "compound" and token.head.pos_ == "PROPN" and token.head.i > token.i:
        token = token.head
    i: int = token.i
    return i


def _is_part(token: Token) -> bool:
    if token.pos_ != "PROPN" or not token.text[0].isupper() or token.ent_type_ not in ("", "PERSON"):
        return False
    low = token.lower_.rstrip(".")
    return low not in nouns()["titles"] | nouns()["groups"] | nouns()["places"] and low not in _NO_NAMES


def _stands_for_person(root: Token) -> bool:
    """ "its spokeswoman, Nasrin Talvari", "the murder of Nasrin Talvari": where a person's name stands."""
    before = [c.lower_ for c in root.lefts if c.pos_ == "PROPN" and c.dep_ == "compound"]
    full = root.pos_ == "PROPN" and root.ent_type_ not in ("GPE", "NORP") and before != []
    full = full and not set(before) & (nouns()["groups"] | nouns()["places"])
    if full and root.lower_ not in nouns()["groups"] | nouns()["places"]:
        over = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "of" else root.head
        if root.dep_ == "pobj" and over is not root.head and lemma(over) in _HARM_NOUNS:
            return True
        if root.dep_ in ("nsubjpass", "dobj") and lemma(over) in _HARM_VERBS:
            return True
    if root.dep_ != "appos" or root.pos_ != "PROPN" or root.head.pos_ != "NOUN":
        return False
    head = lemma(root.head)
    return head in nouns()["titles"] or (head in nouns()["people"] and root.head.tag_ == "NN")


def _is_titled(role: str | None, clean: str) -> bool:
    """ "Senator Nasrin Talvari": two names behind a person's title."""
    words = clean.casefold().split()
    named = 2 <= len(words) < 6
    titled = role is not None and role.split()[-1].casefold().rstrip(".") in nouns()["titles"] - NO_TITLES
    return named and titled and not set(words) & (nouns()["groups"] | nouns()["places"] | {"of", "and", "for"})


def _sited(span: Span, kind: EntityKind) -> EntityKind:
    """A name of one or two words that stands behind "in", "at", "near" is no person's."""
    root = span.root
    while kind == "person" and root.dep_ == "conj" and root.head.ent_type_ in ("GPE", "LOC"):
        root = root.head  # "in Oru, Tarmun and Sel"
    governor = root.head
    if kind == "person" and root.dep_ == "pobj" and governor.lower_ in ("in", "at", "near", "outside", "into"):
        return "place"
    return kind


def _is_named(ent: Span, taken: set[int]) -> bool:
    return ent.label_ in _KINDS and not any(i in taken for i in range(ent.start, ent.end))


def _defined(doc: Doc) -> list[tuple[int, int, EntityKind | None]]:
    """The long forms of abbreviations in brackets: the words before "(OMH)" whose initials they are.

    After Schwartz and Hearst (2003), for initials only: every letter starts a word, in order, the first
    letter the first word, and only joining words are left out.
    """
    found: list[tuple[int, int, EntityKind | None]] = []
    for i in range(2, len(doc) - 1):
        short = doc[i].text
        if doc[i - 1].text != "(" or not short.isupper() or not 2 <= len(short) <= 8 or not short.isalpha():
            continue
        start = _long_form(doc, i - 1, short)
        if start is not None:
            found.append((start, i - 1, "group"))
    return found


def _long_form(doc: Doc, end: int, short: str) -> int | None:
    letters = list(short)
    for i in range(end - 1, max(end - 2 * len(short) - 4, doc[end].sent.start) - 1, -1):
        word = doc[i].text
        if word[:1].upper() == letters[-1] and word[:1].isupper():
            letters.pop()
            if not letters:
                return i if end - i >= 2 else None
        elif word.casefold() not in LINK | {"to", "in", "against", "with", "'s", "’s"}:
            return None
    return None


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
                or (doc[j].lower_ in LINK and j + 1 < len(doc) and doc[j + 1].pos_ == "PROPN" and doc[j].text != "and")
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
    """State bodies and forces named by common nouns: "the interior ministry", "Belqaran soldiers"."""
    found: list[tuple[int, int, EntityKind | None]] = []
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN") or token.i in taken or lemma(token) not in _BODIES:
            continue
        left = token.i
        while (
            left > 0
            and doc[left - 1].ent_type_ not in ("DATE", "TIME", "CARDINAL", "QUANTITY")
            and (
                (
                    doc[left - 1].dep_ in ("amod", "compound", "nmod")
                    and doc[left - 1].head.i in range(left, token.i + 1)
                )
                or doc[left - 1].ent_type_ == "NORP"
            )
        ):
            left -= 1
        modified = left < token.i or _with_owner(doc, left) < left
        if lemma(token) in ("soldier", "troop") and not any(t.ent_type_ for t in doc[_with_owner(doc, left) : token.i]):
            continue
        if token.dep_ in ("compound", "amod", "nmod", "poss") and not modified:
            continue
        if modified or lemma(token) in ("army", "police", "government", "judiciary"):
            found.append((_with_owner(doc, left), token.i + 1, "group"))
    return found


def _with_owner(doc: Doc, left: int) -> int:
    """Where a possessive before a phrase starts: "Belqara's" in "Belqara's interior ministry"."""
    if left < 2 or doc[left - 1].tag_ != "POS":
        return left
    start: int = doc[left - 2].left_edge.i
    return start if left - start <= 5 and doc[left - 2].ent_type_ in ("GPE", "PERSON", "ORG", "NORP") else left


def _widened(doc: Doc, left: int, right: int) -> tuple[int, int]:
    """Take "Camp", "al-", "People's" and the like into the name; leave "'s" and brackets out."""
    while right > left and (
        doc[right - 1].text in ("'s", "’s", "'", "’", ",", "(", ")", ".", "-") or doc[right - 1].is_space
    ):
        right -= 1
    bracket = next((i for i in range(left + 1, right) if doc[i].text in ("(", "[")), None)
    if bracket is not None:
        right = bracket  # "the Observer Mission (OMH": the short form is a name of its own
    while left < right and (doc[left].text in ("-", "(", "'", "“", '"', ",") or doc[left].is_space):
        left += 1
    while left > 0 and (
        (doc[left - 1].lower_ in _PLACE_PREFIXES and doc[left - 1].text[0].isupper())
        or (
            doc[left - 1].text == "-"
            and left > 1
            and not doc[left - 1].whitespace_
            and doc[left - 2].whitespace_ == ""
            and doc[left - 2].is_alpha
        )
    ):
        left -= 2 if doc[left - 1].text == "-" else 1
    while right < len(doc) - 1 and _is_hyphenated_on(doc, right):
        right += 2
    if right < len(doc) and doc[right].lower_ in _SITES and doc[right - 1].dep_ in ("compound", "nmod", "amod"):
        right += 1  # "Tarmun prison", "Oru airport"
    return max(left, 0), min(right, len(doc))


def _is_hyphenated_on(doc: Doc, dash: int) -> bool:
    """ "Ansar-e-Darya": a dash without spaces, and a capital or a joining syllable behind it."""
    if doc[dash].text != "-" or doc[dash].whitespace_ or doc[dash - 1].whitespace_:
        return False
    return bool(doc[dash + 1].text[:1].isupper()) or doc[dash + 1].lower_ in ("e", "al", "el", "ul", "ye", "i")


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
    clean = POSSESSIVE.sub("", ARTICLE.sub("", doc[start:right].text.strip())).strip(' ,.;:"“”«»')
    if role and not any(w.lower().rstrip(".") in titles for w in role.split()):
        role = None
    return role, clean


def _kind(clean: str, guess: EntityKind) -> EntityKind:
    words = [w.casefold() for w in re.findall(r"[\w'’]+", clean)]
    if not words:
        return guess
    groups, places = nouns()["groups"], nouns()["places"]
    housed = words[-1] in places and (words[-1] not in groups or (words[-1] in _HOUSES and len(words) > 1))
    if words[0] in ("camp", "mount", "lake", "fort", "port") or housed:
        return "place"
    if len(words) > 1 and words[-1] in _BODY_NAMES:
        return "group"
    if words[-1] in groups or words[-1].rstrip("s") in groups:
        return "group"
    if "of" in words and (words[0] in groups or words[0].rstrip("s") in groups):
        return "group"
    if guess == "place" and re.fullmatch(r"[A-Z]{2,6}", clean) and clean not in ("US", "UK", "UAE", "USA"):
        return "group"
    return guess


def is_personal(name: str) -> bool:
    """Whether a byline reads like a person's name rather than an office's."""
    words = re.findall(r"[^\W\d_]+", name)
    bodies = nouns()["groups"] | nouns()["places"] | {"staff", "team", "desk", "editor", "secretariat"}
    return (
        2 <= len(words) <= 5 and not any(w.casefold() in bodies for w in words) and all(w[0].isupper() for w in words)
    )
