"""What is kept of a document for the case-wide stages."""

from dataclasses import replace

from muster.reconcile.outline import outline
from muster.records import LocalEntity, Mention, Outline
from tests.reconcile.made import Story


def outlined_text(text: str, **entities: tuple[str, str]) -> Outline:
    """Outline a text in which each named entity is mentioned wherever its name stands."""
    story = Story()
    story.text = text
    locals_, mentions = [], []
    for id_, (kind, name) in entities.items():
        locals_.append(LocalEntity(id=id_, kind=kind, name=name, forms=(name,)))  # type: ignore[arg-type]
        at = text.find(name)
        while at >= 0:
            mentions.append(Mention(start=at, end=at + len(name), words=name, kind=kind, entity=id_))  # type: ignore[arg-type]
            at = text.find(name, at + 1)
    extraction = replace(story.extraction(), entities=tuple(locals_), mentions=tuple(mentions))
    return outline(story.document(), replace(story.reading(), outlet="Osmira Morning Post"), extraction)


def test_credits_are_read_from_datelines_ends_and_words() -> None:
    text = (
        "NARMUL, Belqara, March 15 (Skerrick Wire) - Six died.\n\n"
        "The toll, first reported by the Hazmar Ledger, rose.\n\n"
        "It was over. (Coastal Voice)"
    )
    assert outlined_text(text).credits == ("Coastal Voice", "Hazmar Ledger", "Skerrick Wire")


def test_a_paper_does_not_credit_itself() -> None:
    assert outlined_text("OSMIRA (OMP) - Six died.\n\nOSMIRA (Osmira Morning Post) - Six died.").credits == ()


def test_a_place_lies_in_the_one_named_after_it() -> None:
    places = {"a": ("place", "Camp Mirsal"), "b": ("place", "Narmul"), "c": ("place", "Belqara")}
    assert outlined_text("At Camp Mirsal in Narmul, Belqara.", **places).within == (("a", "b"), ("b", "c"))


def test_a_list_of_places_is_no_nest() -> None:
    places = {"a": ("place", "Osmira"), "b": ("place", "Narmul"), "c": ("place", "Bandlik")}
    assert outlined_text("They came from Osmira, Narmul and Bandlik.", **places).within == ()


def test_names_with_title_and_article_are_kept_as_written() -> None:
    found = outlined_text("The Red Tide Brigades left.", g=("group", "Red Tide Brigades"))
    assert found.entities[0].descriptions == ("The Red Tide Brigades",)


def test_age_trade_and_parent_beside_a_name_are_kept() -> None:
    texts = {
        "Yusef Karmandi, a retired teacher of 61, died.": ("61", "retired teacher", None),
        "Yusef Karmandi, 24, was taken.": ("24", None, None),
        "Yusef Karmandi (24) was taken.": ("24", None, None),
        "The grave of Yusef Karmandi, the teacher.": (None, "teacher", None),
        "They took 24-year-old fisherman Yusef Karmandi.": ("24", "fisherman", None),
        "Yusef Karmandi, son of Karim, was taken.": (None, None, "son of Karim"),
        "Yusef Karmandi, who was 24 then, was taken.": (None, None, None),
        "Yusef Karmandi and 61 others left.": (None, None, None),
    }
    for text, wanted in texts.items():
        (person,) = outlined_text(text, p=("person", "Yusef Karmandi")).entities
        assert (person.age, person.role, person.kin) == wanted, text


def test_an_outline_is_a_function_of_its_records() -> None:
    story = Story()
    story.place("Camp Mirsal")
    story.say("Six died at Camp Mirsal on Monday.", "kill", when="2018-06-18", place="Camp Mirsal", count=(6, "killed"))
    once = outline(story.document(), story.reading(), story.extraction())
    again = replace(
        story.extraction(), statements=story.extraction().statements[::-1], entities=story.extraction().entities[::-1]
    )
    assert outline(story.document(), story.reading(), again) == once
