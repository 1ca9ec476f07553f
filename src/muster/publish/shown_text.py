"""A document's text made safe and plain to look at.

Jinja escapes everything; what is added here is that characters which change how other text is shown,
or cannot be shown, are shown by their number.  Left-to-right and right-to-left marks and joiners stay,
since Arabic and Persian need them.
"""

import re

from markupsafe import Markup, escape

_REORDERS = "\u202a-\u202e\u2066-\u2069"
_UNSHOWN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb\ufeff\U000e0000-\U000e007f"
_TO_SHOW = re.compile(f"[{_REORDERS}{_UNSHOWN}\ud800-\udfff]")
_ENDS = re.compile(r"[\r\n\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029 ]+")
_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_RIGHT_TO_LEFT = re.compile(f"({_LETTER}+(?:[\u200c-\u200f '’-]+{_LETTER}+)*)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def source(text: str) -> Markup:
    """Escape text, with reordering, invisible and broken characters as "U+202E"."""
    return Markup(_TO_SHOW.sub(lambda found: _shown(found[0]), str(escape(text))))


def mixed(text: str) -> Markup:
    """Escape a sentence of Muster's that may hold words from right to left; these are set apart.

    A date after an Arabic name would else be drawn in front of it.
    """
    parts = _RIGHT_TO_LEFT.split(text)
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(source(part)) if at % 2 else source(part) for at, part in enumerate(parts)
    )


def _shown(character: str) -> str:
    return f'<span class="ctl">U+{ord(character):04X}</span>'


def plain(text: str) -> str:
    """Text without such characters, for where no markup can stand: a title or a label."""
    return _TO_SHOW.sub("\ufffd", text)


def last_resort(value: object) -> object:
    """What a template prints without saying how is made plain; Jinja escapes it after that."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def flat(text: str) -> str:
    """Text on one line."""
    return _ENDS.sub(" ", text).strip()


def short(text: str, chars: int = 240) -> str:
    """The first chars code points of a text, its line ends as spaces."""
    line = _ENDS.sub(" ", text)
    return line if len(line) <= chars else f"{line[:chars].rstrip()} […]"


def short_end(text: str, chars: int = 240) -> str:
    """The last chars code points of a text, its line ends as spaces."""
    line = _ENDS.sub(" ", text)
    return line if len(line) <= chars else f"[…] {line[-chars:].lstrip()}"


def lang(code: str) -> str:
    """A language code as HTML wants it; "" (not known) for "und" and what is no code."""
    return code if _LANGUAGE.fullmatch(code) and code != "und" else ""
