"""Pages as different software writes them."""

import pytest

P1 = "The guards opened the north gate at dawn, said Nadim Orlo, and four people left the camp for the port by boat."
P2 = "Nobody stopped them, he said, although the council had asked the soldiers to close every road that leads south."
P3 = "A spokesman for the ministry denied that anyone had left and said that the gate had been closed since May."

BLOG = (
    "<html><head><title>Salt notes: A gate opened</title></head><body><div id='header'><h1>Salt notes</h1></div>"
    "<div class='main section'><div class='date-outer'><h2 class='date-header'>Tuesday, May 3, 2016</h2>"
    f"<h3 class='post-title'>A gate opened</h3><div class='post-body entry-content'>{P1}<br />"
    f"<br />{P2}<br /><br />{P3}</div>"
    "<div class='post-footer'>Posted by Nadim Orlo</div></div></div><div id='sidebar'>"
    "<a href=x>2015</a></div></body></html>"
)
PRESS = (
    "<html><head><title>A gate opened | The Lantern</title></head>"
    "<body class='single sidebar-right'><div class='entry-header'>"
    "<h1>A gate opened</h1><div class='entry-meta'><span class='posted-on'><time>May 3, 2016</time></span> by "
    f"<span class='author'>Nadim Orlo</span></div></div><div class='entry-content'><p>{P1}</p><p><b>Read also:</b> "
    f"<a href='z'>Six held at the bridge</a></p><p>{P2}</p><blockquote><p>{P3}</p></blockquote></div>"
    "<div id='secondary' class='widget-area'><h2>Recent posts</h2></div></body></html>"
)
OLD = (
    "<html><head><title>A gate opened</title></head><body><table width=800><tr><td><a href=1>Home"
    "</a><br><a href=2>News</a></td>"
    f"<td><font size=5><b>A gate opened</b></font><p>By Nadim Orlo<p>3 May 2016<p>{P1}<p>{P2}<p>{P3}</td></tr></table>"
)
DIVS = (
    "<html><head><title>A gate opened - The Lantern</title></head><body>"
    "<div class='hdr'>The Lantern</div><div class='txt'>"
    f"<div>A gate opened</div><div>By Nadim Orlo, 3 May 2016</div><div>{P1}</div><div>{P2}</div><div>{P3}</div></div>"
    "<div class='ft'>Contact us | Privacy policy</div></body></html>"
)


@pytest.mark.parametrize("page", [BLOG, PRESS, OLD, DIVS], ids=["blog", "press", "old", "divs"])
def test_headline_prose_and_nothing_else(read_bytes, page):
    reading = read_bytes(page, "text/html")
    blocks = [(b.kind, reading.text[b.start : b.end]) for b in reading.blocks if b.kind != "byline"]
    assert blocks == [("title", "A gate opened"), ("paragraph", P1), ("paragraph", P2), ("paragraph", P3)]
    assert reading.published_on == "2016-05-03"


@pytest.mark.parametrize(("page", "outlet"), [(BLOG, "Salt notes"), (PRESS, "The Lantern"), (DIVS, "The Lantern")])
def test_the_rest_of_the_title_names_the_outlet(read_bytes, page, outlet):
    assert read_bytes(page, "text/html").outlet == outlet


@pytest.mark.parametrize("page", [PRESS, OLD, DIVS], ids=["press", "old", "divs"])
def test_the_writer_is_found_inside_and_outside_the_article(read_bytes, page):
    assert read_bytes(page, "text/html").author == "Nadim Orlo"


def test_lists_and_headings_of_an_article_stay(read_bytes):
    body = (
        f"<main><h1>A gate</h1><p class='dek'>Four leave by boat</p><section><p>{P1}</p><aside>"
        f"<p>Nobody stopped</p></aside>"
        f"<h3>The ministry</h3><p>{P2}</p><ol><li>The gate was closed.</li></ol></section></main>"
    )
    reading = read_bytes(f"<html><body>{body}</body></html>", "text/html")
    assert [reading.text[b.start : b.end] for b in reading.blocks] == [
        "A gate", "Four leave by boat", P1, "The ministry", P2, "The gate was closed.",
    ]  # fmt: skip


def test_a_page_of_links_gives_its_links(read_bytes):
    items = "".join(f"<li><a href={i}>Headline {i} about the gate and the camp</a></li>" for i in range(20))
    assert "Headline 7 about" in read_bytes(f"<html><body><ul>{items}</ul></body></html>", "text/html").text
