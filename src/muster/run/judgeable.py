"""Whether a judgement can be made: what it is about is there, what it sets can be set, and it says why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from muster.errors import MusterError
from muster.extract.vocabulary import acts
from muster.languages.edtf import parse_edtf
from muster.records import CorrectedFields as Fields
from muster.records import Judgement, JudgementKind, QuestionKind
from muster.store import judging as stored
from muster.store import subjects as known
from muster.store.case import Case
from muster.store.codec import from_json, to_json
from muster.store.judging import About, FindingValue
from muster.store.places import Point
from muster.store.protection import Spelt, names_of

#: Kinds of judgement that need no reason.
_SELF_EVIDENT = frozenset({"accept", "correct", "add", "undo"})
_RELIABILITY = frozenset("ABCDEF")
_MOST_CHARS = 1000
_MOST_SPELLINGS = 50
_STATEMENT, _DOCUMENT = "statement", "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judgement that can be made.  kinds are its own, or those that an undo takes back."""

    kind: JudgementKind
    subjects: tuple[str, ...]
    value: str
    about: tuple[About, ...]
    kinds: frozenset[str]

    def documents(self) -> list[str]:
        """The documents whose statements it is about; those that an event merely held are none of them."""
        return sorted({each.document for each in self.about if each.document and not each.held})


def check_judgement(
    case: Case, kind: JudgementKind, subjects: tuple[str, ...], value: str, reason: str, seen: int | None
) -> Judged:
    """Check a judgement, and find what it is about.

    Raises:
        MusterError: as `muster.run.judge.judge`.
    """
    if kind not in get_args(JudgementKind):
        raise _wrong(f"There is no judgement “{kind}”.")
    if not reason and kind not in _SELF_EVIDENT:
        raise MusterError("reason_needed", "This decision needs a reason.", "Say in a sentence why.")
    if len(reason) > 10 * _MOST_CHARS or any(len(each) > _MOST_CHARS for each in subjects):
        raise _wrong("That is too long.")
    checked = _Check(case, kind, subjects, value).run()
    if seen is not None and stored.last_on(case, [s for s in subjects if not _is_question(s)]) > seen:
        raise MusterError(
            "stale", "Somebody judged this meanwhile.", "Look at it as it is now, and decide again if you still would."
        )
    return checked


def _is_question(subject: str) -> bool:
    return subject in get_args(QuestionKind)


def _wrong(why: str, hint: str = "Correct it and try again.") -> MusterError:
    return MusterError("wrong_value", why, hint)


def _unknown(sort: str, id_: str) -> MusterError:
    hint = "It may have changed meanwhile: look at the page again."
    return MusterError("unknown_subject", f"The case holds no {sort} {id_!r}.", hint)


