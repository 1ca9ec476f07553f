"""Every page speaks every language."""

import re

import pytest
from babel.messages.catalog import Message

from tests.web.messages import LANGUAGES, LOCALE, compiled, found, translations
from tests.web.site import Site

_PLACES = re.compile(r"%\(\w+\)[sd]|</?\w+>")


def _forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    known = {(each.context, _forms(each.id)[0]): each for each in translations(language)}
    missing = [
        each.id
        for each in found()
        if each.id and not all(_forms(known.get((each.context, _forms(each.id)[0]), Message("")).string or ("",)))
    ]
    assert not missing, "run `make messages`, and translate what it adds"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_what_is_filled_in(language: str) -> None:
    wrong = []
    for each in translations(language):
        wanted = set(_PLACES.findall(_forms(each.id)[-1])) if each.id else set()
        wrong += [each.id for form in _forms(each.string) if each.id and form and set(_PLACES.findall(form)) - wanted]
        if each.string and isinstance(each.id, str) and wanted - set(_PLACES.findall(str(each.string))):
            wrong.append(each.id)
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_messages_are_those_of_the_translators(language: str) -> None:
    made = (LOCALE / language / "LC_MESSAGES" / "django.mo").read_bytes()
    assert made == compiled(translations(language)), "run `make messages`"


@pytest.mark.parametrize(("language", "word", "direction"), [("ar", "نظرة عامة", "rtl"), ("fa", "نمای کلی", "rtl")])
def test_pages_are_in_the_language_and_direction_that_one_chose(
    site: Site, language: str, word: str, direction: str
) -> None:
    client = site.client("reader")
    client.post("/language/", {"language": language, "next": "/cases/mirsal/"})
    page = client.get("/cases/mirsal/").content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert word in page
