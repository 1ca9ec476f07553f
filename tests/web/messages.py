"""The words of the pages: found in the sources, merged into the translations, compiled.  `make messages` runs this.

Django's own command needs GNU gettext; this needs only Babel.  Translators work on
src/muster/web/locale/<language>/LC_MESSAGES/django.po; the .mo beside it is made of it and committed, so that
Muster installs without a compiler of messages.
"""

from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[2] / "src" / "muster" / "web"
LOCALE = WEB / "locale"
LANGUAGES = ("ar", "fa")
_KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "_p": ((1, "c"), 2), "_now": None,
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip


def found() -> Catalog:
    """Return every message of the sources."""
    catalog = Catalog(charset="utf-8")
    for path in sorted([*WEB.rglob("*.py"), *WEB.rglob("*.html")]):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = templatize(text, origin=str(path))
        for _line, message, comments, context in extract("python", BytesIO(text.encode()), _KEYWORDS):
            if message and message != ("", ""):
                flags = ("python-format",) if "%(" in str(message) else ()
                catalog.add(message, context=context, auto_comments=comments, flags=flags)
    return catalog


def translations(language: str) -> Catalog:
    """Return what is translated into a language."""
    path = _po(language)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return read_po(StringIO(text), locale=language, charset="utf-8")


def compiled(catalog: Catalog) -> bytes:
    """Return the bytes of a .mo file."""
    kept = BytesIO()
    write_mo(kept, catalog)
    return kept.getvalue()


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def main() -> None:
    """Bring the files up to date."""
    for language in LANGUAGES:
        catalog = translations(language)
        catalog.update(found(), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path = _po(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, omit_header=False, sort_output=True, no_location=True, width=100)
        path.with_suffix(".mo").write_bytes(compiled(translations(language)))
        left = [message.id for message in translations(language) if message.id and not message.string]
        print(f"{language}: {len(catalog)} messages, {len(left)} to translate")


if __name__ == "__main__":
    main()
