"""One document to its reading: the format's module, then what all formats share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from muster.languages.language import identify
from muster.languages.scripts import script_of
from muster.read.assemble import assemble
from muster.read.boilerplate import cut_boilerplate, outlet_of_crumbs
from muster.read.bylines import date_line
from muster.read.credits import credit_lines, owner_in
from muster.read.damage import damage
from muster.read.draft import Credits, Draft, Flaw, Passage
from muster.read.mail import bare_subject, read_mail
from muster.read.markdown import read_markdown
from muster.read.markup import read_page
from muster.read.mastheads import masthead
from muster.read.names import has_organisation_word
from muster.read.options import DEFAULTS, ReadOptions, Unreadable
from muster.read.pages import read_pdf
from muster.read.plain import read_plain
from muster.read.sheets import read_csv, read_sheet
from muster.read.signatures import Where, letterhead
from muster.read.titles import cut_pasted_titles, mark_title
from muster.read.word import read_word
from muster.records import Document, Reading


@dataclass(frozen=True, slots=True)
class _Format:
    """How one media type is read; name and version are what Reading.reader says."""

    name: str
    draft: Callable[[Document, bytes, ReadOptions], Draft]
    version: int = 1
    where: Where = "page"


_SAMPLE = 10_000
_FOOTERS = ("page footer", "notice of rights")
_OFFICE = "application/vnd.openxmlformats-officedocument."
_FORMATS = {
    "text/plain": _Format("txt", read_plain, where="letter"),
    "text/markdown": _Format("md", read_markdown),
    "text/html": _Format("html", read_page),
    "message/rfc822": _Format("eml", read_mail, where="mail"),
    "application/pdf": _Format("pdf", read_pdf, where="letter"),
    "text/csv": _Format("csv", read_csv),
    _OFFICE + "wordprocessingml.document": _Format("docx", read_word, where="letter"),
    _OFFICE + "spreadsheetml.sheet": _Format("xlsx", read_sheet),
}


def read(document: Document, data: bytes, options: ReadOptions = DEFAULTS) -> Reading:
    """The reading of a document, by its media type.

    Everything that is left out is a cut, and everything repaired or doubtful a problem.  A document
    without text gives an empty reading with the problem "no_text".

    Raises:
        Unreadable: "unsupported_type", or the reason for which the format's module gave up.
    Method: docs/method/reading.md.
    """
    found = _FORMATS.get(document.media_type)
    if found is None:
        raise Unreadable("unsupported_type", f"Muster does not read {document.media_type}.", "Save it as text or PDF.")
    draft = found.draft(document, data, options)
    if len(draft.passages) > options.max_blocks:
        why = f"It has more than {options.max_blocks} paragraphs or rows."
        raise Unreadable("too_many_blocks", why, "Split it into several files.")
    draft = _finish(draft, found)
    return assemble(document, draft, f"{found.name}/{found.version}", options)


def sources(document: Document, data: bytes, options: ReadOptions = DEFAULTS) -> dict[str, str]:
    """The decoded text of each part of a document, into which the pieces of its reading point.

    Raises:
        Unreadable: as `read`.
    """
    found = _FORMATS.get(document.media_type)
    if found is None:
        raise Unreadable("unsupported_type", f"Muster does not read {document.media_type}.", "Save it as text or PDF.")
    return dict(found.draft(document, data, options).parts)


def _finish(draft: Draft, found: _Format) -> Draft:
    """What all formats share: boilerplate, title, pasted titles, credits, damage, language."""
    passages, cuts, crumbs = cut_boilerplate(draft.passages)
    stated, issued = draft.credits.title, Credits()
    titles = [crumbs[-1] if crumbs else None, stated]
    hint = draft.hints.title
    if found.where != "mail":
        passages = _with_headline(passages)
        line = None
        if found.name not in ("html", "eml") and not _is_letter(passages, found.where):
            passages, line, issued = masthead(passages)
        passages, stated = mark_title(passages, [title for title in (*titles, hint) if title], line)
        stated = stated if stated != hint or any(p.kind == "title" for p in passages) else None
    passages, title_cuts, title_flaws = cut_pasted_titles(passages, [bare_subject(t) for t in (*titles, stated) if t])
    passages, credits = credit_lines(passages, replace(draft.credits, title=stated), found.where)
    credits = replace(credits, outlet=draft.credits.outlet or issued.outlet or credits.outlet)
    credits = credits.or_else(Credits(outlet=outlet_of_crumbs(crumbs), author=draft.hints.author))
    if found.name in ("csv", "xlsx"):
        credits = credits.or_else(_of_table(credits.title))
    last_lines = [p.text for p in passages[-3:]] + [c.words for c in draft.cuts if c.reason in _FOOTERS]
    credits = credits.or_else(Credits(owner=owner_in(last_lines, credits.outlet)))
    flaws = draft.flaws + title_flaws + tuple(damage(passages))
    if not passages and not any(flaw.kind == "no_text" for flaw in flaws):
        flaws = (*flaws, Flaw(kind="no_text", why="No text was found in it."))
    return replace(
        draft,
        passages=tuple(passages),
        cuts=(*draft.cuts, *cuts, *title_cuts),
        flaws=flaws,
        credits=replace(credits, language=_language(passages, credits.language)),
    )


def _of_table(title: str | None) -> Credits:
    """What the line above a table says: "Lantern Rights: deaths at the camp, 28 April 2017"."""
    name, colon, _ = (title or "").partition(":")
    found = date_line(title or "")
    outlet = name.strip() if colon and len(name.split()) <= 6 and has_organisation_word(name) else None
    return Credits(outlet=outlet, published_on=found.published_on if found else None)


def _with_headline(passages: list[Passage]) -> list[Passage]:
    """The first heading that the format itself calls the title becomes one."""
    at = next((i for i, p in enumerate(passages) if "h1" in p.marks), None)
    if at is None or any(p.kind == "title" for p in passages):
        return passages
    return [*passages[:at], replace(passages[at], kind="title"), *passages[at + 1 :]]


def _is_letter(passages: Sequence[Passage], where: Where) -> bool:
    """Whether a letterhead stands where a title would: letters have none."""
    return where == "letter" and any(p.kind == "byline" for p in letterhead(passages)[0][:1])


def _language(passages: Sequence[Passage], declared: str | None) -> str:
    """The language of the prose; where that cannot be told, the one the page declares."""
    prose = " ".join(p.text for p in passages if p.kind in ("paragraph", "list_item", "quoted"))
    found = identify(prose or _in_main_script(" ".join(p.text for p in passages)[:_SAMPLE]))
    return found if found != "und" or not passages else declared or "und"


def _in_main_script(text: str) -> str:
    """The words in the script that most letters are in: tables give names in two."""
    script = script_of(text)
    return " ".join(word for word in text.split() if script_of(word) == script)
