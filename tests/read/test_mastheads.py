import pytest

PROSE = (
    "The guards opened the north gate at dawn, said Nadim Orlo, and four people left the camp for the port. "
    "Sura Bel told Lantern Rights that nobody had stopped them, and Lantern Rights called for an inquiry."
)
AR = "فتح الحراس البوابة الشمالية عند الفجر، بحسب نديم أورلو، وخرج أربعة أشخاص من المعسكر نحو الميناء ولم يوقفهم أحد."
FA = "نگهبانان سپیده‌دم دروازهٔ شمالی را گشودند و چهار نفر از اردوگاه به سوی بندر رفتند و هیچ‌کس جلوی آنان را نگرفت."


def letters_of(head, prose=PROSE):
    return f"{head}\n\n{prose}\n\n{prose}\n"


@pytest.mark.parametrize(
    ("head", "title", "outlet", "on"),
    [
        (
            "REPUBLIC OF SARAB\nMINISTRY OF THE INTERIOR\nDirectorate of Communication\n\nCOMMUNIQUÉ No. 031/2019\n"
            "Khaldun, 25 April 2019",
            "COMMUNIQUÉ No. 031/2019",
            "MINISTRY OF THE INTERIOR",
            "2019-04-25",
        ),
        (
            "COASTAL COURT OF HUMAN RIGHTS\nTHIRD CHAMBER\n\nCASE OF ORLO AND OTHERS v. SARAB\n"
            "(Application no. 41207/02)\n\nJUDGMENT (extract)\n\n12 March 2009",
            "CASE OF ORLO AND OTHERS v. SARAB",
            "COASTAL COURT OF HUMAN RIGHTS",
            "2009-03-12",
        ),
        (
            'RADIO LANTERN 98.1 FM, KHALDUN\n"Early Hours", edition of Wednesday 24 April 2019, 7.00 a.m.\n'
            "Transcript, translated from Sarabi",
            '"Early Hours", edition of Wednesday 24 April 2019, 7.00 a.m.',
            "RADIO LANTERN",
            "2019-04-24",
        ),
        (
            "LANTERN RIGHTS\nNight at the gate: the raid on the camp\n"
            "Extract from the report published on 15 June 2021",
            "Night at the gate: the raid on the camp",
            "Lantern Rights",
            "2021-06-15",
        ),
        (
            "HOUSE OF REPRESENTATIVES OF SARAB\nOfficial Report, Wednesday 24 March 2021\nORAL ANSWERS TO QUESTIONS",
            "ORAL ANSWERS TO QUESTIONS",
            "HOUSE OF REPRESENTATIVES OF SARAB",
            "2021-03-24",
        ),
        (
            "Highlights of the noon briefing by the Deputy Spokesperson for the Secretary-General\n"
            "Thursday, 18 May 2023",
            "Highlights of the noon briefing by the Deputy Spokesperson for the Secretary-General",
            None,
            "2023-05-18",
        ),
        (
            "Ministry of Defence of the Republic of Sarab\nStatement on the events at the gate\n\n"
            "Khaldun, 16 March 2017",
            "Statement on the events at the gate",
            "Ministry of Defence of the Republic of Sarab",
            "2017-03-16",
        ),
        (
            "PRESS RELEASE\nFor immediate release, 22 May 2014\n\nFamilies ask where the four are",
            "Families ask where the four are",
            None,
            "2014-05-22",
        ),
        (
            "COAST LABOUR WATCH, CASE FILE 0417\nInterview with Dunya, 26, recorded in Khaldun on 12 September 2023. "
            "Edited for length.",
            "COAST LABOUR WATCH, CASE FILE 0417",
            "COAST LABOUR WATCH",
            "2023-09-12",
        ),
        (
            "THE LANTERN POST\n3 May 2017\n\nFour leave the camp",
            "Four leave the camp",
            "THE LANTERN POST",
            "2017-05-03",
        ),
        (
            "Ref: HC/2019/33\nOriginal: English\n\nNote verbale dated 4 May 2019 from the Mission of Sarab",
            "Note verbale dated 4 May 2019 from the Mission of Sarab",
            None,
            "2019-05-04",
        ),
        (
            "UNITED NATIONS\nSECURITY COUNCIL\nS/2017/431\n3 May 2017\n\nReport of the Secretary-General on the camp",
            "Report of the Secretary-General on the camp",
            "SECURITY COUNCIL",
            "2017-05-03",
        ),
        (
            "IN THE HIGH COURT OF SARAB\nAT KHALDUN\n\nCriminal Case No. 12 of 2016\n\nThe State v. Nadim Orlo\n\n"
            "Judgment delivered on 3 May 2017",
            "The State v. Nadim Orlo",
            "HIGH COURT OF SARAB",
            "2017-05-03",
        ),
        (
            "LANTERN HUMAN RIGHTS CENTRE\nMonthly bulletin, May 2017\n\nGate opened at dawn",
            "Gate opened at dawn",
            "LANTERN HUMAN RIGHTS CENTRE",
            "2017-05",
        ),
        (
            "HANSARD\nHouse of Commons of Sarab\nWednesday 3 May 2017\n\nThe House met at half-past Two o'clock",
            "HANSARD",
            "House of Commons of Sarab",
            "2017-05-03",
        ),
        (
            "THE COAST LEDGER | Thursday, May 3, 2017\n\nGate opened at dawn\nFour leave for the port",
            "Gate opened at dawn",
            "THE COAST LEDGER",
            "2017-05-03",
        ),
    ],
)
def test_lines_above_a_title_name_the_issuer_and_the_day(read_bytes, head, title, outlet, on):
    reading = read_bytes(letters_of(head))
    assert (reading.title, reading.outlet, reading.published_on) == (title, outlet, on)
    assert PROSE in reading.text


