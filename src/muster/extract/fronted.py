"""A date at the start of a sentence, held apart from the number behind it: "On 22 March 118 detainees were moved".

Without a comma the parser takes the two for one noun phrase.
"""

import re
from typing import Any

Token = Any  # spacy.tokens.Token
Doc = Any

_BEFORE = frozenset({"between", "on", "in", "by", "since", "until", "after", "before", "during", "from"})
_MONTHS = frozenset(
    {
        *("january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    }
)
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_DAY, _NTH, _YEAR = re.compile(r"\d{1,2}"), re.compile(r"\d{1,2}(?:st|nd|rd|th)"), re.compile(r"1[89]\d\d|20\d\d")


def hold_dates_apart(doc: Doc) -> Doc:
    """Mend the parse of every sentence of a text that starts with a date."""
    changes: dict[int, tuple[int, str]] = {}
    apart = []
    for sentence in doc.sents:
        if sentence[0].lower_ in _BEFORE and len(sentence) > 3:
            core, end = _date(sentence)
            if core is not None and end < sentence.end and not doc[end].is_punct:
                mended = _part(doc, sentence[0], core, end)
                if mended and not _has_cycle(sentence, mended):
                    changes |= mended
                    apart.append(doc[end : end + 1])
    return _with(doc, changes, apart) if changes else doc


def _has_cycle(sentence: Any, changes: dict[int, tuple[int, str]]) -> bool:
    heads = {t.i: changes[t.i][0] if t.i in changes else t.head.i for t in sentence}
    for i in heads:
        for _ in heads:
            i = heads[i]
        if heads[i] != i:
            return True
    return False


def _with(doc: Doc, changes: dict[int, tuple[int, str]], apart: list[Any]) -> Doc:
    import numpy
    from spacy.attrs import DEP, HEAD

    rows = doc.to_array([HEAD, DEP])
    for i, (head, relation) in changes.items():
        rows[i] = numpy.array([head - i], dtype="int64").astype("uint64")[0], doc.vocab.strings.add(relation)
    doc.from_array([HEAD, DEP], rows)
    doc.set_ents([], blocked=apart, default="unmodified")  # "10 March 41" is no date, either
    return doc


def _date(sentence: Any) -> tuple[Token | None, int]:
    """The month, weekday or ordinal that a date behind the first word hangs on, and where the date ends."""
    core, i = None, sentence.start + 1
    while i < sentence.end:
        token = sentence.doc[i]
        word = token.lower_.rstrip(".")
        if (word in _MONTHS and token.text[0].isupper()) or word in _DAYS:
            core = token
        elif _NTH.fullmatch(word):
            core = core or token
        elif not (
            (_DAY.fullmatch(word) and _is_day(sentence, i))
            or (_YEAR.fullmatch(word) and core is not None)
            or (word == "and" and core is not None and _goes_on(sentence, i + 1))
            or (word in ("the", "of") and i + 1 < sentence.end and _is_dated(sentence.doc[i + 1]))
        ):
            break
        i += 1
    return core, i


def _is_day(sentence: Any, i: int) -> bool:
    """Whether a number is a month's day: it stands beside the month, and is the first that does."""
    doc = sentence.doc
    since = next((k for k in range(i - 1, sentence.start, -1) if doc[k].lower_ == "and"), sentence.start)
    numbered = any(t.text[0].isdigit() for t in doc[since:i])
    return not numbered and any(doc[k].lower_.rstrip(".") in _MONTHS for k in (i - 1, i + 1) if k < sentence.end)


def _goes_on(sentence: Any, i: int) -> bool:
    """Whether a second date stands behind "and": "between 20 November and 15 January"."""
    return i + 1 < sentence.end and (sentence.doc[i].lower_ in _MONTHS or _is_day(sentence, i))


def _is_dated(token: Token) -> bool:
    return bool(_NTH.fullmatch(token.lower_)) or token.lower_.rstrip(".") in _MONTHS


def _part(doc: Doc, preposition: Token, core: Token, end: int) -> dict[int, tuple[int, str]]:
    """New heads and relations, by token; none where the parse has the date apart already."""
    noun = core
    while noun.i < end and noun.head.i > preposition.i and noun.head.i != noun.i:
        noun = noun.head
    dated = range(preposition.i + 1, end)
    stray = [t for i in dated for t in doc[i].children if t.i >= end and t.i != noun.i]
    merged = [doc[i] for i in dated if doc[i].head.i >= end]
    if noun.i < end or noun.tag_[0] in "VM":
        noun = _head_behind(doc, end)
    verb = preposition.head
    alone = noun.like_num and noun.dep_ == "nummod" and noun.head.i == verb.i
    if not merged and not stray and not alone:
        return {}
    changes = {t.i: (noun.i, "nummod" if t.tag_ == "CD" else t.dep_) for t in stray if t.i != noun.i}
    changes |= {i: (core.i, "det" if doc[i].lower_ == "the" else "nummod") for i in dated if i != core.i}
    changes[core.i] = (preposition.i, "pobj")
    if noun.head.i < end or alone:  # the parse has the date, or nobody, for the subject
        if verb.i == preposition.i or any(c.dep_ in _SUBJECTS and c.i >= end for c in verb.children):
            return {}
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        changes[noun.i] = (verb.i, "nsubjpass" if passive else "nsubj")
        behind = doc[noun.i + 1]
        if behind.lower_ == "of" and behind.head.i == verb.i:
            changes[behind.i] = (noun.i, "prep")  # "41 of the men"
    return changes


def _head_behind(doc: Doc, start: int) -> Token:
    """The noun that numbers and adjectives lead to, else the first of them: "12 young men", "12 were shot"."""
    i = start
    while i + 1 < len(doc) and doc[i].tag_ in ("CD", "JJ", "VBN", "DT"):
        i += 1
    return doc[i] if doc[i].tag_.startswith("NN") else doc[start]
