"""The people, groups and places of an Arabic or Persian document, and the fullest names they go by."""

import re
from collections import Counter
from dataclasses import replace
from typing import Final, Literal

from muster.extract.pattern_words import Vocabulary, Word
from muster.languages.names import NAME_THRESHOLD, is_given_name, is_title, similarity
from muster.languages.scripts import fold
from muster.records import EntityKind, LocalEntity, Mention, Reading, Words

_NAME_WORDS = 3
_SPACES: Final = re.compile(r"\s+")


class NameBook:
    """Collects names as sentences go by; `finish` returns the entities and mentions."""

    def __init__(self, reading: Reading, known: Vocabulary) -> None:
        self._reading = reading
        self._known = known
        self._entities: dict[str, tuple[EntityKind, str]] = {}  # folded form -> kind, id
        self._forms: dict[str, Counter[str]] = {}
        self._kinds: dict[str, EntityKind] = {}
        self._mentions: dict[tuple[int, int], Mention] = {}

    def is_pronoun(self, words: str) -> bool:
        """Tell whether words stand for somebody named before."""
        return fold(words) in {fold(word) for word in self._known.data["pronouns"]["words"]}

    def note(self, words: tuple[Word, ...], offset: int) -> None:
        """Find the names in a sentence: a given name and what follows, and nouns of groups and places with a name."""
        at = 0
        while at < len(words):
            span = self._person(words, at) or self._headed(words, at, "group") or self._headed(words, at, "place")
            if span:
                kind, end = span
                self._add(kind, offset + words[at].start, offset + words[end - 1].end)
                at = end
            else:
                at += 1

    def _is_plain(self, word: Word) -> bool:
        """Tell whether a word may be part of a name: no known noun, verb, number or particle."""
        if word.token.kind != "word" or word.conjoined or len(word.fold) < 2:
            return False
        known = self._known
        if word.fold in known.words("prepositions") | known.words("negations") | {
            "ان",
            "که",
            "را",
            "التي",
            "الذي",
            "هذا",
            "هذه",
            "اين",
        }:
            return False
        if any(form in known.triggers for form in word.forms) or any(form in self._cues() for form in word.forms[:1]):
            return False
        return not any(known.is_noun(word, kind) for kind in ("person", "armed", "role", "place", "group", "weapon"))

    def _cues(self) -> frozenset[str]:
        cues = self._known.data["cues"]
        return frozenset(
            fold(word.split()[0].lstrip("+")) for kind in ("say", "alleged", "denied") for word in cues[kind]
        )

    def _person(self, words: tuple[Word, ...], at: int) -> tuple[EntityKind, int] | None:
        if words[at].token.kind != "word" or words[at].conjoined or not is_given_name(words[at].token.fold):
            return None
        end = at + 1
        while end < len(words) and end - at < _NAME_WORDS and self._is_plain(words[end]):
            if (
                words[end].fold.startswith("ب")
                and self._known.language == "ar"
                and words[end].fold not in {"بن", "بنت"}
            ):
                break
            end += 1
        return ("person", end) if end - at >= 2 else None

    def _headed(
        self, words: tuple[Word, ...], at: int, kind: Literal["group", "place"]
    ) -> tuple[EntityKind, int] | None:
        if not self._known.is_noun(words[at], kind) or words[at].fold.startswith("ال"):
            return None
        end = at + 1
        while end < len(words) and end - at < _NAME_WORDS and self._is_plain(words[end]):
            definite = words[end].fold.startswith("ال")
            if end - at == 2 and self._known.language == "ar" and not definite:
                break
            if end - at == 2 and self._known.language == "fa":
                break
            end += 1
        return (kind, end) if end > at + 1 else None

    def _add(self, kind: EntityKind, start: int, end: int) -> str:
        form = _SPACES.sub(" ", self._reading.text[start:end])
        key = fold(form)
        if key not in self._entities:
            same = self._same(kind, form)
            self._entities[key] = (kind, same or f"e{len(self._forms) + 1}")
        entity = self._entities[key][1]
        self._forms.setdefault(entity, Counter())[form] += 1
        self._kinds[entity] = kind
        span = (start, end)
        self._mentions[span] = Mention(
            start=start, end=end, words=self._reading.text[start:end], kind=kind, entity=entity
        )
        return entity

    def _same(self, kind: EntityKind, form: str) -> str | None:
        for entity, forms in self._forms.items():
            if self._kinds[entity] != kind:
                continue
            for other in forms:
                if kind == "person" and similarity(form, other) >= NAME_THRESHOLD:
                    return entity
                if kind != "person" and fold(form).removeprefix("ال") == fold(other).removeprefix("ال"):
                    return entity
        return None

    def named(self, words: Words, role: str) -> Words:
        """Return the words with the entity they name and its fullest name."""
        inside = [m for (start, end), m in sorted(self._mentions.items()) if words.start <= start and end <= words.end]
        wanted: dict[str, tuple[EntityKind, ...]] = {"place": ("place",)}
        for mention in inside:
            heads = mention.kind == "person" or mention.start == words.start
            whole = mention.end - mention.start >= 0.6 * (words.end - words.start)
            if mention.kind in wanted.get(role, ("person", "group")) and (heads if role != "target" else whole):
                return replace(words, name=self._fullest(mention.entity), entity=mention.entity)
        if role == "place":
            return self._known_place(words)
        return self._untitled(words) if role == "speaker" else words

    def _known_place(self, words: Words) -> Words:
        """Return "the camp" as the last camp that was named."""
        head = fold(words.words).removeprefix("ال").split()[0]
        for entity, forms in reversed(self._forms.items()):
            if self._kinds[entity] == "place" and any(fold(form).split()[0] == head for form in forms):
                return replace(words, name=self._fullest(entity), entity=entity)
        return words

    def _untitled(self, words: Words) -> Words:
        """Return a speaker whose name no list knows: "General X Y", "X Y, the spokesman of Z"."""
        parts = self._known.read(words.words)
        first = 0
        while first < len(parts) and is_title(parts[first].token.fold):
            first += 1
        end = first
        while end < len(parts) and end - first < _NAME_WORDS and self._is_plain(parts[end]):
            end += 1
        told = first > 0 or (end < len(parts) and self._describes(parts[end]))
        if not 2 <= end - first <= _NAME_WORDS or not told or (end < len(parts) and not self._describes(parts[end])):
            return words
        entity = self._add("person", words.start + parts[first].start, words.start + parts[end - 1].end)
        return replace(words, name=self._fullest(entity), entity=entity)

    def _describes(self, word: Word) -> bool:
        return word.token.kind == "mark" or self._known.is_noun(word, "role") or is_title(word.token.fold)

    def _fullest(self, entity: str) -> str:
        return max(self._forms[entity], key=lambda form: (len(form.split()), len(form), form))

    def main_place(self) -> Words | None:
        """The place that the document names most often, the first of several; None where it names none."""
        counts = {e: sum(forms.values()) for e, forms in self._forms.items() if self._kinds[e] == "place"}
        if not counts:
            return None
        entity = max(counts, key=lambda e: counts[e])
        at = min(span for span, mention in self._mentions.items() if mention.entity == entity)
        words = self._mentions[at].words
        return Words(start=at[0], end=at[1], words=words, name=self._fullest(entity), entity=entity)

    def finish(self) -> tuple[tuple[LocalEntity, ...], tuple[Mention, ...]]:
        """Return the entities, in order of first mention, and all mentions."""
        entities = tuple(
            LocalEntity(
                id=entity,
                kind=self._kinds[entity],
                name=self._fullest(entity),
                forms=tuple(sorted(forms)),
                n_mentions=sum(forms.values()),
            )
            for entity, forms in self._forms.items()
        )
        return entities, tuple(mention for _, mention in sorted(self._mentions.items()))
