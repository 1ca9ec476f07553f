"""One document to its reading: the format's module, then what all formats share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from muster.languages.language import identify
from muster.read.assemble import assemble
from muster.read.boilerplate import cut_boilerplate
from muster.read.credits import Where, credit_lines
from muster.read.damage import damage
from muster.read.draft import Draft, Flaw, Passage
from muster.read.mail import bare_subject, read_mail
from muster.read.markdown import read_markdown
from muster.read.markup import read_page
from muster.read.options import DEFAULTS, ReadOptions, Unreadable
from muster.read.plain import read_plain
from muster.read.titles import cut_pasted_titles, mark_title
from muster.records import Document, Reading


@dataclass(frozen=True, slots=True)
class _Format:
    """How one media type is read; name and version are what Reading.reader says."""

    name: str
    draft: Callable[[Document, bytes, ReadOptions], Draft]
    version: int = 1
    where: Where = "page"


_FORMATS = {
    "text/plain": _Format("txt", read_plain, where="letter"),
    "text/markdown": _Format("md", read_markdown),
    "text/html": _Format("html", read_page),
    "message/rfc822": _Format("eml", read_mail, where="mail"),
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
    draft = _finish(found.draft(document, data, options), found, options)
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


def _finish(draft: Draft, found: _Format, options: ReadOptions) -> Draft:
    """What all formats share: boilerplate, title, pasted titles, credits, damage, language."""
    passages, cuts, crumb = cut_boilerplate(draft.passages)
    stated = draft.credits.title
    if found.where != "mail":
        headline = next((i for i, p in enumerate(passages) if "h1" in p.marks), None)
        if headline is not None and not any(p.kind == "title" for p in passages):
            passages[headline] = replace(passages[headline], kind="title")
        passages, stated = mark_title(passages, crumb or stated, first_line=found.name in ("txt", "md"))
    titles = [title for title in (stated, crumb, draft.credits.title) if title]
    passages, title_cuts, title_flaws = cut_pasted_titles(passages, [bare_subject(t) for t in titles])
    passages, credits = credit_lines(passages, replace(draft.credits, title=stated), found.where)
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


def _language(passages: Sequence[Passage], declared: str | None) -> str:
    """The language of the prose; where that cannot be told, the one the page declares."""
    prose = " ".join(p.text for p in passages if p.kind in ("paragraph", "list_item", "quoted"))
    found = identify(prose or " ".join(p.text for p in passages))
    return found if found != "und" or not passages else declared or "und"
