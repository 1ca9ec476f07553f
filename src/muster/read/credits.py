"""Finds who wrote and published a document in its own lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from muster.read.bylines import LONGEST_CREDIT, byline, date_line
from muster.read.datelines import dateline
from muster.read.draft import Credits, Passage
from muster.read.names import ends_sentence, has_organisation_word
from muster.read.signatures import Where, letterhead, sign
from muster.read.stamps import stamp
from muster.read.vocabulary import credit_words

_TOP = 8  # credits stand within the first passages
_LAST, _OPENING = 3, 160
_OWNER_LINE = 200


def credit_lines(passages: Sequence[Passage], known: Credits, where: Where = "page") -> tuple[list[Passage], Credits]:
    """Marks lines of credits and signatures as such, and reads the credits that they and the dateline give.

    known is what the format itself says (page metadata, mail headers) and goes first, but a full date in
    the text goes before a known one without a year.
    """
    out, found = letterhead(passages) if where == "letter" else (list(passages), Credits())
    for i, passage in enumerate(out[:_TOP]):
        if passage.kind == "title" or passage.table is not None or passage.kind == "quoted":
            continue
        made = byline(passage.text, marked="byline" in passage.marks, emphasised="emphasis" in passage.marks)
        if made:
            found = found.or_else(
                Credits(
                    author=made.author, affiliation=made.affiliation, outlet=made.outlet, published_on=made.published_on
                )
            )
            out[i] = replace(passage, kind="byline")
        elif passage.kind not in ("byline", "signature") and (line := dateline(passage.text)):
            found = found.or_else(Credits(outlet=line.credit, published_on=line.published_on))
            break
        elif ends_sentence(passage.text) and len(passage.text) > LONGEST_CREDIT:
            break
    out, signature = sign(out, where, bool(found.author or known.author))
    if (
        known.published_on
        and _is_vague(known.published_on)
        and found.published_on
        and not _is_vague(found.published_on)
    ):
        known = replace(known, published_on=None)
    if where == "letter" and signature.author:
        sender = None if has_organisation_word(signature.affiliation or "") else found.affiliation
        found = replace(signature, affiliation=sender or signature.affiliation).or_else(found)
    whole = known.or_else(found).or_else(signature)
    return out, whole.or_else(Credits(published_on=_closing_date(out) or _recorded_on(out)))


def _closing_date(passages: Sequence[Passage]) -> str | None:
    """The date that a letter or an opinion piece ends with, on a line of its own."""
    for passage in passages[-_LAST:]:
        line = None if passage.kind in ("quoted", "title", "heading") else date_line(passage.text)
        if line and line.published_on and len(line.published_on) == len("2011-04-08"):
            return line.published_on
    return None


def _recorded_on(passages: Sequence[Passage]) -> str | None:
    """ "Taken at the reception centre, 3 February 2009.", "As of 18 October 2019": the last day that its line names."""
    for passage in passages[:_TOP]:
        if credit_words().recorded.match(passage.text) and passage.kind != "quoted":
            days = [on for part in re.split(r"\s[–—-]\s|\bto\b", passage.text[:_OPENING]) if (on := stamp(part))]
            full = [on for on in days if re.fullmatch(r"\d{4}-\d\d-\d\d", on)]
            if full:
                return max(full)
    return None


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
