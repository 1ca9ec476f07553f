import pytest

P1 = "The guards opened the north gate at dawn, said Nadim Orlo, and four people left the camp for the port by boat."
P2 = "Nobody stopped them, he said, although the council had asked the soldiers to close every road that leads south."


def page(body: str, head: str = "<title>A gate opened - The Lantern</title>") -> str:
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def kinds(reading):
    return [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks]


def reasons(reading):
    return {cut.words: cut.reason for cut in reading.cuts}


FULL = page(
    "<div id='cookie-banner'><p>We use cookies to improve your experience on this site.</p></div>"
    "<header><a class='logo' href='/'>The Lantern</a><nav><ul><li><a href='/'>Home</a></li></ul></nav></header>"
    "<div class='breadcrumbs'>Home &raquo; News &raquo; A gate opened</div><main><article><h1>A gate opened</h1>"
    f"<div class='meta'>By Nadim Orlo | 2016-05-03</div><ul class='sharebar'><li>Tweet</li></ul><p>{P1}</p>"
    f"<figure><img src='x'><figcaption>A boat at the port.</figcaption></figure><h2>South</h2>"
    f"<p>{P2}</p><ul><li>One road</li></ul>"
    "<p class='tags'>Tags: gate, port</p></article><section class='related'><h3>Related posts</h3><ul><li><a href='/a'>"
    "Six held at the bridge</a></li></ul></section><section id='comments'><h3>1 comment</h3><p>Nobody believes any "
    "of this, since the same paper said last year that the gate was closed.</p></section></main>"
    "<footer>&copy; 2016 The Lantern. All rights reserved.</footer>"
)


def test_the_article_stays_and_everything_else_is_a_cut_with_its_reason(read_bytes):
    reading = read_bytes(FULL, "text/html")
    assert kinds(reading) == [
        ("title", "A gate opened"), ("byline", "By Nadim Orlo | 2016-05-03"), ("paragraph", P1),
        ("caption", "A boat at the port."), ("heading", "South"), ("paragraph", P2), ("list_item", "One road"),
    ]  # fmt: skip
    found = reasons(reading)
    assert found["We use cookies to improve your experience on this site."] == "cookie notice"
    assert found["Home"] == "navigation"
    assert found["Home » News » A gate opened"] == "breadcrumb line"
    assert found["Tweet"] == "share bar"
    assert found["Tags: gate, port"] == "filing line"
    assert found["Six held at the bridge"] == "related links"
    assert found["1 comment"] == "readers' comments"
    assert found["© 2016 The Lantern. All rights reserved."] == "page footer"


def test_credits_come_from_byline_and_title(read_bytes):
    reading = read_bytes(FULL, "text/html")
    assert (reading.title, reading.author, reading.outlet) == ("A gate opened", "Nadim Orlo", "The Lantern")
    assert (reading.published_on, reading.language) == ("2016-05-03", "en")


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='og:site_name' content='The Lantern'><meta property='article:published_time' "
        "content='2016-05-03T10:00:00+03:00'><meta name='author' content='Nadim Orlo'>",
        '<script type=\'application/ld+json\'>{"@context":"x","@graph":[{"@type":"NewsArticle",'
        '"headline":"A gate opened",'
        '"datePublished":"2016-05-03","author":{"name":"Nadim Orlo"},"publisher":{"name":"The Lantern"}}]}</script>',
    ],
)
def test_credits_come_from_the_metadata_of_a_page(read_bytes, head):
    reading = read_bytes(page(f"<article><h1>A gate opened</h1><p>{P1}</p><p>{P2}</p></article>", head), "text/html")
    assert (reading.author, reading.outlet, reading.published_on) == ("Nadim Orlo", "The Lantern", "2016-05-03")


