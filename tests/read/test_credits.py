import pytest

from muster.read.bylines import byline, date_line
from muster.read.datelines import dateline

PROSE = "The guards opened the north gate at dawn, said Nadim Orlo, and four people left the camp for the port."


@pytest.mark.parametrize(
    ("text", "credit", "on", "rest"),
    [
        ("KHALDUN, Sarab, July 29 (Lantern Wire) - Four left.", "Lantern Wire", "XXXX-07-29", "Four left."),
        ("KHALDUN, 11 April 2011. The council met.", None, "2011-04-11", "The council met."),
        ("OSMIR, Jan 8 - The leader spoke.", None, "XXXX-01-08", "The leader spoke."),
        ("KHALDUN (LW) - Four left.", "LW", None, "Four left."),
        ("KHALDUN - Four left.", None, None, "Four left."),
        ("KHALDUN, 14 June 2018 – Four left.", None, "2018-06-14", "Four left."),
        ("Khaldun (Lantern Wire) — Four left.", "Lantern Wire", None, "Four left."),
        ("AL-QARDA, Sarab, Sept. 2, 2013 (LW) -- Four left.", "LW", "2013-09-02", "Four left."),
        ("(Khaldun, 3 May 2017) – Four left.", None, "2017-05-03", "Four left."),
        ("KHALDUN | 3 May 2017 | Four left.", None, "2017-05-03", "Four left."),
        ("KHALDUN — May 3, 2017 — Four left.", None, "2017-05-03", "Four left."),
        ("New Khaldun, 3 May 2017: Four left.", None, "2017-05-03", "Four left."),
        ("3 May 2017, Khaldun – Four left.", None, "2017-05-03", "Four left."),
        ("[3 May 2017] Four left.", None, "2017-05-03", "Four left."),
        ("خلدون – ۴ اردیبهشت ۱۳۹۸ – چهار نفر رفتند.", None, "2019-04-24", "چهار نفر رفتند."),
        ("(Lantern Wire) - Four left.", "Lantern Wire", None, "Four left."),
        ("خلدون - وكالة المنارة: خرج أربعة.", "وكالة المنارة", None, "خرج أربعة."),
        ("خلدون - المنارة، 20 فبراير 2018: خرج أربعة.", "المنارة", "2018-02-20", "خرج أربعة."),
        ("خلدون (المنارة) - خرج أربعة.", "المنارة", None, "خرج أربعة."),
        ("خلدون، ۳۱ فروردین ۱۳۹۷ (فانوس) - چهار نفر رفتند.", "فانوس", "2018-04-20", "چهار نفر رفتند."),
    ],
)
def test_datelines_give_credit_and_date(text, credit, on, rest):
    found = dateline(text)
    assert found is not None
    assert (found.credit, found.published_on, text[found.end :]) == (credit, on, rest)


@pytest.mark.parametrize(
    "text",
    [
        "The camp - which was closed - lies north.",
        "He said: four people left.",
        "Nadim Orlo (41) left.",
        "On 8 April 2011 (a Friday) - the raid began.",
        "خرج أربعة أشخاص من المخيم.",
        "UNHCR said on Monday that four people left.",
    ],
)
def test_other_openings_are_no_datelines(text):
    assert dateline(text) is None


@pytest.mark.parametrize(
    ("text", "author", "affiliation", "outlet", "on"),
    [
        ("By Nadim Orlo", "Nadim Orlo", None, None, None),
        ("By Nadim Orlo | Published 2012-08-18", "Nadim Orlo", None, None, "2012-08-18"),
        ("By NADIM ORLO, Lantern Wire", "NADIM ORLO", "Lantern Wire", None, None),
        ("By Nadim Orlo, 3 May 2016", "Nadim Orlo", None, None, "2016-05-03"),
        ("By Nadim Orlo and Sura Bel", "Nadim Orlo and Sura Bel", None, None, None),
        ("By Nadim Orlo in Khaldun", "Nadim Orlo", None, None, None),
        ("By Lantern Wire staff", None, "Lantern Wire", None, None),
        ("Nadim Orlo and Sura Bel, Khaldun | 3 May 2017", None, None, None, "2017-05-03"),
        ("03 May 2017 | 14:20", None, None, None, "2017-05-03"),
        ("Thu 3 May 2017 14.20 BST", None, None, None, "2017-05-03"),
        ("نشر في: 24 أبريل 2019 - 10:30", None, None, None, "2019-04-24"),
        ("چهارشنبه ۴ اردیبهشت ۱۳۹۸ ساعت ۱۰:۳۰", None, None, None, "2019-04-24"),
        ("| Published 2011-04-15", None, None, None, "2011-04-15"),
        ("بقلم: سورا بل", "سورا بل", None, None, None),
        ("نوشته سورا بل", "سورا بل", None, None, None),
        ("Par Sura Bel", "Sura Bel", None, None, None),
        ("The Lantern Post, Thursday 16 March 2017", None, None, "The Lantern Post", "2017-03-16"),
        ("N. Orlo, Monday 2 November 2015", "N. Orlo", None, None, "2015-11-02"),
        ("Khaldun, Friday 27 December 2013", None, None, None, "2013-12-27"),
        ("Khaldun, Sarab, 27 December 2013", None, None, None, "2013-12-27"),
    ],
)
def test_bylines_give_who_and_when(text, author, affiliation, outlet, on):
    found = byline(text)
    assert found is not None
    assert (found.author, found.affiliation, found.outlet, found.published_on) == (author, affiliation, outlet, on)


