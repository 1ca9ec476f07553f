"""Arabic and Persian prose to statements, by vocabulary and word order: no parser, no model.

Weaker than the English extractor, and it says so: confidence is low.  Method and measured quality:
docs/method/arabic-and-persian.md.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from muster.extract.identity import statement_id
from muster.extract.inherited import Draft
from muster.extract.pattern_clauses import Clause, clauses, sentences, trimmed
from muster.extract.pattern_manner import is_denied, modality_of
from muster.extract.pattern_names import NameBook
from muster.extract.pattern_roles import (
    Roles,
    Sentence,
    Span,
    counts_weapons,
    place_in,
    roles_of,
)
from muster.extract.pattern_speech import Saying, dateline_end, find_sayings
from muster.extract.pattern_words import Hit, find_hits, vocabulary
from muster.extract.scenes import placed
from muster.languages.dates import find_dates
from muster.languages.numbers import find_counts
from muster.languages.scripts import fold
from muster.records import Count, Counted, Extraction, Modality, Polarity, Reading, Statement, When, Words

VERSION = "patterns/1"
_CONFIDENCE = {"active": 0.6, "either": 0.55, "suffer": 0.65, "victim": 0.6, "noun": 0.45, "speech": 0.6}
_COUNTED: dict[str, Counted] = {
    "kill": "killed", "die_other": "killed", "injure": "injured", "detain": "detained", "release": "detained",
    "abduct": "missing", "disappear": "missing", "report_figure": "residents", "transfer": "residents",
    "displace": "residents",
}  # fmt: skip
_DATED = frozenset({
    "attack", "kill", "injure", "die_other", "detain", "abduct", "disappear", "damage_property", "transfer", "escape",
    "release", "ill_treat", "demonstrate",
})  # fmt: skip
_TOLD = frozenset({"accuse", "claim_responsibility", "deny_responsibility"})  # what these are about has happened
_ANY = frozenset({"اي", "هيچ", "کسي", "احد"})
_SPEECH_MODALITY: dict[str, Modality] = {"appeal": "demanded", "threaten": "threatened", "offer": "offered"}


@dataclass(slots=True)
class _State:
    """What is carried from sentence to sentence: who spoke last, which date was named last, an open quotation."""

    names: NameBook
    speaker: Words | None = None
    reference: str | None = None
    date: When | None = None
    quoted: Words | None = None
    found: list[Statement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words of a sentence that one speaker says (None: the author), and how he holds it."""

    first: int
    end: int
    said_by: Words | None = None
    cue: Words | None = None
    held: Literal["say", "alleged", "denied", "possible"] = "say"