class _Check:
    def __init__(self, case: Case, kind: JudgementKind, subjects: tuple[str, ...], value: str) -> None:
        self.case, self.kind, self.subjects, self.value = case, kind, subjects, value
        self.about: list[About] = []
        self.kinds = {str(kind)}

    def run(self) -> Judged:
        by_kind = {
            "accept": self._statement, "reject": self._statement, "correct": self._correct, "add": self._add,
            "same": self._several, "different": self._several, "tie": self._tie, "cut_tie": self._tie,
            "owner": self._owner, "reliability": self._reliability, "finding": self._finding,
            "redact": self._redact, "coordinates": self._coordinates, "undo": self._undo,
        }  # fmt: skip
        by_kind[self.kind]()
        return Judged(
            kind=self.kind, subjects=self.subjects, value=self.value, about=tuple(self.about),
            kinds=frozenset(self.kinds),
        )  # fmt: skip

    def _exactly(self, n: int, what: str) -> None:
        if len(set(self.subjects)) != n or len(self.subjects) != n:
            raise _wrong(f"“{self.kind}” is about {what}.")

    def _no_value(self) -> None:
        if self.value:
            raise _wrong(f"“{self.kind}” sets nothing.")

    def _text(self, what: str) -> str:
        try:
            text = from_json(self.value, str).strip()
        except ValueError as error:
            raise _wrong(f"{what} must be text: {error}.") from error
        if not text or len(text) > _MOST_CHARS:
            raise _wrong(f"{what} is missing or too long.")
        return text

    # ---- statements

    def _statement(self) -> None:
        self._no_value()
        self._one_statement()

    def _one_statement(self) -> str:
        self._exactly(1, "one statement")
        document = known.document_of_statement(self.case, self.subjects[0])
        if document is None:
            raise _unknown(_STATEMENT, self.subjects[0])
        self.about.append(About(subject=self.subjects[0], document=document))
        return document

    def _correct(self) -> None:
        document = self._one_statement()
        fields = self._fields(document)
        if not fields:
            raise _wrong("Nothing was corrected.")

    def _add(self) -> None:
        self._exactly(1, "one document")
        document = self.subjects[0]
        if known.n_chars(self.case, document) is None:
            raise _unknown(_DOCUMENT, document)
        fields = self._fields(document)
        if "start" not in fields or "act" not in fields:
            raise _wrong("A statement that is added needs its place in the text (start, end) and its act.")
        self.about.append(About(subject=document, document=document))

    def _fields(self, document: str) -> Fields:
        try:
            fields = from_json(self.value, Fields)
        except ValueError as error:
            raise _wrong(f"What was set cannot be read: {error}.") from error
        unknown = from_json(self.value, dict[str, object]).keys() - Fields.__annotations__.keys()
        if unknown:
            raise _wrong(f"A statement has no {', '.join(sorted(unknown))}.")
        for why in self._complaints(document, fields):
            raise _wrong(why)
        return fields

    def _complaints(self, document: str, fields: Fields) -> Iterator[str]:
        if ("start" in fields) != ("end" in fields):
            yield "A place in the text has a start and an end."
        if "start" in fields and not 0 <= fields["start"] < fields["end"] <= (known.n_chars(self.case, document) or 0):
            yield "There is no such place in the text."
        if "act" in fields and fields["act"] not in acts().codes:
            yield f"There is no act “{fields['act']}”."
        names = [fields.get("actor"), fields.get("target"), fields.get("place"), *fields.get("said_by", ())]
        if any(name is not None and not 0 < len(name.strip()) <= _MOST_CHARS for name in names):
            yield "A name is empty or too long."
        date = fields.get("date")
        if date is not None and parse_edtf(date) is None:
            yield f"{date!r} is no date: write it as 2017-03-04, 2017-03, 2017, or 2017-03-04/2017-03-06."
        count = fields.get("count")
        if count is not None and (count["low"] < 0 or (count["high"] is not None and count["high"] < count["low"])):
            yield "A number runs from the lower to the higher, from 0 on."

    # ---- entities, events, incidents, statements

    def _several(self) -> None:
        self._no_value()
        if len(set(self.subjects)) < 2 or len(set(self.subjects)) != len(self.subjects):
            raise _wrong("Name two different things.")
        of_events = [each[:2] in {"i-", "v-", "s-"} for each in self.subjects]
        if all(of_events):
            self._events(self.subjects)
        elif any(of_events):
            raise _wrong("A person, group or place and something that happened cannot be one.")
        else:
            for subject in self.subjects:
                self._entity(subject)

    def _events(self, subjects: Sequence[str]) -> None:
        """Note what events and incidents hold; where one of two lies in the other, the other is the rest of it."""
        holding = {subject: self._held(subject) for subject in subjects}
        if self.kind == "different":
            for subject, ids in holding.items():
                for other, theirs in holding.items():
                    if other != subject and set(theirs) < set(ids):
                        holding[subject] = [id_ for id_ in holding[subject] if id_ not in theirs]
        wide = {subject: tuple(ids) for subject, ids in holding.items() if not subject.startswith("s-")}
        if any(not ids for ids in wide.values()):
            raise _wrong("Nothing of the one would be left beside the other.")
        self.value = to_json({"held": wide}) if wide else ""
        for subject in subjects:
            if subject.startswith("s-"):
                document = known.document_of_statement(self.case, subject)
                self.about.append(About(subject=subject, document=document))
            else:
                self.about.append(About(subject=subject))
                self.about += [About(subject=id_, held=True) for id_ in wide[subject]]

    def _held(self, subject: str) -> list[str]:
        ids = [subject] if subject.startswith("s-") else known.statements_of(self.case, subject)
        if subject.startswith("s-") and known.document_of_statement(self.case, subject) is None:
            raise _unknown(_STATEMENT, subject)
        if not ids:
            raise _unknown("incident" if subject.startswith("i-") else "event", subject)
        return ids

    def _entity(self, subject: str) -> None:
        if not known.is_entity(self.case, subject):
            raise _unknown("person, group or place", subject)
        self.about.append(About(subject=subject))

    # ---- documents and sources

    def _tie(self) -> None:
        self._no_value()
        self._exactly(2, "two documents")
        for subject in self.subjects:
            if known.n_chars(self.case, subject) is None:
                raise _unknown(_DOCUMENT, subject)
            self.about.append(About(subject=subject))

    def _source(self) -> None:
        self._exactly(1, "one source")
        if not known.is_source(self.case, self.subjects[0]):
            raise _unknown("source", self.subjects[0])
        self.about.append(About(subject=self.subjects[0]))

    def _owner(self) -> None:
        self._source()
        self.value = to_json(self._text("The owner's name"))

    def _reliability(self) -> None:
        self._source()
        if self._text("The reliability") not in _RELIABILITY:
            raise _wrong("Reliability is a letter from A to F.")

    # ---- the rest

    def _finding(self) -> None:
        self._exactly(2, "an incident and a question")
        subject, question = self.subjects
        if not _is_question(question):
            raise _wrong(f"There is no question “{question}”.")
        try:
            found = from_json(self.value, FindingValue)
        except ValueError as error:
            raise _wrong(f"A finding has an answer and a standard of proof: {error}.") from error
        if not 0 < len(found.answer.strip()) <= _MOST_CHARS:
            raise _wrong("The answer is missing or too long.")
        ids = tuple(self._held(subject))
        self.value = to_json({"answer": found.answer.strip(), "standard": found.standard, "held": {subject: ids}})
        self.about += [About(subject=subject), *(About(subject=id_, held=True) for id_ in ids)]

    def _redact(self) -> None:
        """Note by which names it goes now: they stay protected, whatever becomes of the entity."""
        self._exactly(1, "one person, group or place")
        self._entity(self.subjects[0])
        also: tuple[str, ...] = ()
        if self.value:
            try:
                also = from_json(self.value, Spelt).also
            except ValueError as error:
                raise _wrong(f"Further spellings cannot be read: {error}.") from error
        if len(also) > _MOST_SPELLINGS or any(not 0 < len(each.strip()) <= _MOST_CHARS for each in also):
            raise _wrong("There are too many further spellings, or one is empty or too long.")
        self.value = to_json(names_of(self.case, self.subjects[0], tuple(each.strip() for each in also)))

    def _coordinates(self) -> None:
        self._exactly(1, "one place")
        self._entity(self.subjects[0])
        try:
            point = from_json(self.value, Point)
        except ValueError as error:
            raise _wrong(f"A place has a latitude and a longitude: {error}.") from error
        if not (-90 <= point.latitude <= 90 and -180 <= point.longitude <= 180):
            raise _wrong("Latitude runs from -90 to 90 degrees, longitude from -180 to 180.")

    def _undo(self) -> None:
        self._no_value()
        self._exactly(1, "one judgement")
        try:
            logged = stored.get_judgement(self.case, self.subjects[0])
        except KeyError:
            raise _unknown("judgement", self.subjects[0]) from None
        if not logged.in_force:
            raise MusterError("stale", "This was taken back already.", "Nothing is left to do.")
        self.kinds |= self._kinds_behind(logged.judgement)
        self.about.append(About(subject=self.subjects[0]))
        self.about += stored.subjects_of(self.case, self.subjects[0])

    def _kinds_behind(self, judgement: Judgement) -> set[str]:
        """The kinds of judgement that come and go with one; an undo brings back what it took."""
        found: set[str] = set()
        while judgement.kind == "undo":
            found.add("undo")
            judgement = stored.get_judgement(self.case, judgement.subjects[0]).judgement
        return found | {cast(str, judgement.kind)}