@pytest.mark.parametrize(
    "text",
    [
        "By Friday the camp was empty.",
        "By the end of 2011 nobody was left there",
        "Four people left on 3 May 2016 and six stayed behind",
        "Gate opened at dawn",
        "In May 2016, the gate was opened",
    ],
)
def test_other_lines_are_no_bylines(text):
    assert byline(text) is None


def test_the_first_entry_of_a_chronology_does_not_date_it(read_bytes):
    entries = "\n\n".join(f"{n} May 2016 – {PROSE}" for n in (3, 9, 12))
    assert read_bytes(f"What happened at the gate\n\n{entries}\n").published_on is None
    assert read_bytes(f"A gate\n\n3 May 2016 – {PROSE}\n\n{PROSE}\n").published_on == "2016-05-03"


def test_an_affidavit_is_of_the_day_on_which_it_was_sworn(read_bytes):
    reading = read_bytes(f"AFFIDAVIT\n\n{PROSE}\n\n{PROSE}\n\nSworn at Khaldun this 3rd day of May 2016\n")
    assert reading.published_on == "2016-05-03"


def test_a_byline_that_names_nobody_names_nobody():
    found = byline("By Staff Reporter | 3 May 2016")
    assert found is not None
    assert (found.author, found.published_on) == (None, "2016-05-03")


def test_a_line_in_italics_names_writer_and_outlet():
    found = date_line("Nadim Orlo, Salt and Wind, 25 March 2017", emphasised=True)
    assert found is not None
    assert (found.author, found.outlet, found.published_on) == ("Nadim Orlo", "Salt and Wind", "2017-03-25")


def test_the_dateline_stays_in_the_text(read_bytes):
    reading = read_bytes(f"A gate\n\nKHALDUN, May 3, 2016 (Lantern Wire) - {PROSE}\n")
    assert (reading.outlet, reading.published_on) == ("Lantern Wire", "2016-05-03")
    assert "KHALDUN, May 3, 2016 (Lantern Wire) - The guards" in reading.text


@pytest.mark.parametrize(
    ("ending", "author", "affiliation"),
    [
        ("Yours sincerely,\nNadim Orlo\nLantern House\nU.K.", "Nadim Orlo", "Lantern House"),
        ("Yours faithfully,\nSura Bel\nChair, Association of Families", "Sura Bel", "Association of Families"),
        ("Sura Bel (Orlo), Lantern Strategy Consultants", "Sura Bel (Orlo)", "Lantern Strategy Consultants"),
        ("Sura Bel\nCommander of the Tide Brigades", "Sura Bel", "Tide Brigades"),
        ("مع خالص التحية،\nسورا بل\nرابطة الأسر", "سورا بل", "رابطة الأسر"),
        ("با احترام\nسورا بل\nانجمن خانواده‌ها", "سورا بل", "انجمن خانواده‌ها"),
    ],
)
def test_signatures_give_author_and_affiliation(read_bytes, ending, author, affiliation):
    reading = read_bytes(f"An open letter\n\n{PROSE}\n\n{PROSE}\n\n{ending}\n")
    assert (reading.author, reading.affiliation) == (author, affiliation)
    signed = [b for b in reading.blocks if b.kind == "signature"]
    assert len(signed) == len(ending.split("\n"))


def test_a_letterhead_is_no_title(read_bytes):
    head = "Association of Families (AF)\n\nTo the Governor of Khaldun\n\n19 June 2017\n\nDear Sir,"
    reading = read_bytes(f"{head}\n\n{PROSE}\n\n{PROSE}\n")
    assert reading.title is None
    assert (reading.affiliation, reading.published_on) == ("Association of Families", "2017-06-19")


def test_a_last_line_that_is_a_place_signs_nothing(read_bytes):
    assert read_bytes(f"A gate\n\n{PROSE}\n\n{PROSE}\n\nKhaldun\n").author is None


def test_a_last_line_tells_the_owner(read_bytes):
    reading = read_bytes(
        f"A gate\n\nKHALDUN, 3 May 2016 (Coast Voice) - {PROSE}\n\nCoast Voice is published by the Interior Ministry.\n"
    )
    assert reading.owner == "Interior Ministry"


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("The silence of our friends\n\nIt is a month since the tanks came.\n\n5 July 2018\n", "2018-07-05"),
        (
            "Statement no. 12\n\nTaken at the centre of Narmul, 3 February 2009. He is a cook.\n\nThey came.\n",
            "2009-02-03",
        ),
        ("FLASH UPDATE No. 4\n\nAs of 18 October 2019, 16:00 local time\n\nFighting went on.\n", "2019-10-18"),
        ("The report\n\nTaken together, the 3 raids of 4 May 2011 left nine dead, it is said there.\n", None),
        ("The report\n\nThey came on 3 May 2009.\n\nNothing was left of it but the gate and the wall.\n", None),
    ],
)
def test_a_last_line_or_the_record_of_a_statement_gives_its_day(read_bytes, text, on):
    assert read_bytes(text).published_on == on
