"""Bytes to characters: byte order marks, declared encodings, and a guess that is reported as one."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from muster.read.draft import Flaw
from muster.read.options import ReadOptions, Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings in which texts from before UTF-8 are met; the WHATWG encoding standard lists them.
_LEGACY = [
    "cp1256",
    "cp1252",
    "cp1251",
    "cp1250",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1257",
    "iso8859_6",
    "iso8859_2",
    "iso8859_5",
    "koi8_r",
    "koi8_u",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
    "mac_roman",
]
# Only these are believed when declared: others (punycode, unicode_escape, UTF-7) can be made to lie or to hang.
_BELIEVED = {codecs.lookup(name).name for name in (*_LEGACY, "utf-8", "utf-16", "utf-32", "ascii", "gbk", "gb2312")} | {
    codecs.lookup(f"iso8859_{n}").name for n in range(1, 17) if n != 12
}
_SAMPLE_BYTES = 65_536
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's characters, the encoding they were in, and what was wrong with it."""

    text: str
    encoding: str
    flaws: tuple[Flaw, ...] = ()


def decode(data: bytes, options: ReadOptions, declared: str | None = None, sniff_markup: bool = False) -> Decoded:
    """The text of data: by byte order mark, as UTF-8, as declared, else by a guess.

    declared is what a header says; sniff_markup also looks for a charset in the first 4 KB, as browsers
    do.  UTF-8 that decodes is believed before any declaration.  A guess, and every byte that stands for
    no character, is a flaw.

    Raises:
        Unreadable: "too_long".
    """
    if len(data) > 4 * options.max_characters:
        raise _too_long(options)
    found = _decode(data, declared or (_sniff(data) if sniff_markup else None))
    if len(found.text) > options.max_characters:
        raise _too_long(options)
    return found


def _decode(data: bytes, declared: str | None) -> Decoded:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _replacing(data[len(bom) :], name)
    if b"\x00" in data[:_SAMPLE_BYTES] and (wide := _wide(data)):
        return _replacing(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    if declared and (text := _try(data, declared)) is not None:
        return Decoded(text, declared.lower())
    if _mostly_utf8(data):
        return _replacing(data, "utf-8")
    name = _guess(data)
    why = f"Byte {broken} is no UTF-8 and no encoding is declared that fits; read as {name}, which is a guess."
    done = _replacing(data, name)
    return Decoded(done.text, name, (*done.flaws, Flaw(kind="encoding_guessed", why=why, words=name)))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: one of two bytes is mostly zero in any text with spaces and digits."""
    sample = data[:_SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 < len(sample) // 2 or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _sniff(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    return match.group(1).decode("ascii") if match else None


def _try(data: bytes, name: str) -> str | None:
    try:
        known = codecs.lookup(name).name
        if known not in _BELIEVED:
            return None
        return data.decode("cp1252" if known == "iso8859-1" else known)
    except (LookupError, UnicodeError, ValueError):
        return None


def _mostly_utf8(data: bytes) -> bool:
    """Damaged UTF-8 rather than something else: at least nine of ten non-ASCII stretches decode."""
    stretches = re.findall(rb"[\x80-\xff]+", data[: 4 * _SAMPLE_BYTES])
    good = sum(1 for stretch in stretches if _try(stretch, "utf-8") is not None)
    return good * 10 >= len(stretches) * 9


def _guess(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_LEGACY, threshold=0.5).best()
    return best.encoding if best else "cp1252"


def _replacing(data: bytes, name: str) -> Decoded:
    text = data.decode(name, errors="replace")
    lost = text.count("\ufffd")
    if not lost:
        return Decoded(text, name)
    return Decoded(
        text, name, (Flaw(kind="undecodable", why=f"{lost} places are no {name} and show as �.", words="�"),)
    )


def _too_long(options: ReadOptions) -> Unreadable:
    return Unreadable(
        "too_long", f"Its text is longer than {options.max_characters} characters.", "Split it into several files."
    )
