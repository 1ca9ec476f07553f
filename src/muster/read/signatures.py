"""Letters and mails: letterhead, salutation, signature."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from muster.languages.scripts import script_of
from muster.read.bylines import date_line
from muster.read.draft import Credits, Passage
from muster.read.names import ends_sentence, has_organisation_word, is_full_name, organisation_in
from muster.read.vocabulary import credit_words

Where = Literal["letter", "mail", "page"]
_TOP, _TAIL, _SIGNING = 8, 9, 4
_TITLE = re.compile(
    r"(?:an? )?(?:open|public|joint|urgent|second|last|final) (?:letter|appeal|petition)\b"
    r"|(?:an? )?(?:letter|appeal|petition|message) (?:to|from)\b|to\b.+[,:]\s+from\b.+"
    r"|(?:رسالة|نداء|عريضة)\s+(?:مفتوحة?\s+)?(?:إلى|من)\s|نامه\s+(?:سرگشاده\s+)?(?:\S+\s+){0,4}?به\s",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s*(?:to|attn|attention|cc|ref|re|an|à|a|إلى|الى|به)\b[\s.:]", re.IGNORECASE)


def letterhead(passages: Sequence[Passage]) -> tuple[list[Passage], Credits]:
    """Marks the lines above a salutation, and the salutation, as such; the first organisation there sent the letter.

    They are a letterhead only where a date or an address is among them, so that a headline above
    "Dear friends," stays a headline.
    """
    out = list(passages)
    at = next((i for i, p in enumerate(out[:_TOP]) if is_salutation(p.text)), None)
    if at is None:
        return out, Credits()
    out[at] = replace(out[at], kind="signature")
    above = out[:at]
    first = 1 if above and is_letter_title(above[0].text) else 0
    above = above[first:]
    if not any(_ADDRESS.match(p.text) or date_line(p.text) for p in above) or any(len(p.text) > 140 for p in above):
        return out, Credits()
    sender = next(
        (
            p.text
            for p in above
            if has_organisation_word(p.text) and not _ADDRESS.match(p.text) and not date_line(p.text)
        ),
        None,
    )
    for i in range(first, at):
        out[i] = replace(out[i], kind="byline")
    return out, Credits(affiliation=re.sub(r"\s*\([^()]*\)$", "", sender) if sender else None)


def is_letter_title(text: str) -> bool:
    """Whether the line above a letter is its title and no address: "An open letter to ...", "To ..., from ..."."""
    return bool(_TITLE.match(text)) and not ends_sentence(text)


def sign(passages: Sequence[Passage], where: Where, is_authored: bool) -> tuple[list[Passage], Credits]:
    """Marks salutation and signature lines; reads author and affiliation from the lines after the closing.

    Without a closing ("Yours sincerely,") the last lines sign where they are a name and what he is, or
    "Name, Organisation"; in a mail, where the last line is a name.
    """
    out = list(passages)
    own = [i for i, passage in enumerate(out) if passage.kind != "quoted" and passage.table is None]
    if where == "mail" and own and is_salutation(out[own[0]].text):
        out[own[0]] = replace(out[own[0]], kind="signature")
    tail = own[-_TAIL:]
    for at, i in enumerate(tail):
        lines = [out[j].text for j in tail[at + 1 :]]
        if _bare(out[i].text) in credit_words().closing and all(map(_is_short, lines)):
            return _marked(out, tail[at:]), _signed(lines)
    if len(own) < 2 or where == "page":
        return out, Credits()
    if where == "mail":
        return _given_name(out, own)
    n = next(
        (n for n in (3, 2, 1) if _signs([out[i].text for i in own[-n:]], [out[i] for i in own[:-n]], is_authored)), 0
    )
    if n:
        return _marked(out, own[-n:]), _signed([out[i].text for i in own[-n:]])
    return (out, Credits()) if is_authored or where != "letter" else _signed_by_body(out, own)


def _signed_by_body(out: list[Passage], own: Sequence[int]) -> tuple[list[Passage], Credits]:
    """A letter that a body signs, without a closing: its name after the last sentence, above or below a date."""
    if not any(is_salutation(p.text) or is_letter_title(p.text) for p in out[:_TOP]):
        return out, Credits()
    lines = [i for i in own[-_SIGNING:] if not date_line(out[i].text)]
    last = next((k for k, i in reversed(list(enumerate(lines))) if ends_sentence(out[i].text)), None)
    names = lines[last + 1 :] if last is not None else []
    if len(names) != 1 or not _is_short(out[names[0]].text) or not has_organisation_word(out[names[0]].text):
        return out, Credits()
    tail = [i for i in own if i >= names[0]]
    return _marked(out, tail), Credits(author=out[names[0]].text.strip(" -–—*_,"))


def _given_name(out: list[Passage], own: Sequence[int]) -> tuple[list[Passage], Credits]:
    text = out[own[-1]].text.strip(" -–—*_,")
    words = text.split()
    is_name = all(word[:1].isupper() or script_of(word) not in ("latin", "none") for word in words)
    if 1 <= len(words) <= 4 and is_name and not re.search(r"[.?!:\d]$", text):
        return _marked(out, own[-1:]), Credits(author=text)
    return out, Credits()


def _marked(out: list[Passage], numbers: Sequence[int]) -> list[Passage]:
    return [replace(p, kind="signature") if i in set(numbers) else p for i, p in enumerate(out)]


def _signs(lines: Sequence[str], before: Sequence[Passage], is_authored: bool) -> bool:
    """Whether the last lines sign without a closing: they follow prose, and begin with a person's name."""
    if is_authored or not before or not ends_sentence(before[-1].text) or not all(map(_is_short, lines)):
        return False
    first = lines[0].lstrip(" -–—")
    name, comma, rest = first.partition(",") if "," in first else first.partition("،")
    if len(lines) == 1:
        return is_full_name(name) and (bool(comma and rest.strip()) or first != lines[0])
    return is_full_name(name) and not any(ends_sentence(line) for line in lines)


def _bare(text: str) -> str:
    return re.sub(r"^[\W_]+|[\W_]+$", "", text.casefold())


def is_salutation(text: str) -> bool:
    """Whether a line opens a letter: "Dear Madam,", "Friends,"."""
    if len(text) > 80 or ends_sentence(text):
        return False
    return bool(credit_words().salutation.match(text)) or (text.endswith((",", "،")) and len(text.split()) <= 3)


def _is_short(text: str) -> bool:
    return len(text) <= 100 and len(text.split()) <= 12 and not ends_sentence(text)


def _signed(lines: Sequence[str]) -> Credits:
    """Author and affiliation of signature lines: the first, and the first organisation in it or below it."""
    if not lines:
        return Credits()
    first = lines[0].strip(" -–—*_")
    name, _, rest = first.partition(",") if "," in first else first.partition("،")
    below = [line.strip(" -–—*_,") for line in ([rest.strip()] if rest.strip() else []) + list(lines[1:])]
    affiliation = next(filter(None, map(organisation_in, below)), None) or (below[0] if below else None)
    return Credits(author=name.strip() or None, affiliation=affiliation)