class PatternExtractor:
    """Extracts statements from Arabic ("ar") or Persian ("fa") readings."""

    version = VERSION

    def __init__(self, language: str) -> None:
        self._known = vocabulary(language)
        self._language = language

    def extract(self, reading: Reading) -> Extraction:
        """Return all statements of a reading; every quote, content and name is at its offsets."""
        state = _State(NameBook(reading, self._known))
        for start, end in sentences(reading):
            self._sentence(reading, start, end, state)
        main_place = state.names.main_place()
        entities, mentions = state.names.finish()
        kept: dict[str, Statement] = {}
        for statement in state.found:
            kept.setdefault(statement.id, statement)
        starts = [block.start for block in reading.blocks]
        drafts = [
            Draft(statement=s, block=bisect_right(starts, s.start), passing=_is_whence(reading.text, s.place))
            for s in kept.values()
        ]
        return Extraction(
            document_id=reading.document_id,
            statements=tuple(d.statement for d in placed(drafts, main_place)),
            entities=entities,
            mentions=mentions,
        )

    def _sentence(self, reading: Reading, start: int, end: int, state: _State) -> None:
        text = reading.text[start:end]
        words = self._known.read(text)
        hits = find_hits(words, self._known)
        state.names.note(words, start)
        dates = find_dates(text, self._language, reading.published_on, state.reference)
        if hits:
            numbers = find_counts(text, self._language)
            sentence = _Located(Sentence(words, numbers, self._known, dates), reading, start, end)
            for stretch in self._stretches(sentence, hits, state):
                for clause in clauses(words, stretch.first, stretch.end, hits, numbers, self._known):
                    self._clause(sentence, clause, stretch, state)
        if dates:
            state.reference = dates[-1].edtf
            last = dates[-1]
            state.date = When(edtf=last.edtf, basis="inherited", weekday=last.weekday)

    def _stretches(self, sentence: "_Located", hits: tuple[Hit, ...], state: _State) -> Iterator[_Stretch]:
        """Yield what each speaker says in a sentence, and what is left to its author."""
        words = sentence.inner.words
        dated = frozenset(at for at in range(len(words)) if sentence.inner.is_date(at))
        sayings = find_sayings(words, hits, self._known, dated)
        covered = [False] * len(words)
        made: list[_Stretch] = []
        for saying in sayings:
            speaker = self._speaker(sentence, saying, state)
            cue = sentence.words(saying.cue)
            made.append(_Stretch(*saying.content, speaker, cue, saying.held))
            state.speaker = speaker or state.speaker
            for first, end in (saying.content, saying.cue, saying.speaker or (0, 0)):
                covered[first:end] = [True] * (end - first)
        at = 0
        while at < len(words):
            end = at
            while end < len(words) and not covered[end]:
                end += 1
            if end > at:
                made.append(_Stretch(at, end, state.quoted))
            at = max(end, at + 1)
        opened, closed = text_has_quotes(sentence.text)
        if opened > closed and sayings:
            state.quoted = state.speaker
        elif closed > opened:
            state.quoted = None
        yield from sorted(made, key=lambda stretch: stretch.first)

    def _speaker(self, sentence: "_Located", saying: Saying, state: _State) -> Words | None:
        if saying.speaker is None:
            return state.speaker
        words = sentence.words(saying.speaker)
        if state.names.is_pronoun(words.words):
            known = state.speaker
            return replace(words, name=known.name, entity=known.entity) if known else words
        return state.names.named(words, "speaker")

    # --- one clause -------------------------------------------------------------------------------

    def _clause(self, sentence: "_Located", clause: Clause, stretch: _Stretch, state: _State) -> None:
        acts: dict[str, Hit] = {}
        order = {
            "active": 0,
            "either": 0,
            "suffer": 0,
            "speech": 0,
            "withhold": 0,
            "withhold_if_not": 0,
            "figure": 1,
            "victim": 2,
            "noun": 3,
        }
        for hit in clause.hits:
            act = self._act(sentence.inner, clause, hit)
            if act and (act not in acts or order[hit.trigger.kind] < order[acts[act].trigger.kind]):
                acts[act] = hit
        speech = next((hit for act, hit in acts.items() if hit.trigger.kind == "speech"), None)
        counted: set[int] = set()
        for act, hit in sorted(acts.items(), key=lambda item: (item[1].trigger.kind == "victim", item[1].first)):
            asked = speech is not None and speech.trigger.act not in _TOLD and hit.first > speech.first
            if asked and hit is not speech:
                continue  # what is asked for or threatened is no event
            inner = speech is not None and hit is not speech and speech.trigger.act == "accuse"
            by = self._accused(sentence, clause, speech, stretch, state) if inner and speech else None
            mine = roles_of(sentence.inner, clause, hit)
            if hit.trigger.kind == "victim" and mine.number and mine.number.start in counted:
                continue  # "three of the wounded were killed": they are counted among the killed
            statement = self._statement(sentence, clause, hit, act, by or stretch, len(acts), state)
            if statement:
                state.found.append(statement)
                if stretch.held == "denied" and mine.actor and self._own_men(sentence.inner, mine.actor):
                    state.found.append(_disowned(statement, stretch))
                counted |= {mine.number.start} if mine.number else set()

    def _accused(
        self, sentence: "_Located", clause: Clause, speech: Hit, stretch: _Stretch, state: _State
    ) -> _Stretch | None:
        """Return the stretch of what somebody is accused of: said by the accuser, held as alleged."""
        actor = roles_of(sentence.inner, clause, speech).actor
        if actor is None:
            return None
        speaker = state.names.named(sentence.words(actor), "speaker")
        return _Stretch(
            speech.last + 1, clause.end, speaker, sentence.words((speech.first, speech.first + 1)), "alleged"
        )

    def _own_men(self, sentence: Sentence, actor: Span) -> bool:
        """Tell whether those who are said not to have done it are the speaker's own ("his men")."""
        head = sentence.words[actor[0]]
        if self._language == "fa":
            tokens = tuple(word.token for word in sentence.words)
            return self._known.phrases("particles", "own_men").at(tokens, actor[0]) is not None
        stems = self._known.words("own_men")
        return any(head.fold == stem + end for stem in stems for end in ("ه", "ها", "هم", "نا"))

    def _act(self, sentence: Sentence, clause: Clause, hit: Hit) -> str | None:
        if hit.trigger.act == "kill" and self._is_natural(sentence, hit):
            return "die_other"
        if hit.trigger.kind == "noun" and hit.first and sentence.words[hit.first - 1].fold in {"با", "اثر"}:
            return None  # "killed by gunfire": the manner, not another event
        if hit.trigger.kind not in {"withhold", "withhold_if_not"}:
            return hit.trigger.act
        if hit.trigger.kind == "withhold_if_not" and not hit.negated:
            return None
        forms = {form for word in sentence.words[clause.first : clause.end] for form in word.forms}
        return next((act for act, words in self._known.withheld.items() if words & forms), None)

    def _is_natural(self, sentence: Sentence, hit: Hit) -> bool:
        """Tell whether a death is of illness, hunger or accident: so verb and cause say."""
        causes = self._known.data["causes"]
        if sentence.words[hit.first].fold not in set(map(fold, causes["verbs"])):
            return False
        near = sentence.words[max(0, hit.first - 7) : hit.last + 8]
        return any(word.fold in set(map(fold, causes["words"])) for word in near)

    def _content(self, sentence: "_Located", clause: Clause, hit: Hit, roles: Roles, n_acts: int) -> Span:
        """Return the words that say it: the clause, or its own part where the clause says several things."""
        first, end = clause.first, clause.end
        accused = next((other for other in clause.hits if other.trigger.act == "accuse"), None)
        if accused and hit is not accused and hit.first > accused.first:
            return trimmed(sentence.inner.words, hit.first, end, self._known)
        if hit.trigger.kind in {"noun", "victim"} and n_acts > 1:
            own = [span for span in (roles.actor, roles.target) if span]
            first = min([hit.first, *(span[0] for span in own if span[0] >= clause.first and hit.first - span[0] <= 4)])
        elif hit.trigger.kind == "noun" and self._language == "ar" and not sentence.inner.words[first].conjoined:
            first = hit.first
        later = [
            other.first
            for other in clause.hits
            if other.first > hit.last and other.trigger.kind not in {"victim", "noun"}
        ]
        if n_acts > 1 and later and self._language == "ar" and sentence.inner.words[later[0]].conjoined:
            end = min(later)
        dated = frozenset(at for at in range(first, end) if sentence.inner.is_date(at))
        return trimmed(sentence.inner.words, first, end, self._known, dated)

    def _statement(
        self, sentence: "_Located", clause: Clause, hit: Hit, act: str, stretch: _Stretch, n_acts: int, state: _State
    ) -> Statement | None:
        inner = sentence.inner
        roles = roles_of(inner, clause, hit)
        kind = hit.trigger.kind
        content = self._content(sentence, clause, hit, roles, n_acts)
        if content[0] >= content[1]:
            return None
        place = place_in(inner, clause.first, clause.end)
        told = (dateline_end(inner.words), len(inner.words))
        own = (max(clause.first, told[0]), clause.end)
        when = (sentence.date_in(own) if own[0] < own[1] else None) or sentence.date_in(told)
        negative = kind == "withhold_if_not" or any(stems & {"لم", "لا"} for stems in hit.trigger.words)
        denied = is_denied(inner, clause, hit) and not negative
        denied = denied or (stretch.held == "denied" and hit.trigger.kind != "speech")
        count = self._count(inner, clause, hit, act, roles, denied)
        if kind in {"victim", "figure"} and count is None:
            return None
        if kind == "noun" and not (
            stretch.held == "denied" or place or roles.target or roles.actor or sentence.date_in(content)
        ):
            return None
        if when is None and act in _DATED:
            when = state.date or sentence.published()
        return self._made(sentence, content, act, roles, place, when, count, denied, stretch, hit, state)

    def _count(
        self, sentence: Sentence, clause: Clause, hit: Hit, act: str, roles: Roles, denied: bool
    ) -> Count | None:
        number = roles.number
        of = _COUNTED.get(act, "other")
        if number is None:
            words = {word.fold for word in sentence.words[clause.first : clause.end]}
            none = denied and act in {"kill", "injure", "detain", "abduct", "disappear"}
            return Count(low=0, high=0, of=of) if none and (hit.trigger.kind == "victim" or words & _ANY) else None
        if number.none and act not in {"kill", "injure", "detain", "die_other"}:
            return None
        if counts_weapons(sentence, number):
            if act != "attack":
                return None
            of = "weapons"
        elif act in {
            "attack",
            "damage_property",
            "appeal",
            "accuse",
            "threaten",
            "deny_access",
            "designate",
            "agree",
            "claim_responsibility",
            "deny_responsibility",
        }:
            return None
        return Count(low=number.low, high=number.high, of=of, words=number.words, approximate=number.approximate)

    def _made(
        self,
        sentence: "_Located",
        content: Span,
        act: str,
        roles: Roles,
        place: Span | None,
        when: When | None,
        count: Count | None,
        denied: bool,
        stretch: _Stretch,
        hit: Hit,
        state: _State,
    ) -> Statement:
        names = state.names
        whole = sentence.words(content)
        actor = names.named(sentence.words(roles.actor), "actor") if roles.actor else None
        if actor and names.is_pronoun(actor.words) and state.speaker:
            actor = replace(actor, name=state.speaker.name, entity=state.speaker.entity)
        said_by = (stretch.said_by,) if stretch.said_by else ()
        if hit.trigger.kind == "speech" and actor is None and state.speaker and not said_by:
            actor = state.speaker
        if hit.trigger.kind == "speech" and actor:
            state.speaker = actor
        held: Modality = (
            "alleged" if stretch.held == "alleged" else ("possible" if stretch.held == "possible" else "asserted")
        )
        clause = Clause(content[0], content[1], (hit,))
        modality = _SPEECH_MODALITY.get(act) if hit.trigger.kind == "speech" else None
        polarity: Polarity = "denied" if denied else "affirmed"
        return Statement(
            id=statement_id(
                sentence.reading.document_id, sentence.start, sentence.end, whole.start, whole.end, act, str(hit.first)
            ),
            document_id=sentence.reading.document_id,
            start=sentence.start,
            end=sentence.end,
            quote=sentence.text,
            content_start=whole.start,
            content_end=whole.end,
            content=whole.words,
            said_by=said_by,
            cue=stretch.cue,
            act=act,
            actor=actor,
            target=names.named(sentence.words(roles.target), "target") if roles.target else None,
            place=names.named(sentence.words(place), "place") if place else None,
            when=when,
            count=count,
            polarity=polarity,
            modality=modality or modality_of(sentence.inner, clause) or held,
            confidence=_CONFIDENCE.get(hit.trigger.kind, 0.5),
            extractor=VERSION,
        )


