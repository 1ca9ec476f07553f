import pytest

HEAD = (
    "From: Nadim Orlo <nadim@lantern.example>\nTo: sura@lantern.example\nSubject: Re: the gate\n"
    "Date: Tue, 03 May 2016 23:30:00 +0300\nMIME-Version: 1.0\n"
)
BODY = "Sura,\n\nThe gate was opened at dawn.\n\nCould you call the office?\n\nNadim\n\n"


def mail(body: str, more: str = "Content-Type: text/plain; charset=utf-8\n") -> bytes:
    return (HEAD + more + "\n" + body).encode()


def blocks(reading):
    return [(b.kind, b.writer, b.written_on, reading.text[b.start : b.end]) for b in reading.blocks]


def test_headers_give_title_author_date_and_site_and_are_no_text(read_bytes):
    reading = read_bytes(mail(BODY), "message/rfc822")
    assert (reading.title, reading.author) == ("Re: the gate", "Nadim Orlo")
    assert (reading.published_on, reading.site) == ("2016-05-03", "lantern.example")
    assert "Re: the gate" not in reading.text


def test_salutation_and_name_are_blocks_of_their_own(read_bytes):
    assert [kind for kind, *_ in blocks(read_bytes(mail(BODY), "message/rfc822"))] == [
        "signature", "paragraph", "paragraph", "signature",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("introduction", "writer", "on"),
    [
        ("On Mon, 2 May 2016, Sura Bel wrote:", "Sura Bel", "2016-05-02"),
        ("On Mon, May 2, 2016 at 10:12 AM, Sura Bel <sura@lantern.example> wrote:", "Sura Bel", "2016-05-02"),
        ("On Mon, May 2, 2016 at 10:12 AM Sura Bel\n<sura@lantern.example> wrote:", "Sura Bel", "2016-05-02"),
        ("On 02/05/2016 10:12, Sura Bel wrote:", "Sura Bel", None),
        ("Sura Bel wrote:", "Sura Bel", None),
        ("Le 2 mai 2016 à 10:12, Sura Bel a écrit :", "Sura Bel", "2016-05-02"),
        ("Am 02.05.2016 um 10:12 schrieb Sura Bel:", "Sura Bel", "2016-05-02"),
        ("El 2 de mayo de 2016, Sura Bel escribió:", "Sura Bel", "2016-05-02"),
        ("في 2 مايو 2016، كتب سورا بل:", "سورا بل", "2016-05-02"),
        ("در ۱۳ اردیبهشت ۱۳۹۵، سورا بل نوشت:", "سورا بل", "2016-05-02"),
    ],
)
def test_the_quoted_message_has_its_own_writer_and_date(read_bytes, introduction, writer, on):
    reading = read_bytes(
        mail(f"{BODY}{introduction}\n\n> Four people left the camp.\n> Six stayed.\n"), "message/rfc822"
    )
    quoted = [block for block in blocks(reading) if block[0] == "quoted"]
    assert [text for *_, text in quoted] == ["Four people left the camp.", "Six stayed."]
    assert {(who, when) for _, who, when, _ in quoted} == {(writer, on)}
    assert "wrote" not in reading.text
    assert ">" not in reading.text


@pytest.mark.parametrize(
    "head",
    [
        "-----Original Message-----\nFrom: Sura Bel\nSent: May 2, 2016 10:12 AM\nTo: Nadim\nSubject: gate\n",
        "From: Sura Bel <sura@lantern.example>\nSent: Monday, 2 May 2016 10:12\nTo: Nadim\nSubject: gate\n",
        "____________________\nVon: Sura Bel\nGesendet: Montag, 2. Mai 2016 10:12\nAn: Nadim\nBetreff: Tor\n",
        "*De :* Sura Bel\n*Envoyé :* 2 mai 2016\n*À :* Nadim\n*Objet :* la porte\n",
        "من: Sura Bel\nالتاريخ: 2 مايو 2016\nإلى: Nadim\nالموضوع: البوابة\n",
    ],
)
def test_a_message_quoted_in_the_manner_of_outlook_is_told_apart(read_bytes, head):
    reading = read_bytes(mail(f"{BODY}{head}\nFour people left the camp.\n"), "message/rfc822")
    assert blocks(reading)[-1] == ("quoted", "Sura Bel", "2016-05-02", "Four people left the camp.")
    assert [kind for kind, *_ in blocks(reading)][:4] == ["signature", "paragraph", "paragraph", "signature"]


def test_a_quotation_in_a_quotation_has_its_own_writer(read_bytes):
    body = (
        "See below.\n\nOn 3 May 2016, Sura Bel wrote:\n> I asked him.\n>\n> On 2 May 2016, Tarik Emm wrote:\n"
        ">> Four people left.\n> And then?\n"
    )
    found = [block[1:] for block in blocks(read_bytes(mail(body), "message/rfc822")) if block[0] == "quoted"]
    assert found == [
        ("Sura Bel", "2016-05-03", "I asked him."),
        ("Tarik Emm", "2016-05-02", "Four people left."),
        ("Sura Bel", "2016-05-03", "And then?"),
    ]


def test_a_quoted_sentence_that_was_broken_again_is_one(read_bytes):
    body = (
        "See below.\n\nOn 3 May 2016, Sura Bel wrote:\n> He says that the people at the gate were only families, with\n"
        "> placards, and that stones came from both\n> sides.\n> Nobody was hurt.\n> * Four left\n> * Six stayed\n"
    )
    quoted = [block[3] for block in blocks(read_bytes(mail(body), "message/rfc822"))[1:]]
    assert quoted == [
        "He says that the people at the gate were only families, with placards, and that stones came from both sides.",
        "Nobody was hurt.",
        "Four left",
        "Six stayed",
    ]


def test_a_footer_by_a_program_is_cut(read_bytes):
    reading = read_bytes(mail(BODY + "You received this message because you are on a list.\n"), "message/rfc822")
    assert "received" not in reading.text
    assert blocks(reading)[-1][0] == "signature"


def test_plain_text_goes_before_the_page_and_attachments_are_reported(read_bytes):
    body = (
        "--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/html\n\n<p>As a page.</p>\n"
        "--y\nContent-Type: text/plain\n\nAs plain text.\n--y--\n--x\nContent-Type: application/pdf; name=list.pdf\n"
        "Content-Disposition: attachment; filename=list.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--x--\n"
    )
    reading = read_bytes(mail(body, "Content-Type: multipart/mixed; boundary=x\n"), "message/rfc822")
    assert reading.text == "As plain text."
    (problem,) = reading.problems
    assert (problem.kind, problem.words) == ("attachment_not_read", "list.pdf")


def test_a_mail_that_is_only_a_page_is_read_as_one(read_bytes):
    body = "<p>Dear all,</p><p>The <b>gate</b>, he said, was opened.</p><blockquote><p>Four left.</p></blockquote>"
    reading = read_bytes(mail(body, "Content-Type: text/html; charset=utf-8\n"), "message/rfc822")
    assert "The gate, he said, was opened." in reading.text
    assert blocks(reading)[-1][0] == "quoted"


def test_an_encoded_subject_is_decoded(read_bytes):
    raw = mail(BODY).replace(b"Re: the gate", b"=?utf-8?b?2KfZhNio2YjYp9io2Kk=?=")
    assert read_bytes(raw, "message/rfc822").title == "البوابة"
