PROSE = "The guards opened the north gate at dawn, and four people left the camp for the port."


def kinds(reading):
    return [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks]


def read_md(read_bytes, text):
    return read_bytes(text, "text/markdown")


def test_marks_are_no_part_of_the_text(read_bytes):
    reading = read_md(
        read_bytes, "# A *gate*\n\nThe **north** gate, [he said](http://a.example/b), was `open` file_a_b.\n"
    )
    assert kinds(reading) == [("title", "A gate"), ("paragraph", "The north gate, he said, was open file_a_b.")]
    assert {cut.reason for cut in reading.cuts} == {"markup"}


def test_stars_and_underscores_that_mark_nothing_stay(read_bytes):
    assert "3 * 4 and file_name_here" in read_md(read_bytes, f"{PROSE}\n\n3 * 4 and file_name_here\n").text


def test_a_pipe_table_is_rows_of_cells(read_bytes):
    table = "| Source | Killed |\n|---|:-:|\n| The hospital | 10 |\n| **The** council | |\n"
    reading = read_md(read_bytes, f"# A toll\n\n{PROSE}\n\n{table}\nAfter.\n")
    assert kinds(reading)[2:5] == [
        ("heading", "Source | Killed"),
        ("table_row", "The hospital | 10"),
        ("table_row", "The council |"),
    ] or kinds(reading)[4] == ("table_row", "The council | ")
    (found,) = reading.tables
    assert found.header == ("Source", "Killed")
    assert [[reading.text[c.start : c.end] for c in row] for row in found.rows] == [
        ["The hospital", "10"],
        ["The council", ""],
    ]


def test_lists_quotations_and_underlined_headings(read_bytes):
    reading = read_md(read_bytes, f"A gate\n======\n\n{PROSE}\n\n- one\n- two\n\n> It was cold,\n> he said.\n")
    assert kinds(reading) == [
        ("title", "A gate"), ("paragraph", PROSE), ("list_item", "one"), ("list_item", "two"),
        ("quoted", "It was cold, he said."),
    ]  # fmt: skip


def test_credits_in_italics_and_in_front_matter(read_bytes):
    reading = read_md(read_bytes, f"# A gate\n\n*Nadim Orlo, Salt and Wind, 25 March 2017*\n\n{PROSE}\n")
    assert (reading.author, reading.outlet, reading.published_on) == ("Nadim Orlo", "Salt and Wind", "2017-03-25")
    reading = read_md(read_bytes, f"---\ntitle: A gate\nauthor: Sura Bel\ndate: 2017-03-25\n---\n\n{PROSE}\n")
    assert (reading.title, reading.author, reading.published_on) == ("A gate", "Sura Bel", "2017-03-25")
    assert reading.text == PROSE


def test_lines_without_a_blank_line_are_one_paragraph(read_bytes):
    assert read_md(read_bytes, "One line\nand the next.\n").text == "One line and the next."
