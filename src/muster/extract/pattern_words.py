"""Words, forms and act triggers of the Arabic and Persian pattern extractor, from its data files."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from muster.languages.phrases import PhraseTable, Token, to_phrase, tokenize
from muster.languages.scripts import fold

Kind = Literal[
    "active", "either", "suffer", "noun", "victim", "speech", "figure", "withhold", "withhold_if_not"
]  # fmt: skip

_GAP_AR, _GAP_FA, _GAP_SPEECH = 4, 5, 8
_AR_SUFFIXES: Final = (
    "تهم",
    "تها",
    "وها",
    "وهم",
    "هما",
    "ات",
    "ين",
    "ون",
    "ان",
    "وا",
    "تا",
    "ته",
    "هم",
    "ها",
    "ت",
    "ن",
    "ا",
    "ه",
    "ي",
)
_FA_SUFFIXES: Final = ("هايشان", "هايش", "هاي", "ها", "شان", "ان", "ين", "اي", "اش", "ي")
_FA_ENDINGS: Final = "(?:م|ي|يم|يد|ند|ه|هاند|هاست|هام|هايم|هبود|هبودند)?"


@dataclass(frozen=True, slots=True)
class Word:
    """A token with the forms it may be an inflection of; the first is the token itself.

    conjoined: "and" is written onto it.  The first n_whole forms have lost no suffix.
    """

    token: Token
    forms: tuple[str, ...]
    conjoined: bool = False
    n_whole: int = 1

    @property
    def fold(self) -> str:
        """The token as compared, without "and" before it."""
        return self.token.fold[1:] if self.conjoined else self.token.fold

    @property
    def start(self) -> int:
        """Where it begins, without "and" before it."""
        return self.token.start + self.conjoined

    @property
    def end(self) -> int:
        """Where it ends; exclusive."""
        return self.token.end


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an act: each a set of stems; a light verb (Persian) is a pattern of forms."""

    act: str
    kind: Kind
    words: tuple[frozenset[str], ...]
    verb: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger found: word positions first to last (both included), and whether its verb is negated."""

    first: int
    last: int
    trigger: Trigger
    negated: bool = False


class Vocabulary:
    """The data of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.data: dict[str, Any] = tomllib.loads(_text(f"patterns_{language}.toml"))
        self.solid = frozenset(map(fold, self.data.get("solid", {}).get("words", ())))
        self.nouns = {kind: frozenset(map(fold, words)) for kind, words in self.data["nouns"].items()}
        self.withheld = {act: frozenset(map(fold, words)) for act, words in self.data["withheld"].items()}
        self.triggers = self._triggers(_text(f"triggers_{language}.tsv"))
        cues = self.data["cues"]
        self.after_so = frozenset(fold(word) for kind in ("say", "alleged", "denied") for word in cues[kind]) | set(
            self.triggers
        )
        self.bare_verbs = tuple(t for made in self.triggers.values() for t in made if not t.words)
        self._lists = {name: frozenset(map(fold, words)) for name, words in self.data["particles"].items()}
        self._tables: dict[str, PhraseTable[str]] = {}
        self._finite: list[re.Pattern[str]] | None = None

    def words(self, name: str) -> frozenset[str]:
        """Return a list of single words of the [particles] section."""
        return self._lists.get(name, frozenset())

    def phrases(self, section: str, name: str) -> PhraseTable[str]:
        """Return a list of phrases as a table; each stands for itself."""
        key = f"{section}.{name}"
        if key not in self._tables:
            listed: Iterable[str] = self.data[section].get(name, ())
            self._tables[key] = PhraseTable({to_phrase(words): words for words in listed})
        return self._tables[key]

    def is_noun(self, word: Word, kind: str) -> bool:
        """Tell whether a word is a noun of a kind ("person", "armed", "place", ...)."""
        forms = word.forms[: word.n_whole] if kind in {"place", "group", "role"} else word.forms
        return any(form in self.nouns[kind] for form in forms)

    def verb(self, infinitive: str) -> re.Pattern[str]:
        """Return the pattern of a Persian verb's finite forms; group "no" is its negation."""
        past, present = (re.escape(fold(stem)) for stem in self.data["verbs"][infinitive])
        persons = "(?:م|ي|د|يم|يد|ند)"
        forms = (
            rf"(?P<no>ن)?(?:{past}{_FA_ENDINGS}|مي{past}{_FA_ENDINGS}"
            rf"|مي{present}{persons}|ب{present}{persons}?|{present}(?:د|ند))"
        )
        copulas = (
            "|".join(re.escape(fold(word)) for word in self.data["verb_forms"]["copulas"])
            if infinitive == "بودن"
            else ""
        )
        return re.compile(f"{forms}|{copulas}" if copulas else forms)

    def is_finite(self, word: str) -> bool:
        """Tell whether a folded word is a finite form of a listed Persian verb."""
        if self._finite is None:
            self._finite = [self.verb(each) for each in self.data["verbs"]]
        return any(form.fullmatch(word) for form in self._finite)

    def _triggers(self, text: str) -> Mapping[str, tuple[Trigger, ...]]:
        found: dict[str, list[Trigger]] = {}
        for line in text.splitlines():
            if not line or line.startswith("#"):
                continue
            words, act, kind = line.split("\t")
            trigger = self._trigger(words, act, kind)  # type: ignore[arg-type]
            for stem in trigger.words[0] if trigger.words else (f"+{words}",):
                found.setdefault(stem, []).append(trigger)
        return {stem: tuple(sorted(made, key=lambda t: -_length(t))) for stem, made in found.items()}

    def _trigger(self, words: str, act: str, kind: Kind) -> Trigger:
        parts = words.split()
        verb = self.verb(parts[-1][1:]) if parts[-1].startswith("+") else None
        stems = tuple(frozenset(map(fold, part.split("/"))) for part in parts if not part.startswith("+"))
        return Trigger(act, kind, stems, verb)

    def read(self, text: str) -> tuple[Word, ...]:
        """Split a text into words with their forms."""
        tokens = tokenize(text)
        if self.language == "fa":
            tokens = _with_prefixes(tokens)
            return tuple(_persian(token) for token in tokens)
        return tuple(self._arabic(token) for token in tokens)

    def _is_verb(self, word: str) -> bool:
        whole, stripped = _arabic_forms(word)
        return any(form in self.after_so for form in (*whole, *stripped))

    def _arabic(self, token: Token) -> Word:
        word = token.fold
        if token.kind != "word" or word in self.solid:
            return Word(token, (word,))
        conjoined = len(word) >= 4 and (word[0] == "و" or (word[0] == "ف" and self._is_verb(word[1:])))
        if conjoined and word[1:] in self.solid:
            return Word(token, (word[1:],), conjoined)
        whole, stripped = _arabic_forms(word[1:] if conjoined else word)
        return Word(token, (*whole, *stripped), conjoined, len(whole))


