"""Whom a count counts: everybody, one side, one kind of victim, or a part of a whole given elsewhere.

Method: docs/method/counting.md, section 2.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import ceil, floor
from typing import Literal

from muster.languages.scripts import flatten
from muster.records import Count, Statement
from muster.weigh.folding import fold
from muster.weigh.tables import column_words

Population = Literal["everybody", "forces", "fighters", "women", "children", "named", "part", "mixed", "wider"]

#: Counts of these are not held against others: some of a whole, several harms, a longer time, one by name.
UNCOMPARED: frozenset[Population] = frozenset({"named", "part", "mixed", "wider"})
#: Ranges that the vocabulary's words "dozens", "scores", "hundreds" and "thousands" stand for.
_VAGUE = frozenset({(24, 99), (40, 199), (200, 999), (2000, 9999)})
#: A number said to be about N is held to be within this share of N.
_ABOUT = 0.05
_BEFORE, _AFTER = 34, 48
_NEAR = 600
#: What stands between the cells of a row in a reading.
_CELLS = " | "
#: What stands between numbers that were added up.
_ADDED = " + "
_KINDS: tuple[Population, ...] = ("forces", "fighters", "women", "children")
#: Somebody's own: one person, told of by himself, and no total.
_KIN = re.compile(r"(?:my|his|her|their|our|your)\b")
#: "None of its staff": of somebody's own.
_OF_OWN = re.compile(r"\b(?:of|from) (?:my|his|her|its|their|our|your)\b")
#: "A sixth died": one more, not a total.
_ORDINAL = re.compile(
    r"\W*(?:an? |the )?(?:first|second|third|fourth|fifth|(?:six|seven|eigh|nin|ten|eleven|twelf|\w+teen|\w+tie)th)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """A count as it is held against others: low to high (None: no upper bound), and of whom.

    seen: somebody saw so many, which is a lower bound and no answer to how many there were.  nationwide: of
    a whole country; at: the words for the one place that the sentence gives, or "".
    """

    of: str
    low: int
    high: int | None
    population: Population
    seen: bool = False
    nationwide: bool = False
    at: str = ""

    def figures(self) -> tuple[int, int]:
        """The lowest and the highest number that somebody really gave.

        "At least 10" gives 10 and not infinity; "up to 10" gives 10 and not nought; "dozens" gives no
        more than its least, 24, since nobody said 99.
        """
        high = self.low if self.high is None or (self.low, self.high) in _VAGUE else self.high
        return (high, high) if self.low == 0 else (self.low, high)


@cache
def vocabulary() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """The lists of populations.toml as patterns over folded text."""
    text = files("muster.weigh").joinpath("populations.toml").read_text(encoding="utf-8")
    return {
        section: {name: word_pattern(words) for name, words in lists.items()}
        for section, lists in tomllib.loads(text).items()
    }


def word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern over folded text for any of these words; "*" ends a stem."""
    ordered = sorted((fold(word) for word in words), key=lambda word: (-len(word), word))
    parts = [re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in ordered]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def tolls(statements: Sequence[Statement]) -> dict[str, Toll]:
    """By statement id, what each count counts, seen in its sentence and beside its neighbours.

    A count without words or people around it counts everybody.  Statements may come in any order.
    """
    counted = sorted((s for s in statements if s.count), key=lambda s: (s.document_id, s.start, s.content_start, s.id))
    found = {s.id: _toll(s, s.count) for s in counted if s.count}
    for one, next_ in pairwise(counted):
        if _goes_on(one, next_, found[next_.id]) and found[one.id].population in _KINDS:
            found[next_.id] = replace(found[next_.id], population=found[one.id].population)
    by_document = defaultdict(list)
    for statement in counted:
        by_document[statement.document_id, statement.count.of if statement.count else ""].append(statement)
    for together in by_document.values():
        for later, statement in enumerate(together):
            toll = found[statement.id]
            if any(_is_elsewhere(statement, toll, whole, found[whole.id]) for whole in together):
                toll = found[statement.id] = replace(toll, population="part")
            if any(_is_part_of(statement, toll, whole, found[whole.id]) for whole in together[:later]) or any(
                _is_in_a_manner(statement, toll, found[whole.id]) for whole in together
            ):
                found[statement.id] = replace(toll, population="part")
        for id_ in _rows_of_one_whole(together):
            if found[id_].population == "everybody":
                found[id_] = replace(found[id_], population="part")
    return found