@pytest.mark.parametrize(
    ("head", "prose", "title", "outlet", "on"),
    [
        ("وزارة الداخلية\nبيان رقم 14\n\n25 نيسان 2019", AR, "بيان رقم 14", "وزارة الداخلية", "2019-04-25"),
        (
            "جمهورية السراب\nوزارة الدفاع\nخروج أربعة من المعسكر\nبيان صادر يوم الأربعاء 24 أبريل 2019",
            AR,
            "خروج أربعة من المعسكر",
            "وزارة الدفاع",
            "2019-04-24",
        ),
        (
            "إذاعة المنارة\nحلقة الأربعاء 24 نيسان 2019",
            AR,
            "حلقة الأربعاء 24 نيسان 2019",
            "إذاعة المنارة",
            "2019-04-24",
        ),
        (
            "سازمان حقوق بشر ساحل\nخروج چهار نفر از اردوگاه\nگزارش منتشر شده در ۴ اردیبهشت ۱۳۹۸",
            FA,
            "خروج چهار نفر از اردوگاه",
            "سازمان حقوق بشر ساحل",
            "2019-04-24",
        ),
        (
            "وزارت کشور\nبیانیه شماره ۵ مورخ ۴ اردیبهشت ۱۳۹۸",
            FA,
            "بیانیه شماره ۵ مورخ ۴ اردیبهشت ۱۳۹۸",
            "وزارت کشور",
            "2019-04-24",
        ),
    ],
)
def test_mastheads_in_arabic_and_persian(read_bytes, head, prose, title, outlet, on):
    reading = read_bytes(letters_of(head, prose))
    assert (reading.title, reading.outlet, reading.published_on) == (title, outlet, on)


