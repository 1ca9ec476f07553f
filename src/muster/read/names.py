"""Whether a few words are a name: of a person, an agency, an organisation."""

import re

from muster.languages.countries import country_of
from muster.languages.scripts import script_of
from muster.read.stamps import stamp
from muster.read.vocabulary import credit_words

SENTENCE_END = re.compile("[.!?؟。][\"'”’»)\\]]*$")
INITIAL_END = re.compile(r"(?:^|[\s.])(?:[A-Z]|Jr|Sr|Dr|St|Inc|Ltd|Co|U\.K|U\.S(?:\.A)?|e\.V)\.$")
_TITLES = re.compile(
    r"(?:(?:mr|mrs|ms|dr|prof|professor|rev|sir|dame|sheikh|sheik|hajji|engineer|judge|colonel|general|major|captain)\.?\s+)+",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?:[\w-]+ ){0,3}?(?:chair\w*|head|director|commander|president|secretary|spokes\w+|editor|member|leader|officer)"
    r" (?:of|for|at) (?:the )?(?P<rest>.+)",
    re.IGNORECASE,
)
PARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "bin",
        "ibn",
        "bint",
        "abu",
        "abd",
        "van",
        "von",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "du",
        "la",
        "le",
        "of",
        "dos",
        "y",
        "e",
    ]
)


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, and not with an abbreviation."""
    return bool(SENTENCE_END.search(text)) and not INITIAL_END.search(text)


def is_name(text: str) -> bool:
    """Whether up to six words can be the name of an outlet or organisation."""
    words = text.split()
    return 0 < len(words) <= 6 and (text[:1].isupper() or script_of(text) != "latin") and not ends_sentence(text)


def is_agency(text: str) -> bool:
    """An agency by its initials: "LNA", "RWS"."""
    return text.isupper() and len(text.split()) <= 3


def has_organisation_word(text: str) -> bool:
    """Whether a name holds a word that outlets and organisations call themselves by."""
    return bool(credit_words().organisation.search(text))


def is_person(text: str) -> bool:
    """Whether words after "By" can be who wrote: up to ten words that begin with a capital and hold no figure."""
    words = text.split()
    if not words or len(words) > 10 or ends_sentence(text) or re.search(r"[:;?!]|\d{3}", text):
        return False
    return text[0].isupper() or script_of(text) not in ("latin", "cyrillic", "greek", "none")


def is_full_name(text: str) -> bool:
    """Whether words look like a person's name by themselves: two to five, all capitalised, no organisation's."""
    text = _TITLES.sub("", text.strip())
    bare = re.sub(r"\(.*?\)", "", text).strip()
    words = bare.split()
    if not 2 <= len(words) <= 5 or re.search(r"[\d.?!:;/@]", re.sub(r"\b[A-Z]\.", "", bare)):
        return False
    if has_organisation_word(bare) or country_of(bare):
        return False
    if script_of(bare) == "latin":
        return all(word[0].isupper() or word.split("-")[0].split("'")[0].lower() in PARTICLES for word in words)
    return script_of(bare) != "none" and len(words) <= 4


def without_date(credit: str) -> str | None:
    """ "Lantern Wire, July 29" -> "Lantern Wire"."""
    items = [item.strip() for item in re.split("[,،;]", credit)]
    kept = [item for item in items if item and not stamp(item) and not item.isdigit()]
    return ", ".join(kept) or None


def organisation_in(line: str) -> str | None:
    """The organisation in a line under a name: "Chair, Families' Association", "Commander of the Tide Brigades"."""
    line = line.strip(" -–—*_,.")
    for item in [part.strip() for part in re.split("[,،]", line)][::-1]:
        if has_organisation_word(item):
            role = _ROLE.match(item)
            return role["rest"] if role and has_organisation_word(role["rest"]) else item
    return None
