"""Six documents of the invented place, and statements that point into them.  Everything is invented."""

import hashlib
from dataclasses import dataclass, field

from muster.records import (
    Block,
    Count,
    Document,
    Piece,
    Reading,
    Statement,
    When,
    Words,
)

WIRE = (
    "Six reported dead as battalion enters coastal camp",
    "NARMUL, March 15 - Security forces broke through the fence of Camp Mirsal before dawn on Tuesday and fought with "
    "residents for almost three hours, witnesses said on Wednesday. The saltworks is home to about 1,900 people.",
    "Dr Mahin Orvandi, who heads Narmul General Hospital, said that six bodies had been brought in and that 41 people "
    "were being treated, most of them for gunshot wounds. She said that at least two more were in a critical state.",
    "The Interior Secretariat denied that anyone had died. Brigadier Qasim Dorakhsh said that seven of his men had "
    "been hurt by stones and that 30 troublemakers were in custody.",
)
COPY = ("Deadly dawn at the saltworks", *WIRE[1:])
VOICE = (
    "Eleven shot dead, 120 wounded: the night of 14 March at Mirsal",
    "Eleven unarmed residents of Camp Mirsal were shot dead and 120 others wounded when Dorakhsh's battalion attacked "
    "the sleeping quarters at four in the morning on Friday, 14 March 2017. Adel Hamruni was shot before his own door.",
    "Forty-one young men were driven to the prison in Narmul, and their mothers have not been allowed to see them. "
    "Yusef Talvari has not been seen since.",
)
ARABIC = (
    "بيان الأمانة الداخلية حول أحداث معسكر مرسال",
    "نفت الأمانة الداخلية سقوط أي قتيل في معسكر مرسال يوم 14 مارس 2017، "
    "وقالت إن سبعة من أفراد الكتيبة أصيبوا بالحجارة.",
    "وقال المتحدث سامر بلحضري إن ثلاثين من مثيري الشغب أُوقفوا وفق القانون، وإن الحياة عادت إلى طبيعتها.",
)
PERSIAN = (
    "نامهٔ خانواده‌ها",
    "به گفتهٔ نسرین تالوری، سخنگوی شورای ساکنان، نه نفر در بامداد ۱۴ مارس کشته شدند و عادل حمرونی یکی از آنان بود.",
    "یوسف تالوری از آن شب ناپدید شده است و کسی به خانواده‌اش پاسخی نمی‌دهد.",
)
REPORT = (
    "Observer Mission to Hazmar: findings on the operation of 14 March 2017 and on the fire of August at the former "
    "saltworks administration building in the northern sector of Camp Mirsal",
    "The Mission counted nine graves and holds medical records for 62 of the injured. It could not establish who fired "
    "first.",
    "The Residents' Council told the Mission that a fire in August 2017 had killed between two and four persons; the "
    "Secretariat said that it knew of no fire.",
)
FILES = {
    "01-six-reported-dead.txt": (WIRE, "Skerrick Wire", None, "2017-03-15", "en"),
    "02-deadly-dawn.txt": (COPY, "Harbour Courier", "T. Talvari", "2017-03-16", "en"),
    "03-night-of-14-march.html": (VOICE, "Voice of Mirsal", "N. Talvari", "2017-03-20", "en"),
    "04-بيان-الأمانة.txt": (ARABIC, "الأمانة الداخلية", None, "2017-03-15", "ar"),
    "05-letter-of-the-families.pdf": (PERSIAN, None, "خانواده‌های مرسال", "2017-04", "fa"),
    "06-findings-on-the-operation-of-14-march-and-on-the-august-fire.docx": (
        *(REPORT, "Observer Mission to Hazmar", None, "2017-11-02", "en"),
    ),
}


