"""Hiding names: what is found in a text, and that a record tells nothing of the name that was in it."""

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from muster.casebook import Record
from muster.casebook.protection import Protected, Protection, left_to_tell, protect
from muster.casebook.protection.hider import WITHHELD, Hidden, Hider, Moved, Scope, make_scope, put_in
from muster.casebook.protection.spellings import Spellings
from muster.languages.names import similarity
from muster.publish import export_csv, export_jsonl, report_html
from tests.casebook.protected_pile import OTHER, make_pile

SECRET = b"0" * 32
LABEL = "[protected person 1]"


def hider(*words: str, large: tuple[str, ...] = (), capitals: tuple[str, ...] = ()) -> Hider:
    sets = {"large": frozenset(large), "capitals": frozenset(capitals)}
    return Hider(Spellings(words=frozenset(words), initials=frozenset({"fb"}), **sets))


FARIS = hider("faris", "belhadri", "فارس", "بلهدري")
SCOPE = make_scope([("Faris Belhadri", LABEL), ("Belhadri", LABEL), ("فارس بلهدري", LABEL)])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Faris Belhadri spoke.", f"{LABEL} spoke."),
        ("BELHADRI spoke", f"{LABEL} spoke"),
        ("belhadri's men", f"{LABEL}'s men"),
        ("the Belhadris", f"the {LABEL}"),
        ("Belhadri-led raids", f"{LABEL}-led raids"),
        ("Belhadrist circles", f"{LABEL} circles"),
        ("Abu Faris came", f"{LABEL} came"),
        ("Faris A. al-Belhadri came", f"{LABEL} came"),
        ("write to f.belhadri@post.example.", f"write to {LABEL}."),
        ("@FarisBelhadri2 wrote", f"{LABEL} wrote"),
        ("#free_belhadri", LABEL),
        ("see faris_belhadri-17.pdf", f"see {LABEL}.pdf"),
        ("https://x.example/a/Faris%20Belhadri/b", LABEL),
        ("https://x.example/%42elhadri", LABEL),
        ("Bel\u00adhadri, Bel\u200bhadri, Bel-\nhadri", f"{LABEL}, {LABEL}, {LABEL}"),
        ("B e l h a d r i", LABEL),
        ("Ｂｅｌｈａｄｒｉ", LABEL),
        ("Вelhаdri", LABEL),  # with two Cyrillic letters
        ("وقال فارس بلهدري إن", f"وقال {LABEL} إن"),
        ("وبلهدري، لبلهدري", f"{LABEL}، {LABEL}"),
        ("بلـهـدري وبَلْهَدري", f"{LABEL} {LABEL}"),
        ("بلهدری‌ها گفتند", f"{LABEL} گفتند"),
        ("Far is Mr Fari", "Far is Mr Fari"),
        ("farisbelhadri and elbelhadri wrote", f"{LABEL} and {LABEL} wrote"),
        ("F. B. and F.B. went, fb did not", f"{WITHHELD} and {WITHHELD} went, fb did not"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, left: str) -> None:
    assert FARIS.hide(text, SCOPE) == left


def test_an_ordinary_word_is_hidden_only_where_it_is_written_as_a_name() -> None:
    hope = hider("karmandi", large=("hope", "علي"))
    scope = make_scope([("Hope Karmandi", LABEL), ("علي كرمندي", LABEL)])
    assert hope.hide("We hope. Hope went. hope karmandi too.", scope) == f"We hope. {LABEL} went. {LABEL} too."
    assert hope.hide("كان على الأرض، وعلي كرمندي", scope) == f"كان على الأرض، {LABEL}"


def test_an_acronym_is_hidden_in_capitals_only() -> None:
    assert hider(capitals=("aid",)).hide("AID gave aid", Scope()) == f"{WITHHELD} gave aid"


def test_of_two_people_of_one_family_name_nobody_is_told_by_it() -> None:
    scope = make_scope([("Faris Belhadri", LABEL), ("Layla Belhadri", "[withheld name 1a2b]")])
    assert FARIS.hide("Belhadri met Layla Belhadri", scope) == f"{WITHHELD} met [withheld name 1a2b]"


