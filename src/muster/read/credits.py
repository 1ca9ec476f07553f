"""Finds who wrote and published a document in its own lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from muster.read.bylines import LONGEST_CREDIT, byline, date_line, names_nobody
from muster.read.datelines import Dateline, dateline
from muster.read.draft import Credits, Passage
from muster.read.issued import is_interview, issued_on, maker_of, spoken_on
from muster.read.names import ends_sentence, has_organisation_word, is_name
from muster.read.signatures import Where, letterhead, sign
from muster.read.stamps import is_full, stamp
from muster.read.vocabulary import credit_words

_TOP = 8  # credits stand within the first passages
_LAST, _OPENING = 3, 160
_OWNER_LINE = 200
_IN_BRACKETS = re.compile('(?<=[.!?؟”"»]) \\(([^()]{3,60})\\)[.\\s]*$')


def credit_lines(passages: Sequence[Passage], known: Credits, where: Where = "page") -> tuple[list[Passage], Credits]:
    """Marks lines of credits and signatures as such, and reads the credits that they and the dateline give.

    known is what the format itself says (page metadata, mail headers) and goes first, but a full date in
    the text goes before a known one without a year.
    """
    out, found = letterhead(passages) if where == "letter" else (list(passages), Credits())
    out, stated, issued = _head_lines(out)
    found = found.or_else(stated)
    out, signature = sign(out, where, bool(found.author or known.author))
    dates = (known.published_on, found.published_on, signature.published_on, issued)
    if where == "letter" and signature.author:
        sender = None if has_organisation_word(signature.affiliation or "") else found.affiliation
        body = sender or signature.affiliation
        # Whoever writes a letter for a body publishes it in the body's name.
        issuer = body if body and has_organisation_word(body) else None
        found = replace(signature, affiliation=body, outlet=issuer).or_else(found)
    whole = known.or_else(found).or_else(signature).or_else(Credits(outlet=_closing_credit(out)))
    on = next((day for day in dates if day and not _is_vague(day)), None) or next(filter(None, dates), None)
    last = None if on else _closing_date(out) or _recorded_on(out) or _interviewed_on(out)
    return out, replace(whole, published_on=on or last)


def _head_lines(out: list[Passage]) -> tuple[list[Passage], Credits, str | None]:
    """Marks lines of credits; returns what they say, and the date that a line or the title says it was issued on."""
    found = Credits()
    issued: list[str | None] = []
    for i, passage in enumerate(out[:_TOP]):
        if passage.table is not None or passage.kind == "quoted":
            continue
        if passage.kind == "title":
            issued.append(issued_on(passage.text, is_title=True))
            continue
        made = byline(passage.text, marked="byline" in passage.marks, emphasised="emphasis" in passage.marks)
        if made:
            found = found.or_else(
                Credits(
                    author=made.author, affiliation=made.affiliation, outlet=made.outlet, published_on=made.published_on
                )
            )
            out[i] = replace(passage, kind="byline")
        elif (
            passage.kind not in ("byline", "signature")
            and (line := dateline(passage.text))
            and not _is_entry(line, out)
        ):
            credit = None if line.credit and names_nobody(line.credit) else line.credit
            found = found.or_else(Credits(outlet=credit, published_on=line.published_on))
            break
        elif ends_sentence(passage.text) and len(passage.text) > LONGEST_CREDIT:
            break
        else:
            issued.append(issued_on(passage.text))
        if maker := maker_of(passage.text):
            found = found.or_else(Credits(outlet=maker))
    return out, found, next(filter(None, issued), None)


def _is_entry(line: Dateline, passages: Sequence[Passage]) -> bool:
    """Whether a date in front of a text is one of a chronology: another paragraph begins with one too."""
    dated = (dateline(p.text) for p in passages if p.kind in ("paragraph", "list_item"))
    return not line.place and not line.credit and sum(1 for d in dated if d and d.published_on and not d.place) > 1


def _closing_credit(passages: Sequence[Passage]) -> str | None:
    """The outlet in brackets that the last paragraph of news ends with: "... said. (Lantern Post / agencies)"."""
    last = passages[-1] if passages else None
    match = _IN_BRACKETS.search(last.text) if last is not None and last.kind == "paragraph" else None
    names = [name.strip() for name in re.split(r"[/,،]|\s[–—-]\s", match[1])] if match else []
    return next((n for n in names if is_name(n) and has_organisation_word(n) and not names_nobody(n)), None)


def _closing_date(passages: Sequence[Passage]) -> str | None:
    """The date that a letter or an opinion piece ends with, on a line of its own."""
    for passage in passages[-_LAST:]:
        if passage.kind in ("quoted", "title", "heading") or len(passage.text) > LONGEST_CREDIT:
            continue
        line = date_line(passage.text)
        on = line.published_on if line else issued_on(passage.text)
        if is_full(on):
            return on
    return None


def _recorded_on(passages: Sequence[Passage]) -> str | None:
    """ "Taken at the reception centre, 3 February 2009.", "As of 18 October 2019": the last day that its line names."""
    for passage in passages[:_TOP]:
        if credit_words().recorded.match(passage.text) and passage.kind != "quoted":
            days = [on for part in re.split(r"\s[–—-]\s|\bto\b", passage.text[:_OPENING]) if (on := stamp(part))]
            full = list(filter(is_full, days))
            if full:
                return max(full)
    return None


def _interviewed_on(passages: Sequence[Passage]) -> str | None:
    """The day on which an interview was held, where a title or heading says that it is one and prose when."""
    top = passages[:_TOP]
    if not any(p.kind in ("title", "heading", "byline") and is_interview(p.text) for p in top):
        return None
    return next((on for p in top if p.kind == "paragraph" and (on := spoken_on(p.text))), None)


def _is_vague(edtf: str) -> bool:
    return edtf.startswith("XXXX")


def owner_in(lines: Iterable[str], outlet: str | None) -> str | None:
    """Who owns the outlet, as a footer or last line says it: "An office of the Ministry", "X is published by Y"."""
    for line in lines:
        if len(line) > _OWNER_LINE:
            continue
        for sentence in (part.strip() for part in line.replace("|", ".").split(".")):
            for pattern in credit_words().owner:
                match = pattern.fullmatch(sentence)
                if match and _is_own(match.groupdict().get("outlet"), outlet):
                    return match["owner"].strip()
    return None


def _is_own(named: str | None, outlet: str | None) -> bool:
    """Whether a sentence speaks of this outlet, by its name or as "this newspaper"."""
    if named is None:
        return True
    named = named.casefold().removeprefix("the ").strip()
    return named.startswith("this ") or (outlet or "").casefold().removeprefix("the ") == named
