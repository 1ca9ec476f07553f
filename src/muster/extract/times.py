"""When an event is said to have been: the dates of a block, each with the verb or noun it belongs to."""

import re
from dataclasses import replace

from muster.extract.attribution import Attribution
from muster.extract.event import TOLL_ACTS, Event
from muster.extract.parse import Doc, Span, Token, ancestors, children, heads_people, lemma
from muster.extract.reporting import reporting_class
from muster.languages.dates import DateSpan, find_afters, find_dates, find_durations
from muster.languages.edtf import parse_edtf, shift
from muster.records import When

_OPENING = re.compile(r"[\s*•-]*")
_BEHIND_LABEL = re.compile(r"\s*(?:[.:–—|]|-\s|\n|$)")
#: What is over once it is done: "seven have died since May" keeps the day from which they are counted.
_ENDED = {"kill", "injure", "die_other"}
#: A year that heads the entries of a chronology.
#: What is done to the dead on another day than that on which they died.
_LAID_OUT = {"bury", "inter", "exhume", "wash", "mourn"}
_DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d[~?]?")
_YEAR = re.compile(r"\W*((?:1[89]|20)\d\d)\W*")


class Dates:
    """The dates of a document, block after block; relative ones count from the anchor and the date before."""

    def __init__(self, published_on: str | None, text: str = "") -> None:
        """text: of the whole document; where that gives no date of its own, the first full one in it gives the year
        to days near it that lack theirs."""
        self._anchor = published_on
        self._near = None if published_on else _first_day(text)
        self._reference: str | None = None
        self._told: str | None = None
        self._day: When | None = None
        self._day_before: When | None = None
        self._before: str | None = None
        self._year: str | None = None
        self._section: When | None = None
        self._label: When | None = None
        self._owned: dict[int, list[tuple[DateSpan, int]]] = {}

    def anchor(self, day: str | None) -> None:
        """Count relative dates from this day on (the writer of a quoted message has his own)."""
        self._anchor = day

    def read(self, doc: Doc, offset: int, *, heading: bool = False) -> None:
        """Find the dates of the next block and whose they are.

        A block that opens with its date ("14 March. Dockers walk out.") is of that date, and so are the blocks
        under a heading that is one; a year that stands alone is that of the days that follow.
        offset: where the block starts in the reading.
        """
        self._owned, self._before, self._day_before = {}, self._reference, self._day
        alone = _YEAR.fullmatch(doc.text)
        self._year = alone.group(1) if alone is not None else self._year
        anchor = self._year or self._anchor
        found = _paired(find_dates(doc.text, "en", anchor, self._reference or self._near, unresolved=True), doc.text)
        label = _label(found, doc.text)
        self._label = None if label is None else _when(label, offset)
        if heading:
            whole = label is not None and not doc.text[label.end :].strip(" .:*")
            self._section = self._label if whole else None
        for date in found:
            span = doc.char_span(date.start, date.end, alignment_mode="expand")
            if span is None or not date.edtf:
                continue
            owner = _verb_behind(span) or _owner(span.root)
            date = self._counted(date, anchor)
            self._reference = date.edtf if date.edtf != "XXXX" else self._reference
            if date.edtf != "XXXX" and _is_of_story(doc[owner]):
                self._told = date.edtf
            self._owned.setdefault(owner, []).append((date, span.start))
        self._read_afters(doc)
        self._day = self._last_day(doc, offset, len(doc)) or self._day

    def _counted(self, date: DateSpan, anchor: str | None) -> DateSpan:
        """ "That night" counts from the day last told of, not from that on which somebody spoke."""
        if date.basis != "relative" or self._told is None or self._told == self._reference:
            return date
        if any(d.edtf != "XXXX" for d in find_dates(date.words, "en", anchor, unresolved=True)):
            return date
        told = find_dates(date.words, "en", anchor, self._told)
        return replace(date, edtf=told[0].edtf) if told else date

    def _read_afters(self, doc: Doc) -> None:
        """ "Two weeks after soldiers had fought there": counted back from the sentence's date, else the document's."""
        for first, last, n, unit in find_afters(doc.text, "en"):
            span = doc.char_span(first, last, alignment_mode="expand")
            verb = None if span is None else next((t for t in span if t.dep_ == "mark"), span[-1]).head
            if verb is not None and span is not None and verb.i in range(span.start, span.end):
                verb = verb.head  # "a day after gunfire was heard", read as the gunfire's
            if verb is None or verb.pos_ not in ("VERB", "AUX") or verb.i < span.end:
                continue
            told = [d for dates in self._owned.values() for d, at in dates if span.sent.start <= at < span.start]
            start = told[-1].start if told else first
            base = told[-1].edtf if told else self._anchor
            edtf = "XXXX" if base == "XXXX" else shift(base, -n, unit) if base else None
            if edtf is not None:
                words = doc.text[start:last]  # with what it counts from, so that it can be read again
                date = DateSpan(start=start, end=last, words=words, edtf=edtf, basis="relative")
                self._owned[verb.i] = [(date, span.start)]

    def of(self, doc: Doc, event: Event, around: list[Attribution], offset: int) -> When | None:
        """The date of an event: its own, else that which its block opens with, else its heading's."""
        found = self._lasting(doc, event, offset) or self._own(doc, event, around, offset)
        told = self._just_told(doc, event, around, offset)
        if found is not None and told is not None and self._is_of_subject(doc[event.head], found, offset):
            found = told
        return found or told or self._label or self._section

    def today(self) -> When | None:
        """The day on which the text was written, for what its writer does by writing."""
        day = self._anchor
        return When(edtf=day, basis="inherited") if day is not None and _DAY.fullmatch(day) else None

    def spoken_of(self, doc: Doc, event: Event, offset: int) -> tuple[When | None, bool]:
        """The day that the document last named before an event, and whether its block names it; not when somebody
        spoke."""
        here = self._last_day(doc, offset, event.start)
        return here or self._day_before, here is not None

    def _last_day(self, doc: Doc, offset: int, stop: int) -> When | None:
        told = [d for i, dates in self._owned.items() for d in dates if _is_of_story(doc[i])]
        days = [d for d in told if d[1] < stop and _DAY.fullmatch(d[0].edtf)]
        # What is of the day of writing is no story, and "until Sunday" tells of none.
        days = [d for d in days if d[0].edtf != self._anchor and not d[0].relation]
        return _when(max(days, key=lambda d: d[1])[0], offset) if days else None

    def _just_told(self, doc: Doc, event: Event, around: list[Attribution], offset: int) -> When | None:
        """ "Have been released, he said on Monday": news of what has been done is of the day when it is told."""
        verb = doc[event.head]
        if verb.pos_ not in ("VERB", "AUX") or event.act in TOLL_ACTS or not _goes_on(verb) or not around:
            return None
        told = [d for a in around for d, _ in self._owned.get(a.cue, [])]
        return _when(told[0], offset) if told else None

    def _is_of_subject(self, verb: Token, when: When, offset: int) -> bool:
        """Whether a date only tells more of the subject: "men seized in July have been released"."""
        who = [t.i for c in children(verb, "nsubj", "nsubjpass") for t in c.subtree if t.i != c.i]
        if verb.dep_ == "conj" and verb.head.tag_ == "VBN" and not children(verb.head, "cc", "aux", "auxpass"):
            who.append(verb.head.i)  # the participle, where the parse takes it for the verb
        return any(offset + d.start == when.start for i in who for d, _ in self._owned.get(i, []))

    def _own(self, doc: Doc, event: Event, around: list[Attribution], offset: int) -> When | None:
        """The date in the event's own clause, else of a clause it hangs on that is not the speaker's."""
        if event.act in _ENDED and lemma(doc[event.head]) in _LAID_OUT:
            return self._of_cause(doc, event, offset)
        parts = [i for i in range(event.start, event.end) if doc[i].dep_ != "conj"]
        own = [d for i in parts for d in self._owned.get(i, [])]
        own = self._owned.get(event.head, []) or [d for d in own if event.start <= d[1] < event.end]
        if event.nominal:
            own = self._right_behind(doc, event.end) or own
        if own:
            return _when(own[0][0], offset)
        cues = {a.cue for a in around}
        if event.nominal and event.count is not None:
            return None  # "saw 28 bodies on Wednesday" does not date the deaths
        token = doc[event.head]
        while token.head.i != token.i and not _stands_beside(token):
            token = token.head
            if token.i in cues or reporting_class(token) is not None:
                break
            if token.i in self._owned:
                return _when(self._owned[token.i][0][0], offset)
            if when := self._day_of(token):  # "on Thursday, when we sat down at the gate"
                return _when(when, offset)
        for child in doc[event.head].subtree:
            verbal = child.dep_ in ("conj", "advcl") and child.pos_ in ("VERB", "AUX") and child.i not in cues
            if verbal and child.head.i == event.head and child.i in self._owned and not _is_apart(child):
                return _when(self._owned[child.i][0][0], offset)
        sentence = doc[event.head].sent
        apart = [
            dated
            for i, dates in self._owned.items()
            for dated in dates
            if sentence.start <= dated[1] < sentence.end and i not in cues and not _of_another(doc[i])
        ]
        return _when(apart[0][0], offset) if len(apart) == 1 else None

    def _day_of(self, token: Token) -> DateSpan | None:
        """The date that a word is a part of."""
        dates = (d for dates in self._owned.values() for d, _ in dates)
        return next((d for d in dates if d.start <= token.idx < d.end), None)

    def _of_cause(self, doc: Doc, event: Event, offset: int) -> When | None:
        """ "Nine victims of Monday's raid were buried on Friday": the day of the raid, and none where none is named."""
        who = [
            n for n in children(doc[event.head], "nsubjpass", "dobj") for p in children(n, "prep") if p.lower_ == "of"
        ]
        causes = [n.i for w in who for p in children(w, "prep") for n in children(p, "pobj") if n.i in self._owned]
        return _when(self._owned[causes[0]][0][0], offset) if causes else None

    def _right_behind(self, doc: Doc, end: int) -> list[tuple[DateSpan, int]]:
        """The date that follows a noun phrase at once: "the clearing of two camps on 14 August"."""
        at = end + 1 if end < len(doc) and doc[end].lower_ in ("on", "of", "in") else end
        return [d for dates in self._owned.values() for d in dates if d[1] == at]

    def _lasting(self, doc: Doc, event: Event, offset: int) -> When | None:
        """ "Has been held since May", "nobody has seen them since", "for 40 days no lorry has come": until now."""
        verb = next((t for t in (doc[event.head], *ancestors(doc[event.head])) if t.pos_ in ("VERB", "AUX")), None)
        today = parse_edtf(self._anchor) if self._anchor else None
        if verb is None or not _goes_on(verb) or today is None or today.first != today.last or event.act in _ENDED:
            return None
        begun = self._since_date(doc, event, verb) or self._since_then(doc, verb) or self._for_days(doc, verb)
        days = parse_edtf(begun[0]) if begun else None
        if begun is None or days is None or days.first >= today.first:
            return None
        _, start, end = begun
        edtf = f"{days.first.isoformat()}/{today.first.isoformat()}"
        return When(edtf=edtf, basis="relative", words=doc.text[start:end], start=offset + start, end=offset + end)

    def _since_date(self, doc: Doc, event: Event, verb: Token) -> tuple[str, int, int] | None:
        """ "Since 6 October", "since they closed the gate on 20 November": EDTF, and the characters of the words."""
        near = set(range(event.start, event.end)) | {t.i for c in verb.children for t in (c, *c.children)}
        if doc[event.head].pos_ in ("VERB", "AUX"):
            near |= {t.i for t in verb.subtree}
        own = [d for dates in self._owned.values() for d in dates if d[1] in near and d[0].relation == "since"]
        clauses = [c for c in children(verb, "advcl") if any(m.lower_ == "since" for m in children(c, "mark"))]
        own += [d for c in clauses for d in self._owned.get(c.i, [])]
        if not own:
            return None
        date, at = own[0]
        opening = [t.idx for t in doc[max(at - 4, 0) : at] if t.lower_ in ("since", "from")]
        return date.edtf, max(opening, default=date.start), date.end

    def _since_then(self, doc: Doc, verb: Token) -> tuple[str, int, int] | None:
        """ "Has not been seen since": since the date named before it."""
        for token in children(verb, "advmod", "prep"):
            if token.lower_ == "since" and not _leads_on(token):
                told = [d for dates in self._owned.values() for d, at in dates if at < token.i]
                edtf = max(told, key=lambda d: d.start).edtf if told else self._before
                return (edtf, token.idx, token.idx + len(token.text)) if edtf else None
        return None

    def _for_days(self, doc: Doc, verb: Token) -> tuple[str, int, int] | None:
        """ "For 211 days no doctor has entered"."""
        for span in find_durations(doc.text, "en"):
            token = doc.char_span(span.start, span.end, alignment_mode="expand")[0]
            begun = shift(self._anchor, -span.n, span.unit) if self._anchor else None
            if token.head.i == verb.i and token.lower_ == "for" and begun is not None:
                return begun, span.start, span.end
        return None