@pytest.mark.parametrize(
    "head",
    [
        "ARMY RAIDS CAMP ON COAST\nMinister denies any role",
        "Raid on Office of Union Leaves Two Dead\nPolice Deny Firing",
        "Public anger grows after the raid\n\nBy Nadim Orlo",
        "Final toll reaches thirty, ministry says\n\nKhaldun, 3 May 2017",
        "Report on the raid of 14 March 2017 divides the council",
        "Lantern Rights Watch Accuses Army\nMinistry Rejects Report",
        "Statement of witness no. 12",
        "Army Raids Union\n3 May 2017\nMinister Denies Any Role",
    ],
)
def test_a_headline_stays_the_title(read_bytes, head):
    reading = read_bytes(letters_of(head))
    assert (reading.title, reading.outlet) == (head.split("\n")[0], None)


def test_the_day_of_what_a_title_tells_is_no_date_of_publication(read_bytes):
    assert read_bytes(letters_of("Report on the raid of 14 March 2017")).published_on is None


def test_a_report_that_is_told_of_does_not_date_the_text(read_bytes):
    head = "Families ask again\n\nThe report was published on 3 May 2016."
    assert read_bytes(letters_of(head)).published_on is None


def test_arabic_headlines_that_begin_with_a_body_stay_titles(read_bytes):
    reading = read_bytes(letters_of("وزارة الداخلية تنفي مقتل أربعة\nأهالي القتلى يطالبون بتحقيق", AR))
    assert (reading.title, reading.outlet) == ("وزارة الداخلية تنفي مقتل أربعة", None)


def test_an_interview_is_of_the_day_on_which_it_was_held(read_bytes):
    head = '"We saw them go": an interview with Sura Bel\n\nSura Bel ran the clinic. She spoke to us on 9 May 2010.'
    assert read_bytes(letters_of(head)).published_on == "2010-05-09"


def test_an_open_letter_keeps_its_title_and_is_signed_by_the_body_that_ends_it(read_bytes):
    head = "An open letter to the Governor\n\nKhaldun, 20 May 2019\n\nMr Governor,"
    reading = read_bytes(f"{head}\n\n{PROSE}\n\n{PROSE}\n\nCommittee of Families of the Camp\nKhaldun, 21 May 2019\n")
    assert (reading.title, reading.author) == ("An open letter to the Governor", "Committee of Families of the Camp")
    assert reading.published_on == "2019-05-20"


def test_lines_of_a_head_are_not_joined_to_a_sentence(read_bytes):
    reading = read_bytes(letters_of("The gate of the northern camp was opened again on Monday\nThursday, 18 May 2023"))
    assert reading.title == "The gate of the northern camp was opened again on Monday"


def test_a_title_that_was_broken_to_fit_a_width_is_joined(read_bytes):
    title = (
        "The gate of the northern camp was opened again on the\nmorning of the second of May and nobody stopped them"
    )
    assert read_bytes(letters_of(title)).title == title.replace("\n", " ")


def page_of(title, header, heading, byline, footer=""):
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><header><a href='/'>{header}</a></header>"
        f"<main><article><h1>{heading}</h1><p class='by'>{byline}</p><p>{PROSE}</p><p>{PROSE}</p></article></main>"
        f"<footer><p>{footer}</p></footer></body></html>"
    )


@pytest.mark.parametrize("title", ["Four leave | The Coast Ledger", "The Coast Ledger - Four leave"])
def test_a_logo_that_the_pages_title_repeats_is_the_outlet_and_the_h1_the_title(read_bytes, title):
    byline = "By our correspondent and agencies, Saturday 20 October 2001"
    page = page_of(title, "The Coast Ledger", "Crowds gather as the list reaches 34 names", byline)
    reading = read_bytes(page, "text/html")
    assert (reading.title, reading.outlet) == ("Crowds gather as the list reaches 34 names", "The Coast Ledger")
    assert (reading.author, reading.published_on) == (None, "2001-10-20")


def test_the_other_part_of_a_title_that_shortens_the_headline_is_the_outlet(read_bytes):
    page = page_of(
        "Four leave the camp | Coast Ledger", "Home", "Four leave the camp as the gate is opened", "By Sura Bel"
    )
    reading = read_bytes(page, "text/html")
    assert (reading.title, reading.outlet) == ("Four leave the camp as the gate is opened", "Coast Ledger")