@dataclass
class Pile:
    """The documents, and statements as they are added."""

    documents: list[Document] = field(default_factory=list)
    readings: dict[str, Reading] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)

    def add(
        self, name: str, paragraphs: tuple[str, ...], outlet: str | None, author: str | None, on: str, lang: str
    ) -> None:
        """Add a document whose reading is the paragraphs, the first of them its title."""
        text = "\n\n".join(paragraphs)
        sha256 = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
        document = Document(
            id=f"d-{sha256[:16]}", sha256=sha256, name=name, media_type="text/plain", n_bytes=len(text.encode())
        )
        blocks, at = [], 0
        for number, paragraph in enumerate(paragraphs):
            blocks.append(Block(kind="paragraph" if number else "title", start=at, end=at + len(paragraph)))
            at += len(paragraph) + 2
        part = "page 1" if name.endswith("pdf") else ""
        self.documents.append(document)
        self.readings[document.id] = Reading(
            document_id=document.id,
            text=text,
            title=paragraphs[0],
            author=author,
            outlet=outlet,
            published_on=on,
            language=lang,
            blocks=tuple(blocks),
            pieces=(Piece(start=0, end=len(text), part=part, source_start=0, source_end=len(text)),),
            reader="plain/1",
        )

    def doc(self, number: int) -> str:
        """Id of the document whose name begins with the number."""
        return next(d.id for d in self.documents if int(d.name[:2]) == number)

    def say(
        self,
        key: str,
        number: int,
        content: str,
        act: str,
        *speakers: tuple[str, str, str | None],
        count: tuple[int, int | None, str] | None = None,
        actor: str | None = None,
        target: str | None = None,
        place: str | None = "Camp Mirsal",
        when: str | None = "2017-03-14",
        denied: bool = False,
    ) -> None:
        """Add a statement whose content is these words; speakers are (words, name, local entity)."""
        text = self.readings[self.doc(number)].text
        start = text.index(content)
        first = max(text.rfind(". ", 0, start) + 2, text.rfind("\n", 0, start) + 1, 0)
        ends = [i + 1 for i in (text.find(". ", start + len(content) - 1), text.find(".\n", start)) if i >= 0]
        last = min([*ends, text.find("\n", start) if "\n" in text[start:] else len(text)])
        digest = hashlib.sha256(f"{number} {start} {act} {key}".encode()).hexdigest()[:16]
        self.statements[key] = Statement(
            id=f"s-{digest}",
            document_id=self.doc(number),
            start=first,
            end=last,
            quote=text[first:last],
            content_start=start,
            content_end=start + len(content),
            content=content,
            said_by=tuple(Words(start=0, end=0, words=w, name=n, entity=e) for w, n, e in speakers),
            cue=Words(start=0, end=0, words="said", name="said") if speakers else None,
            act=act,
            actor=Words(start=0, end=0, words=actor, name=actor) if actor else None,
            target=Words(start=0, end=0, words=target, name=target) if target else None,
            place=Words(start=0, end=0, words=place, name=place) if place else None,
            when=When(edtf=when, basis="stated") if when else None,
            count=Count(low=count[0], high=count[1], of=count[2]) if count else None,  # type: ignore[arg-type]
            polarity="denied" if denied else "affirmed",
            modality="asserted",
            confidence=0.8,
            extractor="rules/1",
        )