def _rows_of_one_whole(together: Sequence[Statement]) -> Iterator[str]:
    """The ids of statements from several rows of a table that one voice gives without dates: "Block C | 11".

    A row of totals is the whole; rows of different voices or days are answers of their own.
    """
    rows: dict[str, list[Statement]] = defaultdict(list)
    for statement in together:
        own_day = statement.when is not None and statement.start <= statement.when.start < statement.end
        if _CELLS in statement.quote and not own_day:
            rows[_voice(statement)].append(statement)
    for found in rows.values():
        if len({statement.start for statement in found}) > 1:
            totals = column_words()["total"]
            yield from (s.id for s in found if fold(s.quote.split(_CELLS)[0].strip(" :")) not in totals)


def comparable(a: Toll, b: Toll) -> bool:
    """Whether two counts are of the same people, so that different numbers contradict each other."""
    one_country = not (a.nationwide and b.at and not b.nationwide) and not (b.nationwide and a.at and not a.nationwide)
    return one_country and a.of == b.of and a.population == b.population and a.population not in UNCOMPARED


def disjoint(a: Toll, b: Toll) -> bool:
    """Whether no number fits both."""
    return (a.high is not None and a.high < b.low) or (b.high is not None and b.high < a.low)


def counted_words(statement: Statement) -> tuple[str, str]:
    """Folded text before and after the number in its sentence; ("", target) where it is not found.

    Folding keeps places (`flatten`), so that the window is where the number stands.
    """
    count = statement.count
    sentence, target = flatten(statement.quote), flatten(statement.target.words if statement.target else "")
    words = flatten(count.words) if count else ""
    at = sentence.find(words, max(0, statement.content_start - statement.start)) if words else -1
    if at < 0 and words:
        at = sentence.find(words)
    if at < 0:
        return "", fold(target)
    end = at + len(words)
    return fold(sentence[max(0, at - _BEFORE) : at]), fold(sentence[end : end + _AFTER])


def _toll(statement: Statement, count: Count) -> Toll:
    before, after = counted_words(statement)
    low, high = count.low, count.high
    if count.approximate and high is not None:
        low, high = floor(low * (1 - _ABOUT)), ceil(high * (1 + _ABOUT))
    seen = bool(high != 0 and count.of == "killed" and vocabulary()["part"]["seen"].search(before))
    population = _population(statement, count, before, after)
    return Toll(
        of=count.of,
        low=low,
        high=None if seen else high,
        population=population,
        seen=seen,
        nationwide=bool(vocabulary()["part"]["nationwide"].search(fold(statement.content))),
        at=_place_said(statement),
    )


def _place_said(statement: Statement) -> str:
    """The words for a place within what is said, "" where it stands elsewhere or nowhere."""
    place = statement.place
    inside = place is not None and statement.content_start <= place.start < statement.content_end
    return fold(place.words) if place and inside else ""


def _population(statement: Statement, count: Count, before: str, after: str) -> Population:
    part, counted = vocabulary()["part"], vocabulary()["counted"]
    words = fold(count.words)
    spoken = (statement.target.words, statement.target.name) if statement.target else ()
    target = " ".join(_from_number(fold(each), words) for each in spoken)
    if count.high != 0 and part["mixed"].search(fold(statement.content)):
        return "mixed"
    if count.high != 0 and (part["aside"].search(fold(statement.content)) or part["unreal"].search(before)):
        return "wider"
    if counted["no_people"].match(after.lstrip()):
        return "mixed"
    if (count.low, count.high) == (1, 1):
        if (statement.target and statement.target.entity) or _KIN.match(target):
            return "named"
        if re.match(r"\s*(?:of|from among|من|از)\b", after) or part["one_and"].search(fold(statement.content)):
            return "part"  # "one of them", "one had been struck and the other stabbed"
    if count.high == 0 and (part["other"].match(after.lstrip()) or _OF_OWN.search(target)):
        return "part"  # "there were no other deaths", "none of its staff"
    if part["after"].match(after.lstrip(" ,-")) or _ends_with(part["before"], before):
        return "part"
    if (
        part["before"].match(target)
        or part["after"].search(target)
        or (_ORDINAL.match(words) or _ORDINAL.match(target))
    ):
        return "part"
    if re.search(r"\bof the \d", f"{after[:12]} {target}"):
        return "part"
    if _ends_with(part["done_for"], before) and part["dealt_with"].match(after.lstrip()):
        return "part"  # "no report was made for 173 bodies"
    if part["of_them"].match(after.lstrip()) or part["of_them"].search(target):
        return _those_before(statement, words)
    phrase = _noun_phrase(words, after, target)
    if counted["own_men"].search(phrase):
        return "forces"
    if counted["everybody"].search(phrase):
        return "everybody"
    kinds = [population for population in _KINDS if counted[population].search(phrase)]
    if len(kinds) > 1 and _ADDED in count.words and count.high != 0:
        return "everybody"  # "three children and a woman"
    return kinds[0] if kinds else "everybody"


