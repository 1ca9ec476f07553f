import pytest

from muster.read.decode import decode
from muster.read.options import DEFAULTS

ENGLISH = "The gate — “open” since dawn — was closed.\n"
ARABIC = "فتح الحراس البوابة الشمالية عند الفجر وغادر أربعة أشخاص المخيم.\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (ENGLISH.encode(), ENGLISH, "utf-8"),
        (ENGLISH.encode("utf-8-sig"), ENGLISH, "utf-8"),
        (ENGLISH.encode("utf-16"), ENGLISH, "utf-16-le"),
        (b"\xfe\xff" + ENGLISH.encode("utf-16-be"), ENGLISH, "utf-16-be"),
        (ENGLISH.encode("utf-16-le"), ENGLISH, "utf-16-le"),
    ],
)
def test_unicode_is_known_by_its_mark_or_its_form(data, text, encoding):
    found = decode(data, DEFAULTS)
    assert (found.text, found.encoding, found.flaws) == (text, encoding, ())


def test_a_legacy_encoding_is_guessed_and_the_guess_reported():
    found = decode(ARABIC.encode("cp1256"), DEFAULTS)
    assert (found.text, [flaw.kind for flaw in found.flaws]) == (ARABIC, ["encoding_guessed"])


def test_a_declared_encoding_is_believed_where_the_bytes_fit_it():
    found = decode(ARABIC.encode("iso8859-6"), DEFAULTS, declared="ISO-8859-6")
    assert (found.text, found.flaws) == (ARABIC, ())


@pytest.mark.parametrize("lie", ["utf-7", "punycode", "unicode_escape", "zip", "klingon", "utf-16"])
def test_a_declaration_that_lies_changes_nothing(lie):
    assert decode(ENGLISH.encode(), DEFAULTS, declared=lie).text == ENGLISH


def test_bytes_that_are_no_character_are_marked_and_counted():
    found = decode(("x" + ARABIC * 20).encode() + b"\xff", DEFAULTS)
    assert found.text.endswith("\ufffd")
    assert [flaw.kind for flaw in found.flaws] == ["undecodable"]