def _stands_beside(clause: Token) -> bool:
    """Whether a clause tells of another matter: "nineteen were buried on Friday, while the toll rose to 34"."""
    return clause.dep_ == "advcl" and any(m.lower_ in ("while", "whereas") for m in children(clause, "mark"))


def _is_of_story(owner: Token) -> bool:
    """Whether what a date belongs to was done, and is not the telling; "they told us on Sunday" befell who tells it."""
    to_us = any(c.lower_ in ("us", "me") for c in children(owner, "dobj", "dative"))
    verb = next((t for t in (owner, *ancestors(owner)) if t.pos_ in ("VERB", "AUX")), owner)
    past = verb.tag_ not in ("VBZ", "VBP")  # "a cleric addresses a crowd, 6 May" stands below a picture
    return (past and reporting_class(verb) is None) or (to_us and owner.tag_ == "VBD")


def _is_apart(verb: Token) -> bool:
    """Whether a verb tells of another day than the one it is joined to: somebody speaks, or one is of now and the other
    of then ("has lost an eye and was flown out on Wednesday")."""
    joined = verb.head
    return reporting_class(verb) is not None or (verb.dep_ == "conj" and _goes_on(verb) != _goes_on(joined))


def _of_another(owner: Token) -> bool:
    """Whether a date's owner is a verb of its own, or the elided clause of "and a seventh on 12 February"."""
    return owner.pos_ in ("VERB", "AUX") or (owner.dep_ == "conj" and (owner.pos_ == "NUM" or bool(owner.like_num)))