def _from_number(target: str, words: str) -> str:
    """ "At least 130 injured" of "six of them children, and at least 130 injured"."""
    before, number, after = target.partition(words) if words else (target, "", "")
    return f"{number}{after}" if number and "," in before else target


def _those_before(statement: Statement, words: str) -> Population:
    """Whom "dozens of them" counts: those whom the sentence spoke of last, where it says who they are."""
    sentence = fold(statement.quote)
    at = sentence.find(words)
    counted = vocabulary()["counted"]
    said = {found.start(): kind for kind in ("everybody", *_KINDS) for found in counted[kind].finditer(sentence[:at])}
    last: Population = said[max(said)] if said else "everybody"
    return last


def _ends_with(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the text ends with one of the words, up to a word of degree ("including at least")."""
    tail = re.sub(r"(?:\b(?:at least|about|some|around|nearly|only|up to|more than|over)\s*)+$", "", text.rstrip(" ,-"))
    return any(found.end() >= len(tail.rstrip(" ,-")) for found in pattern.finditer(tail.rstrip(" ,-")))


def _noun_phrase(words: str, after: str, target: str) -> str:
    """The words that say what is counted: as far as a comma, a verb's usual beginning or a stop."""
    run = re.split(
        r"[,.;:!?()،؛|]|\b(?:were|was|had|have|has|died|who|which|in|at|by|when|and|after|during|including)\b",
        after,
        maxsplit=1,
    )[0]
    return f"{target} {words} {run}"


def _is_part_of(part: Statement, toll: Toll, whole: Statement, around: Toll) -> bool:
    """Whether a count is a share of one given before it in the same document.

    In the same sentence by the same voice; "ten of them"; or a bare number ("six were ...") of the
    same voice or of the document itself, a little later.
    """
    if around.population in UNCOMPARED or toll.high == 0 or toll.low >= around.low or not disjoint(toll, around):
        return False
    _, after = counted_words(part)
    same_sentence, same_voice = part.start == whole.start, _voice(part) == _voice(whole)
    if same_sentence and vocabulary()["part"]["of_them"].match(after.lstrip(" ,")):
        return True
    if not toll.population == around.population == "everybody" or part.start - whole.end > _NEAR:
        return False
    if vocabulary()["part"]["other"].match(after.lstrip()):
        return True
    bare = vocabulary()["nouns"]["bare"].match(after.lstrip()) or not after.strip(" .,")
    return (same_sentence and same_voice) or (bool(bare) and (same_voice or not part.said_by))


def _goes_on(one: Statement, next_: Statement, toll: Toll) -> bool:
    """Whether a bare number goes on about those counted before: "three soldiers were killed and 16 wounded"."""
    if (one.document_id, one.start) != (next_.document_id, next_.start) or _voice(one) != _voice(next_):
        return False
    _, after = counted_words(next_)
    between = next_.content_start - one.content_end
    bare = vocabulary()["nouns"]["bare"].match(after.lstrip()) or not after.strip(" .,")
    return toll.population == "everybody" and bool(bare) and between < _BEFORE


def _is_elsewhere(part: Statement, toll: Toll, whole: Statement, around: Toll) -> bool:
    """Whether a sentence gives a larger number for another place: "377 died at the square and 21 at the bridge"."""
    if part.start != whole.start or not toll.at or not around.at or toll.at == around.at:
        return False
    return toll.population == around.population == "everybody" and toll.low < around.low and disjoint(toll, around)


def _is_in_a_manner(part: Statement, toll: Toll, whole: Toll) -> bool:
    """Whether a count says how or where some died of whom its document counts more: "three were crushed"."""
    if whole.population != "everybody" or toll.population != "everybody" or toll.high in {None, 0}:
        return False
    if (toll.high or 0) >= whole.low:
        return False
    _, after = counted_words(part)
    return bool(vocabulary()["part"]["manner"].search(after))


def _voice(statement: Statement) -> str:
    return fold(statement.said_by[-1].name) if statement.said_by else ""