def _text(name: str) -> str:
    return files("muster.extract").joinpath(name).read_text("utf-8")


def _length(trigger: Trigger) -> int:
    return len(trigger.words) + (trigger.verb is not None)


def _with_prefixes(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Join the Persian verb prefixes می and نمی to the verb they stand before."""
    made: list[Token] = []
    for token in tokens:
        if made and made[-1].fold in {"مي", "نمي"} and made[-1].end + 1 >= token.start and token.kind == "word":
            before = made.pop()
            token = Token(before.start, token.end, before.fold + token.fold, "word")
        made.append(token)
    return tuple(made)


def _persian(token: Token) -> Word:
    word = token.fold
    plain = [word[: -len(end)] for end in ("هاي", "ها") if word.endswith(end) and len(word) > len(end) + 2]
    stripped = [word[: -len(end)] for end in _FA_SUFFIXES if word.endswith(end) and len(word) - len(end) >= 3]
    return Word(token, tuple(dict.fromkeys((word, *plain, *stripped))), n_whole=1 + len(plain))


def _arabic_forms(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return shorter and shorter readings: without preposition, article and prefix; then without suffix too."""
    bases = [word]
    if word[0] in "بلک" and len(word) >= 4:
        bases.append(word[1:])
    if word.startswith("لل") and len(word) >= 5:
        bases.append(word[2:])
    bases += [base[2:] for base in bases if base.startswith("ال") and len(base) >= 5]
    for base in tuple(bases):
        if base[:2] in {"سي", "ست"} and len(base) >= 5:
            bases.append(base[2:])
        if base[0] in "يت" and len(base) >= 4:
            bases.append(base[1:])
    whole = tuple(dict.fromkeys(bases))
    stripped = [
        base[: -len(end)] for base in whole for end in _AR_SUFFIXES if base.endswith(end) and len(base) - len(end) >= 3
    ]
    return whole, tuple(form for form in dict.fromkeys(stripped) if form not in whole)


@cache
def vocabulary(language: str) -> Vocabulary:
    """Load the vocabulary of "ar" or "fa"."""
    return Vocabulary(language)


def _rest_at(words: tuple[Word, ...], at: int, trigger: Trigger, gap: int) -> tuple[int, bool] | None:
    """Return the last position of a trigger that begins at a word, and whether its verb is negated."""
    last = at
    if trigger.verb is not None and not trigger.words[0] & set(words[at].forms[:1]):
        return None
    for stems in trigger.words[1:]:
        reach = range(last + 1, min(len(words), last + 1 + gap))
        found = next((p for p in reach if stems & set(words[p].forms)), None)
        if found is None:
            return None
        last = found
    if trigger.verb is None:
        return last, False
    for position in range(last + 1, min(len(words), last + 1 + gap)):
        if words[position].token.fold in "،؛.:" and words[position].token.kind == "mark":
            return None
        match = trigger.verb.fullmatch(words[position].token.fold)
        if match:
            return position, bool(match.groupdict().get("no")) or words[position].token.fold.startswith("نمي")
    return None


def _hits_at(words: tuple[Word, ...], at: int, known: Vocabulary) -> Iterator[Hit]:
    gap = _GAP_FA if known.language == "fa" else _GAP_AR
    for form in words[at].forms:
        triggers = known.triggers.get(form, ())
        for trigger in triggers:
            rest = _rest_at(words, at, trigger, _GAP_SPEECH if trigger.kind == "speech" else gap)
            if rest:
                yield Hit(at, rest[0], trigger, rest[1])
        if triggers:
            return


def _verb_hits(words: tuple[Word, ...], at: int, known: Vocabulary) -> Iterator[Hit]:
    for trigger in known.bare_verbs:
        match = trigger.verb.fullmatch(words[at].token.fold) if trigger.verb else None
        if match:
            yield Hit(at, at, trigger, bool(match.groupdict().get("no")))


def find_hits(words: tuple[Word, ...], known: Vocabulary) -> tuple[Hit, ...]:
    """Find the triggers among words, in order; where two overlap the one of more words stands."""
    found: list[Hit] = []
    for at, word in enumerate(words):
        if word.token.kind == "word":
            found += _hits_at(words, at, known)
            if known.language == "fa":
                found += _verb_hits(words, at, known)
    taken: list[Hit] = []
    covered: set[int] = set()
    for hit in sorted(found, key=lambda h: (-_length(h.trigger), h.last - h.first, h.first)):
        if not covered & {hit.first, hit.last}:
            covered |= {hit.first, hit.last}
            taken.append(hit)
    return tuple(sorted(taken, key=lambda h: (h.first, h.last)))