def _goes_on(verb: Token) -> bool:
    """Whether a verb tells of what still is: "has been held", "are held", "men held since"."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(lemma(a) == "have" for a in auxiliaries):
        return any(a.lower_ in ("has", "have", "'s", "'ve", "’s", "’ve") for a in auxiliaries)
    if any(a.tag_ in ("VBP", "VBZ") for a in auxiliaries):
        return True
    return verb.tag_ in ("VBP", "VBZ") or (verb.tag_ == "VBN" and verb.dep_ == "acl" and not auxiliaries)


def _leads_on(since: Token) -> bool:
    """Whether "since" has what it counts from behind it, other than "then"."""
    return any(n.lower_ != "then" for n in children(since, "pobj", "pcomp"))


def _first_day(text: str) -> str | None:
    return next(
        (
            d.edtf
            for d in find_dates(text, "en", None)
            if d.basis == "stated" and re.fullmatch(r"\d{4}-\d\d-\d\d", d.edtf)
        ),
        None,
    )


def _label(found: list[DateSpan], text: str) -> DateSpan | None:
    """The date that a text opens with as its label: "14 March. ", "14 March: ", "14 March - "."""
    first = found[0] if found else None
    if first is None or first.basis != "stated" or not _OPENING.fullmatch(text[: first.start]):
        return None
    return first if _BEHIND_LABEL.match(text, first.end) else None


def _paired(dates: tuple[DateSpan, ...], text: str) -> list[DateSpan]:
    """ "Wednesday and Thursday" as one date, where the second follows the first."""
    out: list[DateSpan] = []
    for date in dates:
        last = out[-1] if out else None
        joined = last is not None and text[last.end : date.start].strip() == "and" and "/" not in last.edtf + date.edtf
        restated = last is not None and text[last.end : date.start].strip() in (",", "(") and date.basis == "stated"
        if last is not None and restated and last.basis == "relative" and "XXXX" not in date.edtf:
            out[-1] = replace(date, start=last.start, words=text[last.start : date.end])  # "yesterday, 13 January"
        elif last is not None and joined and len(last.edtf) == len(date.edtf) == 10 and last.edtf < date.edtf:
            edtf = f"{last.edtf}/{date.edtf}"
            out[-1] = replace(last, end=date.end, words=text[last.start : date.end], edtf=edtf, weekday=None)
        else:
            out.append(date)
    return out


def _verb_behind(date: Span) -> int | None:
    """The verb behind a date that the parse hung elsewhere: a reporting verb behind a noun ("the head of the office on
    Sunday accused"), any behind a date between commas ("a raid, on May 7, left two injured")."""
    doc = date.doc
    behind = doc[date.end] if date.end < len(doc) else None
    at = date.start - 1 - (date.start > 0 and doc[date.start - 1].lower_ == "on")
    if behind is not None and behind.text == "," and at > 0 and doc[at].text == "," and doc[at - 1].pos_ == "NOUN":
        verb = doc[date.end + 1] if date.end + 1 < len(doc) else None
        return verb.i if verb is not None and verb.tag_ in ("VBD", "VBZ") and verb.pos_ == "VERB" else None
    if behind is None or behind.tag_ not in ("VBD", "VBN", "VBZ") or reporting_class(behind) is None:
        return None
    hung = date.root.head if date.root.dep_ != "pobj" else date.root.head.head
    return behind.i if hung.pos_ in ("NOUN", "PROPN") and hung.i < date.start else None


def _owner(token: Token) -> int:
    """The verb or event noun that a date hangs on."""
    while token.head.i != token.i and token.dep_ != "conj":
        token = token.head
        if token.pos_ in ("VERB", "AUX") or (
            token.pos_ == "NOUN" and token.dep_ not in ("pobj", "npadvmod", "compound")
        ):
            break
        if token.pos_ == "NOUN" and token.head.pos_ == "ADP" and token.ent_type_ not in ("DATE", "TIME"):
            break
    if token.dep_ == "nsubj" and token.head.pos_ == "VERB" and heads_people(token):
        token = token.head  # "the minister on Sunday offered"
    i: int = token.i
    return i


def _when(date: DateSpan, offset: int) -> When:
    return When(
        edtf=date.edtf,
        basis=date.basis,
        words=date.words,
        start=offset + date.start,
        end=offset + date.end,
        weekday=date.weekday,
    )
