import pytest

from muster.read.boilerplate import breadcrumb, is_readers_comments, why_boilerplate

PROSE = "The governor said that guards had opened the north gate and that nobody was hurt in the crowd."


def test_a_breadcrumb_line_is_cut_and_names_the_title(read_bytes):
    reading = read_bytes(
        "Home » Region » The wall came down\n\nThe wall came down\n\nPeople left at dawn. They walked.\n"
    )
    assert reading.title == "The wall came down"
    assert [cut.reason for cut in reading.cuts] == ["breadcrumb line"]


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("Home » Region » A gate", ("Home", "Region", "A gate")),
        ("You are here: Home / News / A gate", ("Home", "News", "A gate")),
        ("الرئيسية » أخبار » فتح البوابة", ("الرئيسية", "أخبار", "فتح البوابة")),
        ("خانه › خبر › دروازه باز شد", ("خانه", "خبر", "دروازه باز شد")),
        ("Accueil > Monde", ("Accueil", "Monde")),
        ("He went home > and slept", None),
        ("Either/or", None),
    ],
)
def test_breadcrumb_lines_are_known_by_their_first_item(line, items):
    assert breadcrumb(line) == items


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("You may also like", "related links"),
        ("Related posts:", "related links"),
        ("مواضيع ذات صلة", "related links"),
        ("مطالب مرتبط", "related links"),
        ("Leave a Comment", "comment form"),
        ("Leave a Reply", "comment form"),
        ("2 Comments", "comment form"),
        ("دیدگاهتان را بنویسید", "comment form"),
        ("Share this: Facebook Twitter WhatsApp", "share bar"),
        ("Facebook | Twitter | E-mail | Print", "share bar"),
        ("شارك على فيسبوك", "share bar"),
        ("We use cookies to improve your experience. Accept", "cookie notice"),
        ("About us | Contact | Privacy policy", "navigation"),
        ("Skip to content", "navigation"),
        ("© 2019 The Lantern. All rights reserved.", "notice of rights"),
        ("Tags: camp, water, wall", "filing line"),
        ("3 min read", "reading time"),
        ("1,204 views", "counter"),
        ("Page 3 of 7", "page number"),
        ("ADVERTISEMENT", "advertisement"),
        (PROSE, None),
        ("He asked the neighbours to share.", None),
        ("Print", None),
        ("Contact", None),
        ("They follow us and share on Facebook what the guards do", None),
        ("The guards took the cookies that families had baked.", None),
        ("Comments by the ministry on the report", None),
    ],
)
def test_a_line_is_furniture_or_is_not(line, reason):
    assert why_boilerplate(line) == reason


def test_headlines_below_you_may_also_like_go_and_prose_after_them_stays(read_bytes):
    links = "You may also like\n\nMinister visits the port\nSix held at the bridge"
    text = f"The gate\n\n{PROSE}\n\n{links}\n\n{PROSE} It was dawn.\n"
    reading = read_bytes(text)
    assert "Minister" not in reading.text
    assert "Six held" not in reading.text
    assert reading.text.endswith("It was dawn.")
    assert {cut.reason for cut in reading.cuts} == {"related links"}


def test_readers_comments_are_cut_to_the_end(read_bytes):
    reading = read_bytes(
        f"The gate\n\n{PROSE}\n\n2 comments\n\nanna\n\nNobody believes that twelve people died there.\n"
    )
    assert reading.text == f"The gate\n\n{PROSE}"
    assert any("Nobody believes" in cut.words and cut.reason == "readers' comments" for cut in reading.cuts)


def test_no_comments_opens_no_section():
    assert is_readers_comments("Comments (3)")
    assert not is_readers_comments("Comments (0)")
    assert not is_readers_comments("Comments")


def test_three_labels_under_each_other_are_a_menu_and_one_is_not(read_bytes):
    reading = read_bytes(f"Home\nNews\nContact\n\nThe gate\n\n{PROSE}\n\nNews\n\n{PROSE}\n")
    assert [cut.words for cut in reading.cuts] == ["Home", "News", "Contact"]
    assert "News" in reading.text


def test_everything_of_a_plain_text_is_in_the_reading_or_in_a_cut(read_bytes):
    text = f"Home » A gate\n\nA gate\n\n{PROSE}\n\n· one\n· two\n\n* * *\n\nYou may also like\n"
    reading = read_bytes(text)
    spans = [(p.source_start, p.source_end) for p in reading.pieces]
    spans += [(c.source_start, c.source_end) for c in reading.cuts]
    covered = {i for start, end in spans for i in range(start, end)}
    assert [c for i, c in enumerate(text) if i not in covered and not c.isspace()] == []