def _disowned(statement: Statement, stretch: _Stretch) -> Statement:
    """Return the denial that "his men did not fire" is, beside what is denied."""
    act = "deny_responsibility"
    start = min(statement.content_start, stretch.cue.start) if stretch.cue else statement.content_start
    span = (statement.start, statement.end, start, statement.content_end)
    return replace(
        statement,
        id=statement_id(statement.document_id, *span, act),
        content_start=start,
        content=statement.quote[start - statement.start : statement.content_end - statement.start],
        act=act,
        said_by=(),
        actor=stretch.said_by,
        target=None,
        count=None,
        polarity="affirmed",
        modality="asserted",
    )


def _is_whence(text: str, place: Words | None) -> bool:
    """Return whether a place stands behind "from": whence somebody or a sound came."""
    return place is not None and text[: place.start].split()[-1:] in (["از"], ["من"])


def text_has_quotes(text: str) -> tuple[int, int]:
    """Return how many quotation marks a text opens and closes."""
    return text.count("«") + text.count("“"), text.count("»") + text.count("”")


@dataclass(frozen=True, slots=True)
class _Located:
    """A sentence at its place in a reading; start and end count characters of Reading.text."""

    inner: Sentence
    reading: Reading
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.reading.text[self.start : self.end]

    def words(self, span: Span) -> Words:
        """Return the words of a span of the sentence."""
        first, last = self.inner.words[span[0]], self.inner.words[span[1] - 1]
        start, end = self.start + first.start, self.start + last.end
        found = self.reading.text[start:end]
        return Words(start=start, end=end, words=found, name=" ".join(found.split()))

    def date_in(self, span: Span) -> When | None:
        """Return the first date that stands inside a span of words."""
        low, high = self.inner.words[span[0]].start, self.inner.words[span[1] - 1].end
        for found in self.inner.dates:
            if low <= found.start < high:
                return When(
                    edtf=found.edtf,
                    basis=found.basis,
                    words=found.words,
                    start=self.start + found.start,
                    end=self.start + found.end,
                    weekday=found.weekday,
                )
        return None

    def published(self) -> When | None:
        """Return the document's own date, for what it tells without one."""
        on = self.reading.published_on
        return When(edtf=on, basis="inherited") if on else None
