"""Actor, target, place and number of one clause, by the order of its words."""

from dataclasses import dataclass

from muster.extract.pattern_clauses import Clause
from muster.extract.pattern_words import Hit, Vocabulary, Word
from muster.languages.dates import DateSpan
from muster.languages.numbers import NumberSpan

_DOERS = frozenset({"demonstrate", "escape", "return", "agree"})  # done, not suffered, by the subject
_LONGEST = 9  # words of a noun phrase, at most
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Roles:
    """Word spans (first, end) of a sentence, None where nothing stands for it."""

    actor: Span | None = None
    target: Span | None = None
    number: NumberSpan | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence and what was found in them; numbers count characters as the words do."""

    words: tuple[Word, ...]
    numbers: tuple[NumberSpan, ...]
    known: Vocabulary
    dates: tuple[DateSpan, ...] = ()

    def is_date(self, at: int) -> bool:
        """Tell whether a word is part of a date."""
        return any(d.start <= self.words[at].start < d.end for d in self.dates)

    def number_in(self, span: Span) -> NumberSpan | None:
        """Return the first number that begins inside a span of words."""
        if span[0] >= span[1]:
            return None
        low, high = self.words[span[0]].start, self.words[span[1] - 1].end
        return next((n for n in self.numbers if low <= n.start and n.number_start < high), None)

    def is_number(self, at: int) -> bool:
        """Tell whether a word is part of a number or of what qualifies it."""
        return any(n.start <= self.words[at].start < n.end for n in self.numbers)

    def is_preposition(self, at: int) -> bool:
        """Tell whether a noun phrase ends before a word."""
        word = self.words[at]
        if self.is_number(at):
            return False
        return word.fold in self.known.words("prepositions") or word.fold in self.known.words("object")

    def starts_agent(self, at: int) -> int | None:
        """Return the position after "by", "by the hand of", or None."""
        tokens = tuple(word.token for word in self.words)
        found = self.known.phrases("particles", "by_agent").at(tokens, at)
        return found[0] if found else None


def _is_of(sentence: Sentence, at: int) -> bool:
    """Tell whether a preposition only continues a quantity: "25 of the residents", "some of the prisoners"."""
    word, before = sentence.words[at].fold, sentence.words[at - 1] if at else None
    if before is None or word not in {"من", "از"}:
        return False
    quantifiers = sentence.known.words("quantifiers") | {"عدد", "عددا", "العديد", "بعض", "اي"}
    return sentence.is_number(at - 1) or before.fold in quantifiers or sentence.known.is_noun(before, "person")


def phrase(sentence: Sentence, first: int, end: int, stops: frozenset[int] = frozenset()) -> Span | None:
    """Return the noun phrase that begins at a word: up to a preposition, a mark, a verb or "by"."""
    at = first
    while at < end and at - first < _LONGEST:
        word = sentence.words[at]
        if word.token.kind == "mark" and not sentence.is_number(at):
            break
        if at in stops or sentence.starts_agent(at) is not None:
            break
        if at > first and word.fold in {"و"} and sentence.known.language == "fa" and not sentence.is_number(at):
            break
        if sentence.is_preposition(at) and not _is_of(sentence, at):
            break
        if sentence.known.language == "ar" and at > first and _is_glued_preposition(sentence, at):
            break
        if word.fold in sentence.known.words("negations") and word.fold != "اي":
            break
        at += 1
    return (first, at) if at > first else None


def _is_glued_preposition(sentence: Sentence, at: int) -> bool:
    """Tell whether an Arabic word carries "with" or "to": بالحجارة, لنقل, بقتل."""
    word = sentence.words[at]
    fold_ = word.token.fold
    if word.token.kind != "word" or word.conjoined or fold_ in sentence.known.solid:
        return False
    return fold_.startswith(("بال", "لل")) or (
        fold_[:1] == "ب" and any(f in sentence.known.triggers for f in word.forms[1:2])
    )


def _agent(sentence: Sentence, clause: Clause) -> Span | None:
    for at in range(clause.first, clause.end):
        after = sentence.starts_agent(at)
        if after is not None:
            return phrase(sentence, after, clause.end)
    return None


def _stops(clause: Clause, hit: Hit) -> frozenset[int]:
    return frozenset(other.first for other in clause.hits if other is not hit and other.trigger.kind != "victim")


def _skip_leading(sentence: Sentence, first: int, end: int) -> int:
    """Return where a subject begins: after conjunctions, particles and adverbial phrases."""
    links = {
        "ان",
        "بان",
        "انه",
        "انها",
        "انهم",
        "يکون",
        "تکون",
        "يکونوا",
        "و",
        "که",
        "قد",
        "لم",
        "لن",
        "لا",
        "کان",
        "کانت",
        "ما",
        "ليس",
        "اما",
    }
    tokens = tuple(word.token for word in sentence.words)
    while first < end:
        found = sentence.known.phrases("particles", "introducers").at(tokens, first)
        boundary = sentence.known.phrases("particles", "boundaries").at(tokens, first)
        leading = sentence.words[first].token.kind == "mark" or sentence.words[first].fold in links
        if leading or sentence.is_date(first):
            first += 1
        elif found or boundary:
            first = (found or boundary)[0]  # type: ignore[index]
        else:
            break
    return first


def _subject(sentence: Sentence, first: int, end: int) -> Span | None:
    """Return the noun phrase before a verb, leaving out phrases such as "in the evening" before it."""
    first = _skip_leading(sentence, first, end)
    while first < end and (sentence.is_preposition(first) or _is_glued_preposition(sentence, first)):
        skipped = phrase(sentence, first + 1, end)
        nxt = skipped[1] if skipped else first + 1
        if nxt >= end:
            return None
        first = _skip_leading(sentence, nxt, end)
    return phrase(sentence, first, end)


def _second_phrase(sentence: Sentence, span: Span) -> int | None:
    """Return where the object begins in "the soldiers | ten residents", which Arabic sets side by side."""
    known = sentence.known
    if span[1] > span[0] + 1 and known.is_noun(sentence.words[span[0]], "armed"):
        first, second = sentence.words[span[0]].fold, sentence.words[span[0] + 1].fold
        if first.startswith("ال") and not second.startswith("ال"):
            return span[0] + 1  # a definite noun has a definite adjective: this is the object
    for at in range(span[0] + 1, span[1]):
        if sentence.is_number(at) and not sentence.is_number(at - 1):
            return at
        starts = any(known.is_noun(sentence.words[at], kind) for kind in ("person", "place"))
        if starts and not known.is_noun(sentence.words[at - 1], "group") and not sentence.is_number(at - 1):
            return at
    return None


# --- Arabic ----------------------------------------------------------------------------------------


def _object(
    sentence: Sentence, at: int, clause: Clause, stops: frozenset[int], only: frozenset[str] | None = None
) -> Span | None:
    """Return the phrase after a preposition that leads to an object ("against X", "on X")."""
    leading = only or sentence.known.words("object_prepositions")
    for position in range(at, clause.end):
        word = sentence.words[position]
        if word.fold in leading:
            return phrase(sentence, position + 1, clause.end, stops)
        if word.token.fold.startswith("لل"):
            return phrase(sentence, position, clause.end, stops)
    return None


def _arabic_verb(sentence: Sentence, clause: Clause, hit: Hit) -> Roles:
    """Roles of a verb: what stands after it, else before it, and "by the hand of" anywhere."""
    stops = _stops(clause, hit)
    inner = (hit.first + 1, hit.last) if hit.last > hit.first + 1 else None
    after = phrase(sentence, hit.last + 1, clause.end, stops)
    if inner and sentence.words[inner[0]].token.kind == "word":
        after = after if hit.trigger.kind == "active" else phrase(sentence, inner[0], inner[1])
    before = None if sentence.words[hit.first].conjoined else _subject(sentence, clause.first, hit.first)
    agent = _agent(sentence, clause)
    if hit.trigger.kind == "figure":
        return Roles(actor=_until_number(sentence, after or before))
    if hit.trigger.kind == "suffer":
        subject = after or before
        if hit.trigger.act in _DOERS:
            return Roles(actor=subject)
        if hit.trigger.act == "attack" and subject and _holds(sentence, (hit.first, subject[1]), "weapon"):
            return Roles(actor=agent, target=_object(sentence, hit.last + 1, clause, stops))
        return Roles(actor=agent, target=subject)
    if before:
        target = after or _object(sentence, hit.last + 1, clause, stops)
        if hit.trigger.kind == "either" and (after is None or agent):
            return Roles(actor=agent, target=before)
        return Roles(actor=before, target=target)
    if inner:
        actor = phrase(sentence, *inner)
        return Roles(actor=actor, target=_object(sentence, hit.last, clause, stops) or after)
    if after is None:
        return Roles(actor=agent, target=_object(sentence, hit.last + 1, clause, stops))
    split = _second_phrase(sentence, after)
    is_armed = any(sentence.known.is_noun(sentence.words[after[0]], kind) for kind in ("armed", "group"))
    if hit.trigger.kind == "either" and not (is_armed and split):
        return Roles(actor=agent, target=after)
    if split:
        return Roles(actor=(after[0], split), target=(split, after[1]))
    target = _object(sentence, after[1], clause, stops)
    if target is None and not is_armed and hit.trigger.act not in {"interview_or_visit"}:
        return Roles(actor=agent, target=after)
    return Roles(actor=after, target=target)


def _holds(sentence: Sentence, span: Span, kind: str) -> bool:
    return any(sentence.known.is_noun(sentence.words[at], kind) for at in range(*span))


def _until_number(sentence: Sentence, span: Span | None) -> Span | None:
    """Return the words before the number in "the camp | some 3,400 residents"."""
    end = next((at for at in range(*span) if sentence.is_number(at)), span[1]) if span else 0
    return (span[0], end) if span and end > span[0] else None


def _arabic_noun(sentence: Sentence, clause: Clause, hit: Hit) -> Roles:
    """Roles of an event noun: "the attack of X on Y", "the death of X"."""
    stops = _stops(clause, hit)
    after = phrase(sentence, hit.last + 1, clause.end, stops)
    agent = _agent(sentence, clause)
    if hit.trigger.act not in {"attack", "interview_or_visit", "demonstrate"}:
        return Roles(actor=agent, target=after or _object(sentence, hit.last + 1, clause, stops))
    target = _object(sentence, hit.last + 1, clause, stops, frozenset({"علي", "ضد"}))
    if after and target is None and sentence.known.is_noun(sentence.words[after[0]], "place"):
        return Roles(actor=agent, target=after)
    armed = after and any(sentence.known.is_noun(sentence.words[after[0]], kind) for kind in ("armed", "group"))
    return Roles(actor=after if armed else agent, target=target)


def _speech(sentence: Sentence, clause: Clause, hit: Hit) -> Roles:
    """Who performs a speech act, and against or to whom."""
    end = clause.end
    before = None if sentence.words[hit.first].conjoined else _subject(sentence, clause.first, hit.first)
    inner = (hit.first + 1, hit.last) if hit.last > hit.first + 1 else None
    after = phrase(sentence, hit.last + 1, end, _stops(clause, hit))
    if inner:
        return Roles(actor=phrase(sentence, *inner) or before, target=after)
    if before:
        return Roles(actor=before, target=after)
    if after is None:
        return Roles()
    if hit.trigger.act == "accuse" and sentence.words[hit.first].conjoined and not _second_name(sentence, after):
        return Roles(target=after)  # "and accused the battalion": by whoever spoke before
    split = _second_name(sentence, after) if hit.trigger.act in {"accuse", "threaten", "appeal"} else None
    return Roles(actor=(after[0], split or after[1]), target=(split, after[1]) if split else None)


def _second_name(sentence: Sentence, span: Span) -> int | None:
    known = sentence.known
    for at in range(span[0] + 1, span[1]):
        word, before = sentence.words[at], sentence.words[at - 1]
        starts = any(known.is_noun(word, kind) for kind in ("armed", "group", "person"))
        joined = before.fold in {"باسم"} or known.is_noun(before, "role") or known.is_noun(before, "person")
        if starts and not joined:
            return at
    return None


_NOUNS = ("noun", "victim", "figure")


# --- Persian ---------------------------------------------------------------------------------------


def _persian_object(sentence: Sentence, first: int, end: int) -> Span | None:
    """Return what stands before "را", else after "to"."""
    mark = next((at for at in range(end - 1, first, -1) if sentence.words[at].fold == "را"), None)
    if mark is not None:
        start = mark
        while start > first and mark - start < _LONGEST and not _breaks(sentence, start - 1):
            start -= 1
        return (start, mark) if start < mark else None
    for at in range(first, end):
        if sentence.words[at].fold in {"به", "بر", "علیه", "عليه", "از", "با"} and not _is_of(sentence, at):
            found = phrase(sentence, at + 1, end)
            weapons = [p for p in range(*found) if sentence.known.is_noun(sentence.words[p], "weapon")] if found else []
            return (found[0], weapons[0]) if found and weapons and weapons[0] > found[0] else found
    return None


def _breaks(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    return word.token.kind == "mark" or (sentence.is_preposition(at) and not _is_of(sentence, at))


def _persian_verb(sentence: Sentence, clause: Clause, hit: Hit) -> Roles:
    """Roles of a verb, which ends its clause: the subject comes first, the object before "را" or after "to"."""
    subject = _subject(sentence, clause.first, hit.first)
    agent = _agent(sentence, clause)
    if hit.trigger.kind == "figure":
        return Roles(target=subject)
    if hit.trigger.kind == "suffer" and hit.trigger.act in _DOERS:
        return Roles(actor=subject)
    weapons = hit.trigger.act == "attack" and subject is not None and _holds(sentence, subject, "weapon")
    if hit.trigger.kind == "suffer" and not weapons:
        return Roles(actor=agent, target=subject)
    first = subject[1] if subject else clause.first
    target = _persian_object(sentence, first, hit.first)
    if subject and subject[1] < len(sentence.words) and sentence.words[subject[1]].fold == "را":
        split = _first_noun_end(sentence, subject)
        if split:
            return Roles(actor=(subject[0], split), target=(split, subject[1]))
        return Roles(actor=agent, target=subject)
    return Roles(actor=agent if weapons else subject or agent, target=target)


def _first_noun_end(sentence: Sentence, span: Span) -> int | None:
    """Return where the object begins in "the guards | two prisoners" before "را"."""
    known = sentence.known
    for at in range(span[0] + 1, span[1]):
        if sentence.is_number(at) and not sentence.is_number(at - 1):
            return at
        starts = any(known.is_noun(sentence.words[at], kind) for kind in ("person", "place", "group"))
        if starts and sentence.words[at - 1].fold[-1:] not in {"ي"} and not sentence.is_number(at - 1):
            return at
    return None


def _persian_noun(sentence: Sentence, clause: Clause, hit: Hit) -> Roles:
    if hit.trigger.act == "demonstrate":
        return Roles(actor=_subject(sentence, clause.first, hit.first))
    after = phrase(sentence, hit.last + 1, clause.end, _stops(clause, hit))
    agent = _agent(sentence, clause)
    if hit.trigger.act == "attack":
        target = _persian_object(sentence, hit.last + 1, clause.end)
        armed = after and any(sentence.known.is_noun(sentence.words[after[0]], kind) for kind in ("armed", "group"))
        return Roles(actor=after if armed else agent, target=target)
    return Roles(actor=agent, target=after)


# --- both ------------------------------------------------------------------------------------------


def _victims(sentence: Sentence, clause: Clause, hit: Hit) -> Roles:
    """Roles of "12 dead": the number beside the noun, and both as the target."""
    low, high = sentence.words[hit.first].start, sentence.words[hit.last].end
    near: NumberSpan | None = None
    for number in sentence.numbers:
        inside = number.start <= low < number.end or low <= number.number_start < high
        before = 0 <= low - number.end <= 1 or (
            0 <= low - number.end <= 18 and _one_word_between(sentence, number, hit)
        )
        behind = 0 <= number.start - high <= 1
        if inside or before or behind:
            near = number
            break
    if near is None:
        spans = ((hit.last + 1, clause.end), (clause.first, hit.first))
        near = next((n for span in spans if (n := sentence.number_in(span))), None)
        near = near if hit.trigger.act == "kill" else None
    first = next((at for at, word in enumerate(sentence.words) if near and word.end > near.start), hit.first)
    first = min(first, hit.first) if near and near.start <= low else (first if near else hit.first)
    after = phrase(sentence, max(first, clause.first), clause.end, _stops(clause, hit))
    return Roles(actor=_agent(sentence, clause), target=after, number=near)


def _one_word_between(sentence: Sentence, number: NumberSpan, hit: Hit) -> bool:
    between = [at for at in range(hit.first) if sentence.words[at].start >= number.end]
    return len(between) == 1 and sentence.words[between[0]].token.kind == "word"


def roles_of(sentence: Sentence, clause: Clause, hit: Hit) -> Roles:
    """Return who did it, to whom or what, and how many, as far as word order tells."""
    kind = hit.trigger.kind
    if kind == "victim":
        return _victims(sentence, clause, hit)
    if kind == "speech":
        found = (
            _speech(sentence, clause, hit) if sentence.known.language == "ar" else _persian_verb(sentence, clause, hit)
        )
    elif sentence.known.language == "ar":
        found = _arabic_noun(sentence, clause, hit) if kind == "noun" else _arabic_verb(sentence, clause, hit)
    else:
        found = _persian_noun(sentence, clause, hit) if kind == "noun" else _persian_verb(sentence, clause, hit)
    actor, target = (_naming(sentence, clause, span) for span in (found.actor, found.target))
    return Roles(actor, target, _number(sentence, clause, hit, found))


def _naming(sentence: Sentence, clause: Clause, span: Span | None) -> Span | None:
    """Return what of a stretch can name somebody: it opens with no verb of Arabic, and ends in none of Persian."""
    if span is None:
        return None
    if sentence.known.language == "ar":
        opens = any(other.first == span[0] and other.trigger.kind not in _NOUNS for other in clause.hits)
        return None if opens else span
    word = sentence.words[span[1] - 1]
    behind = sentence.words[span[1]] if span[1] < len(sentence.words) else None
    last = behind is None or behind.token.kind == "mark" or behind.fold == "و"
    if not last or word.token.kind != "word" or not sentence.known.is_finite(word.fold):
        return span
    people = (at for at in range(*span) if sentence.known.is_noun(sentence.words[at], "person"))
    first = next(people, None)
    return None if first is None else (span[0], first + 1)  # "seven people | entered a minefield and were killed"


def _number(sentence: Sentence, clause: Clause, hit: Hit, roles: Roles) -> NumberSpan | None:
    for role in (roles.target, roles.actor if hit.trigger.act in _DOERS else None):
        found = sentence.number_in(role) if role else None
        if found:
            return found
    if hit.trigger.kind in {"figure", "suffer", "either"}:
        spans = [(hit.last + 1, clause.end), (clause.first, hit.first)]
        return next((n for span in spans if (n := sentence.number_in(span))), None)
    if hit.trigger.act == "attack":
        return sentence.number_in((clause.first, clause.end))
    return None


def counts_weapons(sentence: Sentence, number: NumberSpan) -> bool:
    """Tell whether a number counts rockets, shells, rounds."""
    following = [word for word in sentence.words if word.start >= number.end][:1]
    inside = [word for word in sentence.words if number.start <= word.start < number.end]
    return any(sentence.known.is_noun(word, "weapon") for word in (*following, *inside))


def place_in(sentence: Sentence, first: int, end: int) -> Span | None:
    """Return the last place noun of a stretch with the name behind it: "Camp X", "the camp"."""
    found: list[Span] = []
    for at in range(first, end):
        word = sentence.words[at]
        if word.token.kind != "word" or not sentence.known.is_noun(word, "place") or _is_of_body(sentence, at):
            continue
        last = at + 1
        while last < min(end, at + 3) and _names_on(sentence, at, last):
            last += 1
        found.append((at, last))
    named = [span for span in found if span[1] > span[0] + 1]
    return (named or found or [None])[0]  # type: ignore[list-item]


def _is_of_body(sentence: Sentence, at: int) -> bool:
    """Tell whether a noun of a place only says of what a body or an office is: "the organisation of prisons"."""
    before = sentence.words[at - 1] if at else None
    if before is None or before.token.kind != "word" or sentence.words[at].conjoined:
        return False
    return any(sentence.known.is_noun(before, kind) for kind in ("group", "role"))


def _names_on(sentence: Sentence, place: int, at: int) -> bool:
    """Tell whether a word still belongs to the name of a place."""
    word, known = sentence.words[at], sentence.known
    if word.token.kind != "word" or word.conjoined or sentence.is_number(at) or word.fold in {"و", "را"}:
        return False
    if sentence.is_preposition(at) or sentence.starts_agent(at) is not None or word.fold in known.words("negations"):
        return False
    if any(form in known.triggers for form in word.forms) and word.fold not in known.solid:
        return False
    definite = sentence.words[place].fold.startswith("ال") and known.language == "ar"
    if definite:
        return False
    if known.language == "ar" and at - place == 2:
        return word.fold.startswith("ال")
    if known.language == "fa" and at - place == 2:
        return False
    return not any(known.is_noun(word, kind) for kind in ("person", "armed"))