@pytest.mark.parametrize(
    ("line", "outlet", "on"),
    [
        (
            "*Coast Coordination Cell, Khaldun. As of Sunday 21 May 2023, 18.00*",
            "Coast Coordination Cell",
            "2023-05-21",
        ),
        (
            '*Association of Families "Gate 1999", Khaldun, 16 June 2004*',
            'Association of Families "Gate 1999"',
            "2004-06-16",
        ),
        ("*Coast Notebook, 22 February 2020*", "Coast Notebook", "2020-02-22"),
        ("**2016**", None, None),
    ],
)
def test_the_line_below_a_title_names_the_body_and_the_day(read_bytes, line, outlet, on):
    reading = read_bytes(f"# What the list says\n\n{line}\n\n{PROSE}\n\n{PROSE}\n", "text/markdown")
    assert (reading.title, reading.author) == ("What the list says", None)
    assert (reading.outlet, reading.published_on) == (outlet, on)


DATED = [
    "Four leave camp by north gate\nFrom our news desk\n\nKHALDUN, 3 May 2017 (Agency) - The gate was opened at dawn.",
    "CAMP GATE OPENED AT DAWN\n\n(Agency) KHALDUN, Wednesday 3 May 2017 - The gate was opened at dawn.",
    "SALT COAST NEWS AGENCY\n03.05.2017 14:32 UTC\nURGENT: Four leave camp at Narmul",
    "URGENT ACTION 31/17 - 3 May 2017\n\nSARAB: FOUR PEOPLE AT RISK AFTER LEAVING CAMP",
    "Lantern Rights\nURGENT ACTION\nUA 31/17 Index: MDE 14/0012/2017 Sarab Date: 3 May 2017\n\nFOUR PEOPLE AT RISK",
    "COMMUNIQUÉ No. 7\nCommand of the Tide Brigades\nKhaldun, 3 May 2017",
    "The General Command of the Tide Brigades\nMedia Office\nStatement no. 12 / 3 May 2017",
    "IN THE HIGH COURT OF SARAB\nCase No. 2016/112\nBefore: Orlo J\nDate of judgment: 3 May 2017\n\nORLO v. SARAB",
    "SUPREME COURT OF SARAB\nOrlo v. State [2017] SC 14\nHeard: 2-4 February 2017; judgment delivered 3 May 2017",
    "Sarab: Displacement\nSituation Report No. 14 (as of 3 May 2017)",
    "Transcript of a programme of Radio Lantern, Khaldun, 3 May 2017. Edited for length.",
    "Voices from the gate\nTranscript of a broadcast on Radio Lantern, Khaldun, on the evening of 3 May 2017",
    'Radio Lantern: "The Morning Hour"\nBroadcast: 3 May 2017, 8.05 a.m. Presenter: Sura Bel',
    "To the Minister of the Interior, from the families of the four\n3 May 2017\n\nDear Minister,",
    "Account of a fisherman\nTold to Sura Bel for Lantern Rights. 3 May 2017",
    "Testimony of N., 34\nTaken by Lantern Rights in Khaldun on 3 May 2017; names have been changed",
    '"They opened the gate"\nAs told to Nadim Orlo | 3 May 2017',
    "Salt and Wind — a blog about the coast\n\nThe gate at dawn\n\nPosted on May 3, 2017 by nadim in Uncategorized",
    "The Lantern, newsletter of the Families' Association of Narmul, No. 14 (3 May 2017)\n\nFour come home",
    "Written question No. 212 by Sura Bel, tabled on 3 May 2017\nCamp at Narmul",
    "Sura Bel, Narmul\n3 May 2017, evening",
    "A day at the gate\nBy Sura Bel in Narmul and Nadim Orlo in Khaldun\nLantern Post, 3 May 2017, page 4",
    "Lantern Post, Wednesday May 3 2017, p. 4\n\nA day at the gate\n\nfrom our correspondent in Narmul",
    "Remarks by the Deputy Minister of the Interior at a press conference, Khaldun, 3 May 2017 (as delivered)",
    "Embassy of Sarab, Salt Harbour\nRef. 12/2017\nNote verbale\n\nSalt Harbour, this 3rd day of May 2017",
    "Lantern Rights Weekly Monitor: 27 April - 3 May 2017",
]