def test_labels_in_one_line_are_told_apart(read_bytes):
    labels = "<time>2016-05-03</time> <span class='author'>Nadim Orlo</span> <span class='readtime'>2 min read</span>"
    reading = read_bytes(
        page(f"<article><header><h1>A gate</h1>{labels}</header><p>{P1}</p><p>{P2}</p></article>"), "text/html"
    )
    assert (reading.author, reading.published_on) == ("Nadim Orlo", "2016-05-03")
    assert "min read" not in reading.text


def test_links_and_emphasis_bring_no_space_and_blocks_do(read_bytes):
    words = "At <a href='x'>Camp Mirsal</a>, <b>four</b>\n   people\tleft&nbsp;&mdash; <i>he</i>said."
    body = f"<p>{words}<br>Then it was quiet.</p><p>{P1}</p>"
    reading = read_bytes(page(f"<article>{body}</article>"), "text/html")
    assert "At Camp Mirsal, four people left — hesaid." in reading.text
    assert ("paragraph", "Then it was quiet.") in kinds(reading)


def test_a_paragraph_after_a_box_of_links_is_not_lost(read_bytes):
    body = (
        f"<main><article><h1>A gate</h1><p>{P1}</p></article><div class='promo'><h4>You may also like</h4></div>"
        f"<article class='rest'><p>{P2}</p></article></main>"
    )
    reading = read_bytes(page(body), "text/html")
    assert P1 in reading.text
    assert P2 in reading.text
    assert "also like" not in reading.text


def test_a_wrapper_with_an_unlucky_name_does_not_lose_the_article(read_bytes):
    reading = read_bytes(page(f"<div class='content-sidebar comments-open'><p>{P1}</p><p>{P2}</p></div>"), "text/html")
    assert [text for _, text in kinds(reading)] == [P1, P2]


def test_hidden_text_is_cut_and_said_to_be_hidden(read_bytes):
    hidden = "<p style='display:none'>Ignore what the guards said.</p><p hidden>Also this.</p>"
    reading = read_bytes(page(f"<article><p>{P1}</p>{hidden}<p>{P2}</p></article>"), "text/html")
    assert "Ignore" not in reading.text
    assert reasons(reading)["Ignore what the guards said."] == "hidden on the page"


def test_rows_of_a_table_are_rows_and_layout_tables_are_not(read_bytes):
    rows = (
        "<tr><th>Source</th><th>Dead</th></tr><tr><td>Hospital</td><td>10</td></tr><tr><td>Council</td><td></td></tr>"
    )
    reading = read_bytes(page(f"<article><p>{P1}</p><table>{rows}</table><p>{P2}</p></article>"), "text/html")
    (table,) = reading.tables
    assert table.header == ("Source", "Dead")
    assert [[reading.text[c.start : c.end] for c in row] for row in table.rows] == [["Hospital", "10"], ["Council", ""]]
    layout = read_bytes(page(f"<table><tr><td>{P1}</td></tr><tr><td>{P2}</td></tr></table>"), "text/html")
    assert [kind for kind, _ in kinds(layout)] == ["paragraph", "paragraph"]


def test_malformed_attributes_do_not_swallow_the_page(read_bytes):
    head = '<title>A gate</title><meta property="og:title" content=""A gate" says: he">'
    reading = read_bytes(page(f"<article><h1>A gate</h1><p>{P1}</p><p>{P2}</p></article>", head), "text/html")
    assert [text for _, text in kinds(reading)] == ["A gate", P1, P2]


def test_a_page_without_prose_still_gives_what_it_shows(read_bytes):
    assert "The gate is open." in read_bytes(page("<div>The gate is open.</div>"), "text/html").text


def test_an_arabic_page_is_read_in_its_declared_encoding(read_bytes):
    body = (
        "<article><p>فتح الحراس البوابة الشمالية عند الفجر وغادر أربعة أشخاص المخيم إلى الميناء بالقارب.</p></article>"
    )
    raw = f"<html><head><meta charset='windows-1256'><title>x</title></head><body>{body}</body></html>".encode("cp1256")
    reading = read_bytes(raw, "text/html")
    assert "فتح الحراس" in reading.text
    assert reading.language == "ar"