def make_pile() -> Pile:
    pile = Pile()
    for name, (paragraphs, outlet, author, on, lang) in FILES.items():
        pile.add(name, paragraphs, outlet, author, on, lang)
    doctor, she = ("Dr Mahin Orvandi", "Dr Mahin Orvandi", "e1"), ("She", "Dr Mahin Orvandi", "e1")
    office, brigadier = ("The Interior Secretariat", "Interior Secretariat", "e2"), ("Brigadier Qasim Dorakhsh",) * 2
    commander = (*brigadier, "e3")
    for number, tail in ((1, ""), (2, "-copy")):
        pile.say(
            f"broke{tail}",
            number,
            "Security forces broke through the fence of Camp Mirsal before dawn on Tuesday",
            "attack",
            ("witnesses", "witnesses", None),
            actor="Security forces",
            target="residents of Camp Mirsal",
        )
        pile.say(f"six{tail}", number, "six bodies had been brought in", "kill", doctor, count=(6, 6, "killed"))
        pile.say(f"treated{tail}", number, "41 people were being treated", "injure", doctor, count=(41, 41, "injured"))
        pile.say(
            f"critical{tail}",
            number,
            "at least two more were in a critical state",
            "injure",
            she,
            count=(2, None, "injured"),
        )
        pile.say(f"nobody{tail}", number, "anyone had died", "kill", office, count=(0, 0, "killed"), denied=True)
        pile.say(
            f"stones{tail}",
            number,
            "seven of his men had been hurt by stones",
            "injure",
            commander,
            count=(7, 7, "injured"),
            actor="residents",
            target="men of the battalion",
        )
        pile.say(
            f"custody{tail}",
            number,
            "30 troublemakers were in custody",
            "detain",
            commander,
            count=(30, 30, "detained"),
            target="30 troublemakers",
        )
    pile.say(
        "eleven",
        3,
        "Eleven unarmed residents of Camp Mirsal were shot dead",
        "kill",
        count=(11, 11, "killed"),
        actor="Dorakhsh's battalion",
        target="unarmed residents of Camp Mirsal",
    )
    pile.say("wounded", 3, "120 others wounded", "injure", count=(120, 120, "injured"))
    pile.say(
        "friday",
        3,
        "Dorakhsh's battalion attacked the sleeping quarters at four in the morning on Friday, 14 March 2017",
        "attack",
        actor="Dorakhsh's battalion",
        when="2017-03-14",
    )
    pile.say("adel", 3, "Adel Hamruni was shot before his own door", "kill", target="Adel Hamruni")
    pile.say(
        "prison",
        3,
        "Forty-one young men were driven to the prison in Narmul",
        "detain",
        count=(41, 41, "detained"),
        place="Narmul",
    )
    pile.say("mothers", 3, "their mothers have not been allowed to see them", "deny_contact", place="Narmul", when=None)
    pile.say("yusef", 3, "Yusef Talvari has not been seen since", "disappear", target="Yusef Talvari")
    office_ar = ("الأمانة الداخلية", "الأمانة الداخلية", "e2")
    pile.say(
        "nafat",
        4,
        "سقوط أي قتيل في معسكر مرسال يوم 14 مارس 2017",
        "kill",
        office_ar,
        count=(0, 0, "killed"),
        denied=True,
        place="معسكر مرسال",
    )
    pile.say("saba", 4, "سبعة من أفراد الكتيبة أصيبوا بالحجارة", "injure", office_ar, count=(7, 7, "injured"))
    pile.say(
        "thalathin",
        4,
        "ثلاثين من مثيري الشغب أُوقفوا وفق القانون",
        "detain",
        ("المتحدث سامر بلحضري", "سامر بلحضري", "e5"),
        count=(30, 30, "detained"),
        target="مثيري الشغب",
    )
    nasrin = ("نسرین تالوری", "نسرین تالوری", "e6")
    pile.say("noh", 5, "نه نفر در بامداد ۱۴ مارس کشته شدند", "kill", nasrin, count=(9, 9, "killed"), when="XXXX-03-14")
    pile.say("adel-fa", 5, "عادل حمرونی یکی از آنان بود", "kill", nasrin, target="عادل حمرونی", when="XXXX-03-14")
    pile.say("yusef-fa", 5, "یوسف تالوری از آن شب ناپدید شده است", "disappear", target="یوسف تالوری", when="XXXX-03-14")
    pile.say("graves", 6, "The Mission counted nine graves", "kill", count=(9, 9, "killed"))
    pile.say("records", 6, "holds medical records for 62 of the injured", "injure", count=(62, 62, "injured"))
    council = ("The Residents' Council", "Residents' Council of Mirsal", "e7")
    pile.say(
        "fire",
        6,
        "a fire in August 2017 had killed between two and four persons",
        "die_other",
        council,
        count=(2, 4, "killed"),
        when="2017-08",
    )
    pile.say(
        "no-fire",
        6,
        "it knew of no fire",
        "die_other",
        ("the Secretariat", "Interior Secretariat", "e2"),
        when="2017-08",
        denied=True,
    )
    return pile