@pytest.mark.parametrize("head", DATED)
def test_the_day_of_a_document_is_found_in_heads_of_every_kind(read_bytes, head):
    assert read_bytes(letters_of(head)).published_on == "2017-05-03"


@pytest.mark.parametrize(
    ("head", "prose"),
    [
        ("وكالة أنباء الساحل\nعاجل: خروج أربعة من المعسكر\nخلدون - 3 مايو 2017", AR),
        ("خروج أربعة من المعسكر\n\nخلدون (وكالة الساحل) 3 أيار/مايو 2017 - فتح الحراس البوابة.", AR),
        ("محضر جلسة مجلس النواب المنعقدة يوم الأربعاء 3 مايو 2017", AR),
        ("شهادة صياد من نرمول\nأدلى بها لمركز الفانوس لحقوق الإنسان في خلدون بتاريخ 3/5/2017", AR),
        ("رسالة مفتوحة إلى وزير الداخلية\nخلدون في 3 أيار 2017\n\nالسيد الوزير،", AR),
        ("اطلاعیه شماره ۱۲ روابط عمومی وزارت کشور\nتاریخ: ۱۳۹۶/۰۲/۱۳", FA),
        ("شهادت یک ماهیگیر\nگفت‌وگو: سارا بل، برای انجمن فانوس، ۱۳ اردیبهشت ۱۳۹۶", FA),
        ("بیانیهٔ کانون فانوس دربارهٔ اردوگاه\nخلدون، ۳ مه ۲۰۱۷", FA),
    ],
)
def test_the_day_of_a_document_is_found_in_arabic_and_persian_heads(read_bytes, head, prose):
    assert read_bytes(letters_of(head, prose)).published_on == "2017-05-03"


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("Four leave camp\nFrom our news desk, 3 May 2017", None),
        ("Four leave camp\n\nKHALDUN, May 3, 2017 (Agency) - The gate was opened at dawn.", None),
        ("Account of a fisherman\nTold to Sura Bel for Lantern Rights. 3 May 2017", "Lantern Rights"),
        ("Testimony of N., 34\nTaken in Khaldun on 3 May 2017 by the Narmul Refugee Circle", "Narmul Refugee Circle"),
        ("Transcript of a programme of Radio Lantern, Khaldun, 3 May 2017. Edited.", "Radio Lantern"),
        (
            "The General Command of the Tide Brigades\nMedia Office\nStatement no. 12 / 3 May 2017",
            "The General Command of the Tide Brigades",
        ),
    ],
)
def test_who_issues_is_no_desk_and_no_agency_without_a_name(read_bytes, head, outlet):
    assert read_bytes(letters_of(head)).outlet == outlet


def test_news_may_name_its_outlet_in_the_last_brackets(read_bytes):
    text = f"Four leave camp\n\n{PROSE}\n\nNobody was stopped, said Nadim Orlo. (Lantern Post / agencies)\n"
    assert read_bytes(text).outlet == "Lantern Post"


@pytest.mark.parametrize(
    "head",
    [
        "Statement on the fire at Narmul, 3 May 2016",
        "The agreement signed on 3 May 2016",
        "Families ask again\n\nThe witness statement was taken on 3 May 2016.",
    ],
)
def test_the_day_of_another_matter_is_not_the_documents(read_bytes, head):
    assert read_bytes(letters_of(head)).published_on is None
