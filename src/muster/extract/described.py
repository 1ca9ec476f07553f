"""What the words around a name tell of it: that it is a person's, or a place's."""

import re

from muster.extract.parse import Doc, Span, Token, lemma
from muster.extract.vocabulary import nouns
from muster.languages.countries import country_of

_KIN = frozenset(
    {
        *("brother", "sister", "father", "mother", "son", "daughter", "cousin", "uncle", "aunt", "nephew", "niece"),
        *("husband", "wife", "grandfather", "grandmother", "friend", "colleague", "neighbour", "neighbor"),
    }
)
#: Sites that go by a name in front of them.
_NAMED_SITES = frozenset({"prison", "jail", "camp", "mosque", "airport", "mine", "market", "penitentiary"})
#: Nouns that stand with the name of a place and may be left out.
_KINDS_OF_PLACE = frozenset({"camp", "island", "village", "town", "city", "prison", "jail"})
#: Before the name of a town, which is not that of the prison there.
TOWN_OF = re.compile(r"\b(?:town|city|village|district|province|suburb|capital) of $|\btown,? $", re.I)
#: Nouns that are the very place that they take with "of".
TOWNS = frozenset({"village", "town", "city", "hamlet", "suburb", "township", "settlement", "island", "municipality"})
#: Titles that are as often a part of the name of a body, or of another title.
NO_TITLES = frozenset({"police", "foreign", "high", "interior", "defence", "defense", "prime", "deputy", "former"})
#: Nouns that take the name of a place with "of".
_SETTLED = nouns()["regions"] - {"state", "north", "south", "east", "west"} | frozenset(
    {
        *("suburb", "hamlet", "municipality", "neighbourhood", "neighborhood", "quarter", "port", "quay", "harbour"),
        *("settlement", "camp", "outskirts", "enclave", "area", "peninsula", "valley", "coast", "parish", "township"),
        *("streets", "street", "prison", "airport"),
    }
)
#: Who goes by the name of an armed band, and what bands do.
_FOLLOWERS = frozenset({"fighter", "militant", "gunman", "insurgent", "rebel", "terrorist", "jihadist", "commander"})
_BANDS_DO = frozenset({"kill", "abduct", "kidnap", "behead", "ambush", "massacre", "slaughter"})
#: What stands behind the noun of a site that goes by a number.
_NUMBERED = re.compile(r"\d{1,3}[A-Z]?|[A-Z]\d{0,2}")
#: Nouns of sites, which alone are no names.
_SITES = frozenset({"camp", "centre", "center", "prison", "mosque", "hospital", "school", "market", "clinic", "church"})
#: What a tagger calls names that are none of a person, body or place.
_TIMES = ("DATE", "TIME", "EVENT", "LANGUAGE", "NORP", "LAW", "WORK_OF_ART", "MONEY")


def is_described_as_person(span: Span) -> bool:
    """ "Nasrin, a 24-year-old from Oru", "Nasrin, who ...", "her brother Nasrin": what follows is said of a person."""
    root = span.root
    if root.pos_ != "PROPN" or len(span) > 3 or root.lower_ in nouns()["groups"] | nouns()["places"]:
        return False
    for child in root.rights:
        if child.dep_ == "appos" and child.tag_ in ("NN", "JJ") and _is_one_person(child):
            return True
        if child.dep_ == "relcl" and any(t.lower_ == "who" and t.head.i == child.i for t in child.lefts):
            return root.tag_ == "NNP" and root.ent_type_ != "ORG" and not has_article(span)
    before = root.nbor(-1) if root.i > 0 else root
    kin = before.dep_ in ("compound", "nmod") and before.head.i == root.i and before.tag_ == "NN"
    return kin and lemma(before) in _KIN


def _is_one_person(noun: Token) -> bool:
    if noun.lower_.rpartition("-")[2] == "old":  # "a 24-year-old from Oru"
        return True
    return noun.tag_ == "NN" and lemma(noun) in nouns()["people"] | nouns()["titles"] - NO_TITLES - nouns()["groups"]


def is_described_as_place(span: Span, clean: str) -> bool:
    """ "The suburb of Oru", "Oru, a town in the hills", "in Oru": where only the name of a place stands."""
    root, over = span.root, span.root.head
    if root.pos_ != "PROPN" or has_article(span) or is_of_body(clean):
        return False
    if any(c.dep_ == "appos" and c.i > root.i and lemma(c) in _SETTLED for c in root.rights):
        return True
    if root.dep_ != "pobj" or not root.text[:1].isupper():
        return False
    if over.lower_ == "of":
        return lemma(over.head) in _SETTLED and over.head.pos_ == "NOUN"
    at = over.lower_ == "at" and root.ent_type_ != "ORG"
    return (at or over.lower_ in ("in", "near", "outside")) and len(span) <= 3 and root.ent_type_ not in _TIMES


def acts_with_arms(span: Span) -> bool:
    """ "Boko Haram fighters", "Boko Haram killed eleven people": a band that the tagger takes for a place."""
    root = span.root
    if country_of(span.text) is not None or root.pos_ != "PROPN":
        return False
    if root.dep_ in ("compound", "nmod") and root.head.i >= span.end and lemma(root.head) in _FOLLOWERS:
        return True
    return root.dep_ == "nsubj" and lemma(root.head) in _BANDS_DO and not has_article(span)


def numbered_end(doc: Doc, left: int, right: int) -> int:
    """Where "Camp 18" ends, of which "Camp" was found."""
    bare = right - left == 1 and right < len(doc) and lemma(doc[left]) in nouns()["places"]
    return right + 1 if bare and _NUMBERED.fullmatch(doc[right].text) else right


def is_bare_site(span: Span) -> bool:
    """Whether a name is only the noun of a site: "the Camp", "Centre"."""
    own = [t for t in span if t.lower_ not in ("the", "a", "an")]
    return len(own) == 1 and lemma(own[0]) in _SITES


def is_of_body(clean: str) -> bool:
    """Whether a name is an abbreviation or has the noun of a body in it."""
    words = {w.casefold() for w in re.findall(r"[\w'’]+", clean)}
    return clean.isupper() or bool((words | {w.rstrip("s") for w in words}) & nouns()["groups"])


def named_sites(doc: Doc) -> list[tuple[int, int]]:
    """ "Korrin prison", "Oru camp": names right before a noun of a site, which make the name of that site."""
    found: list[tuple[int, int]] = []
    for token in doc:
        if lemma(token) not in _NAMED_SITES or token.i == 0 or doc[token.i - 1].ent_type_ == "DATE":
            continue
        left = token.i
        while left > 0 and doc[left - 1].pos_ == "PROPN" and doc[left - 1].dep_ in ("compound", "nmod"):
            left -= 1
        words = doc[left : token.i].text
        if token.i + 1 < len(doc) and doc[token.i + 1].tag_ in ("NNP", "NNPS") and token.tag_ == "NNP":
            continue  # "Talvari Prison Watch"
        if words[:1].isupper() and country_of(words) is None and not is_of_body(words):
            found.append((left, token.i + 1))
    return found


def has_article(span: Span) -> bool:
    """Whether a name stands behind "the" or "a"."""
    return span[0].lower_ in ("the", "a", "an")


def own_name(place: str) -> str | None:
    """The name of a camp, an island, a prison or a town without that noun, lower-case; None where it has none."""
    words = place.casefold().split()
    if len(words) == 2 and words[0] == "camp":
        return words[1]
    return " ".join(words[:-1]) if len(words) > 1 and words[-1] in _KINDS_OF_PLACE else None