@given(st.text(alphabet="abc dé", max_size=60), st.data())
def test_every_place_of_a_text_is_followed(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    hidden = [Hidden(a, b, "[label]") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    moved, left = Moved(hidden), put_in(text, hidden)
    a, b = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    start, end = moved.start(a), moved.end(b)
    assert 0 <= start <= len(left)
    assert 0 <= end <= len(left)
    inside = [h for h in hidden if h.start < b and h.end > a]
    clipped = [Hidden(max(h.start - a, 0), min(h.end, b) - a, h.label) for h in inside]
    if a < b:
        assert left[start:end] == put_in(text[a:b], clipped)


# ---- made names

_SYLLABLES = ["vor", "qes", "jal", "mun", "zed", "bra", "thu", "gol", "naz", "kir", "fod", "wex", "yub", "chi", "dra"]
_NAME = st.lists(st.sampled_from(_SYLLABLES), min_size=2, max_size=4, unique=True).map("".join).map(str.capitalize)


def _disguised(name: str) -> list[str]:
    half = len(name) // 2
    return [
        name, name.upper(), name.lower(), f"{name}'s", f"{name}’s", f"({name})", f"“{name}”", f"{name}-linked",
        f"al-{name}", f"x.{name.lower()}@mail.example", f"http://a.example/{name}?q=1", f"@{name.lower()}_77",
        f"{name[:half]}\u00ad{name[half:]}", f"{name[:half]}\u200b{name[half:]}", f"{name[:half]}-\n{name[half:]}",
        " ".join(name), ".".join(name), f"{name[0]}\u0301{name[1:]}",
        "".join(chr(ord(c) + 0xFEE0) for c in name), f"{name}/{name}", f"{name},{name}", f"pre_{name}_post.docx",
        "".join(f"%{ord(c):02X}" for c in name),
    ]  # fmt: skip


@settings(max_examples=60)
@given(_NAME, _NAME)
def test_no_disguise_of_a_made_name_is_left(first: str, family: str) -> None:
    assume(similarity(first, family) < 0.7)
    hiding = hider(first.casefold(), family.casefold())
    scope = make_scope([(f"{first} {family}", LABEL)])
    for name in (first, family, f"{first} {family}", f"{family}, {first}"):
        for text in _disguised(name) if " " not in name else [name, name.upper(), name.replace(" ", "_")]:
            left = hiding.hide(f"They met {text} there, and left.", scope)
            letters = "".join(filter(str.isalpha, unicodedata.normalize("NFKC", left))).casefold()
            assert first.casefold() not in letters
            assert family.casefold() not in letters
            assert left.startswith("They met ")
            assert left.endswith(", and left.")


def _protection(first: str, family: str, record: Record) -> Protection:
    (me,) = [each for each in record.entities if each.name == f"{first} {family}"]
    names = (me.name, *(alias.form for alias in me.aliases if alias.form != me.name))
    who = Protected(number=1, kind="person", names=names, members=me.members)
    return Protection(protected=(who,), secret=SECRET)


def _passed_on(record: Record) -> dict[str, str]:
    """What a reader gets, with the ids that a secret makes taken out: those differ with the documents."""
    with TemporaryDirectory() as folder:
        export_jsonl(record, Path(folder))
        export_csv(record, Path(folder))
        files = {each.name: each.read_text("utf-8") for each in Path(folder).iterdir()}
    files["report.html"] = report_html(record)
    keyed = re.compile(r"\b[a-z]-[0-9a-f]{16}\b|(?<=withheld name )[0-9a-f]{6}")
    return {name: keyed.sub("ID", text) for name, text in files.items()}


@settings(max_examples=8)
@given(_NAME, _NAME, _NAME, _NAME)
def test_what_is_passed_on_is_the_same_whatever_the_name(first: str, family: str, other: str, others: str) -> None:
    """The one test that needs no list of attacks: of two cases that differ in the name alone, the files are equal."""
    assume(all(similarity(a, b) < 0.7 for a, b in ((first, family), (other, others))))
    files = []
    for names in ((first, family), (other, others)):
        whole = make_pile(*names)
        made = protect(whole, _protection(*names, whole))
        files.append(_passed_on(made))
        assert not any(name.casefold() in text.casefold() for name in names for text in files[-1].values())
    assert files[0] == files[1]


def test_a_record_of_which_nothing_is_protected_is_itself() -> None:
    record = make_pile("Faris", "Belhadri")
    assert protect(record, Protection(protected=(), secret=b"")) is record


def test_others_and_their_ids_stay_as_they_are() -> None:
    whole = make_pile("Faris", "Belhadri")
    made = protect(whole, _protection("Faris", "Belhadri", whole))
    assert OTHER in {each.name for each in made.entities}
    untouched = next(each for each in whole.documents if each.name == "fourth.txt")
    assert untouched in made.documents
    own = {each.id for each in whole.statements if each.document_id == untouched.id}
    assert own <= {each.id for each in made.statements}
    assert len(own) == 2


def test_ids_that_the_name_went_into_are_told_by_no_one_without_the_secret() -> None:
    whole = make_pile("Faris", "Belhadri")
    protection = _protection("Faris", "Belhadri", whole)
    made, again = protect(whole, protection), protect(whole, replace(protection, secret=b"1" * 32))
    before = {each.id for each in whole.statements}
    mine = {each.id for each in made.statements}
    theirs = {each.id for each in again.statements}
    assert len(mine & before) == len(theirs & before) == len(mine & theirs) == 2  # of the document that names nobody
    assert mine == {each.id for each in protect(whole, protection).statements}


def test_somebody_who_came_in_under_the_full_name_later_is_hidden_too() -> None:
    whole = make_pile("Faris", "Belhadri")
    old = Protected(number=1, kind="person", names=("Faris Belhadri",), members=(("d-gone", "e1"),))
    made = protect(whole, Protection(protected=(old,), secret=SECRET))
    assert LABEL in {each.name for each in made.entities}


def test_a_name_that_no_entity_has_any_more_is_still_hidden() -> None:
    whole = make_pile("Faris", "Belhadri")
    old = Protected(number=1, kind="person", names=("Belhadri",), members=(("d-gone", "e1"),))
    files = _passed_on(protect(whole, Protection(protected=(old,), secret=SECRET)))
    assert not any("belhadri" in text.casefold() for text in files.values())


def test_what_is_left_of_somebody_is_told_to_those_who_may_know() -> None:
    whole = make_pile("Faris", "Belhadri")
    (left,) = left_to_tell(whole, _protection("Faris", "Belhadri", whole))
    assert left.name == "Faris Belhadri"
    assert {"faris", "belhadri"} <= set(left.words)
    assert "his friend" in left.described
    assert any("was taken on Tuesday" in quote for quote, _, _ in left.sentences)
    assert not any("belhadri" in quote.casefold() for quote, _, _ in left.sentences)


def test_every_field_that_is_a_text_goes_through_the_door() -> None:
    whole = make_pile("Faris", "Belhadri")
    made = protect(whole, _protection("Faris", "Belhadri", whole))
    text = json.dumps(repr(replace(made, reading=None)), ensure_ascii=False)  # type: ignore[arg-type]
    text += "".join(repr(made.reading(each.id)) for each in made.documents)
    assert "belhadri" not in text.casefold()
    assert "faris" not in text.casefold()


def test_a_word_that_only_sounds_like_a_part_of_a_name_stays() -> None:
    whole = make_pile("Ali", "Belhadri")
    made = protect(whole, _protection("Ali", "Belhadri", whole))
    text = made.reading(next(each.id for each in made.documents if each.name == "fourth.txt")).text
    assert text == "Five men were taken on Tuesday. Nobody knows where they are."
    assert OTHER in {each.name for each in made.entities}
