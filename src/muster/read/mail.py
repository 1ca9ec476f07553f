"""E-mail: the message, and the messages that it quotes, told apart."""

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage

from muster.read.boilerplate import is_mail_footer
from muster.read.decode import decode
from muster.read.draft import Credits, Draft, Flaw, Passage, as_cut, cut_passage, literal
from muster.read.markup import draft_of_page
from muster.read.options import ReadOptions, Unreadable
from muster.read.plain import Line, lines, paragraphs
from muster.read.signatures import sign
from muster.read.stamps import header_date, stamp
from muster.read.vocabulary import credit_words
from muster.records import Cut, Document

_QUOTE = re.compile(r"(?:[ \t]*[>|]){1,20}[ \t]?")
_RULE = re.compile(r"[\s_=*-]{5,}")
_REPLY_PREFIX = re.compile(
    r"(?:(?:re|fw|fwd|aw|wg|sv|tr|rif|رد|پاسخ|إعادة توجيه)\s*(?:\[\d+\])?\s*[::]\s*)+", re.IGNORECASE
)
_MOST_PARTS = 500


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines by one writer; depth is how often they are quoted."""

    lines: list[Line]
    depth: int
    writer: str | None
    written_on: str | None


def read_mail(document: Document, data: bytes, options: ReadOptions) -> Draft:
    """An .eml file: its text/plain part, else its text/html part; attachments are reported, not read.

    The subject is the title and no part of the text.  Blocks of quoted messages have kind "quoted" with
    their writer and date where the line above them gives these.

    Raises:
        Unreadable: "no_mail", "too_deep", "too_many_parts".
    """
    if len(data) > 4 * options.max_characters:
        raise Unreadable("too_long", "The message is longer than the limit.", "Split it into several files.")
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise Unreadable("no_mail", "It has no mail headers.", "Give it the extension of what it is.")
    parts = _parts(message, options)
    known = _headers(message)
    flaws = tuple(_attachments(message, parts))
    body = next((part for part in parts if _is_text(part, "text/plain")), None)
    if body is not None:
        made = _plain_body(body, options)
    elif (page := next((part for part in parts if _is_text(part, "text/html")), None)) is not None:
        made = _page_body(page, options)
    else:
        made = Draft(parts={}, passages=(), flaws=(Flaw(kind="no_text", why="The message has no text part."),))
    return replace(made, flaws=made.flaws + flaws, credits=known)


def _parts(message: EmailMessage, options: ReadOptions) -> list[EmailMessage]:
    """Leaves of the message, outermost first; attached messages are not opened."""
    leaves: list[EmailMessage] = []
    waiting: list[tuple[EmailMessage, int]] = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > options.max_depth:
            raise Unreadable(
                "too_deep", "Its parts are nested too deep.", "Save the inner message as a file of its own."
            )
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting += [(child, depth + 1) for child in reversed(payload) if isinstance(child, EmailMessage)]
        else:
            leaves.append(part)
        if len(leaves) > _MOST_PARTS:
            raise Unreadable("too_many_parts", f"It has more than {_MOST_PARTS} parts.", "Save what matters as files.")
    return leaves


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; the standard library raises many kinds of error on malformed ones."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, LookupError):
        raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
        return " ".join(str(raw).split())


def _headers(message: EmailMessage) -> Credits:
    sender = _header(message, "From")
    subject = _header(message, "Subject")
    organisation = _header(message, "Organization") or None
    address = re.search(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", sender)
    name = re.sub(r"<[^>]*>", "", sender).strip(" \"'")
    return Credits(
        title=subject or None,
        author=name or (address.group() if address else None),
        affiliation=organisation,
        site=address[1].lower() if address else None,
        published_on=header_date(_header(message, "Date")) if message.get("Date") else None,
    )


def bare_subject(subject: str) -> str:
    """A subject without "Re:" and its like."""
    return _REPLY_PREFIX.sub("", subject)


def _is_text(part: EmailMessage, kind: str) -> bool:
    return part.get_content_type() == kind and part.get_content_disposition() != "attachment"


def _attachments(message: EmailMessage, parts: Sequence[EmailMessage]) -> Iterator[Flaw]:
    for part in parts:
        if part.get_content_type() in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            continue
        try:
            name = part.get_filename() or part.get_content_type()
        except (ValueError, LookupError, TypeError, AttributeError):
            name = part.get_content_type()
        why = f"The attachment “{name}” was not read: save it as a file of its own and add it."
        yield Flaw(kind="attachment_not_read", why=why, words=name)


def _bytes_of(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _plain_body(part: EmailMessage, options: ReadOptions) -> Draft:
    found = decode(_bytes_of(part), options, part.get_content_charset())
    name = "text/plain"
    passages: list[Passage] = []
    cuts: list[Cut] = []
    own: list[Passage] = []
    for stretch in _stretches(found.text, name, cuts, options):
        quoted = bool(stretch.depth or stretch.writer or stretch.written_on)
        made, more = paragraphs(stretch.lines, found.text, name, rewrapped=quoted)
        cuts += more
        if quoted:
            passages += [replace(p, kind="quoted", writer=stretch.writer, written_on=stretch.written_on) for p in made]
        else:
            footers = [p for p in made if is_mail_footer(p.text)]
            cuts += [cut for p in footers for cut in cut_passage(p, "put under the mail by a program")]
            own, _ = sign([p for p in made if not is_mail_footer(p.text)], "mail", True)
            passages += own
    return Draft(parts={name: found.text}, passages=tuple(passages), cuts=tuple(cuts), flaws=found.flaws)


def _page_body(part: EmailMessage, options: ReadOptions) -> Draft:
    found = decode(_bytes_of(part), options, part.get_content_charset(), sniff_markup=True)
    return draft_of_page(found.text, "text/html", options, main_only=False, flaws=found.flaws)


def _stretches(source: str, name: str, cuts: list[Cut], options: ReadOptions) -> Iterator[_Stretch]:
    """The body by writers.  Lines that introduce a quotation, and quote marks, become cuts."""
    found = list(lines(source, options))
    stretch = _Stretch([], 0, None, None)
    writers: dict[int, tuple[str | None, str | None]] = {0: (None, None)}
    base = 0  # depth of what follows: an "Original Message" rule makes all that follows quoted
    at = 0
    while at < len(found):
        line, depth = _unquoted(found[at])
        n_used, who, when = (
            (0, None, None) if line.is_blank else _introduction([_unquoted(x)[0] for x in found[at : at + 8]])
        )
        if n_used:
            taken = found[at : at + n_used]
            cuts += as_cut([literal(source, name, taken[0].start, taken[-1].end)], "heading of a quoted message")
            at += n_used
            below = _next_depth(found, at)
            if below <= depth:
                base = base + 1
            writers[max(depth, below) + base] = (who, when)
            continue
        level = depth + base if not line.is_blank else stretch.depth
        if level != stretch.depth and stretch.lines:
            yield stretch
        if level != stretch.depth or not stretch.lines:
            stretch = _Stretch([], level, *writers.get(level, (None, None)))
        if line.start > found[at].start and not line.is_blank and (not stretch.lines or stretch.lines[-1].is_blank):
            cuts += as_cut([literal(source, name, found[at].start, line.start)], "quote mark")
        stretch.lines.append(line)
        at += 1
    if stretch.lines:
        yield stretch


def _unquoted(line: Line) -> tuple[Line, int]:
    """A line without the marks of quoting in front of it, and how many there were."""
    match = _QUOTE.match(line.text) if line.text.lstrip()[:1] == ">" else None
    if not match:
        return line, 0
    end = match.end()
    return Line(line.text[end:], line.start + end, line.end), match.group().count(">")


def _next_depth(found: Sequence[Line], at: int) -> int:
    for line in found[at : at + 5]:
        inner, depth = _unquoted(line)
        if not inner.is_blank:
            return depth
    return 0


def _introduction(found: Sequence[Line]) -> tuple[int, str | None, str | None]:
    """(lines used, writer, date) where lines introduce a quoted message, else (0, None, None)."""
    first = found[0].text.strip()
    if len(first) > 400:
        return 0, None, None
    for n in (1, 2, 3):
        joined = " ".join(line.text.strip() for line in found[:n])
        if any(line.is_blank for line in found[:n]):
            break
        if joined.endswith(":") and (matched := _reply(joined)) and (n == 1 or matched[1]):
            return n, *matched
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", first).casefold()
    if bare in credit_words().original:
        n, who, when = _fields(found[1:])
        return 1 + n, who, when
    skip = 1 if _RULE.fullmatch(first) else 0
    n, who, when = _fields(found[skip:])
    return (skip + n, who, when) if n >= 2 and who else (0, None, None)


def _reply(text: str) -> tuple[str | None, str | None] | None:
    for pattern in credit_words().reply:
        if match := pattern.fullmatch(text):
            groups = match.groupdict()
            when = stamp(groups.get("when") or "")
            who = _writer(groups["who"])
            if who and not re.search(r"\d\d", who) and (when or len(who.split()) <= 4):
                return who, when
    return None


def _writer(text: str) -> str | None:
    name = re.sub(r"[<\[(][^>\])]*@[^>\])]*[>\])]", "", text).strip(" \"'“”<>,،")
    return name or text.strip(" <>") or None


def _fields(found: Sequence[Line]) -> tuple[int, str | None, str | None]:
    """Header lines in the manner of Outlook: how many there are, who wrote and when."""
    who = when = None
    n = used = 0
    names = credit_words().fields
    for line in found:
        label, colon, value = line.text.strip().strip("*").partition(":")
        name = names.get(label.strip(" *\u200e\u200f").casefold())
        if not colon or not name:
            if n == 0 and line.is_blank:
                used += 1
                continue
            break
        used += 1
        n += 1
        if name == "from":
            who = _writer(value.strip(" *"))
        elif name == "sent":
            when = stamp(value)
    return (used, who, when) if n else (0, None, None)
