def test_a_breadcrumb_line_is_cut_and_names_the_title(read_bytes):
    reading = read_bytes("Home » Region » The wall came down\n\nThe wall came down\n\nPeople left at dawn. They walked.\n")
    assert reading.title == "The wall came down"
    assert [cut.reason for cut in reading.cuts] == ["breadcrumb line"]


def test_a_link_does_not_put_space_before_a_comma(read_bytes):
    page = (
        "<html><body><article><h1>Gates</h1><p>They left <a href='/x'>Camp Mirsal</a>, he said, and they did not return to it.</p></article>""
    )
    assert "They left Camp Mirsal, he said" in read_bytes(page, "text/html").text
