import io
from datetime import date, datetime

import openpyxl
import pytest

from muster.read import ReadOptions, Unreadable

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows(reading):
    return [[[reading.text[c.start : c.end] for c in row] for row in table.rows] for table in reading.tables]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_row_is_a_block_and_the_header_is_known(read_bytes, delimiter):
    lines = (("No", "Name", "Age"), ("1", "Nadim Orlo", "41"), ("2", "Sura Bel", ""))
    reading = read_bytes("\n".join(delimiter.join(line) for line in lines), "text/csv")
    assert reading.tables[0].header == ("No", "Name", "Age")
    assert rows(reading) == [[["1", "Nadim Orlo", "41"], ["2", "Sura Bel", ""]]]
    assert [block.kind for block in reading.blocks] == ["heading", "table_row", "table_row"]
    assert "1 | Nadim Orlo | 41" in reading.text


def test_quoted_cells_hold_delimiters_quotes_and_line_breaks(read_bytes):
    reading = read_bytes('Name,What\n"Orlo, Nadim","said ""no""\nand left"\nBel,stayed 2\n', "text/csv")
    assert rows(reading)[0][0] == ["Orlo, Nadim", 'said "no" and left']


def test_lines_above_a_table_are_its_title(read_bytes):
    reading = read_bytes("Roll of the camp\n\nNo,Name,Age\n1,Nadim Orlo,41\n2,Sura Bel,30\n", "text/csv")
    assert reading.title == "Roll of the camp"
    assert reading.tables[0].header == ("No", "Name", "Age")


def test_the_title_of_a_table_names_its_maker_and_date(read_bytes):
    title = '"Lantern Rights: deaths at the camp, 28 April 2017"'
    reading = read_bytes(f"{title}\nNo,Name,Age\n1,Nadim Orlo,41\n2,Sura Bel,30\n", "text/csv")
    assert (reading.outlet, reading.published_on) == ("Lantern Rights", "2017-04-28")


def test_a_table_without_header_has_none(read_bytes):
    assert read_bytes("1,Nadim Orlo,41\n2,Sura Bel,30\n", "text/csv").tables[0].header == ()


def test_every_sheet_is_a_table_with_its_values_as_written(read_bytes):
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Dead"
    first.append(["Case", "Name", "Age", "On"])
    first.append(["C-1", "Nadim Orlo", 41.0, date(2016, 5, 3)])
    first.append(["C-2", None, 0.5, datetime(2016, 5, 3, 10, 30)])
    hidden = book.create_sheet("Held")
    hidden.append(["Name", "Held"])
    hidden.append(["Sura Bel", True])
    hidden.append(["Tarik Emm", 2])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    reading = read_bytes(out.getvalue(), SHEET)
    assert rows(reading)[0] == [["C-1", "Nadim Orlo", "41", "2016-05-03"], ["C-2", "", "0.5", "2016-05-03 10:30"]]
    assert rows(reading)[1] == [["Sura Bel", "True"], ["Tarik Emm", "2"]]
    assert {piece.part for piece in reading.pieces} == {"sheet Dead", "sheet Held"}
    assert [problem.kind for problem in reading.problems] == ["hidden_sheet"]


def test_too_many_cells_are_refused(read_bytes):
    with pytest.raises(Unreadable) as error:
        read_bytes("a,b\n" * 60, "text/csv", ReadOptions(max_cells=100))
    assert error.value.code == "too_many_cells"


def test_names_in_two_scripts_do_not_hide_the_language_of_a_table(read_bytes):
    lines = "".join(f"{i},Nadim Orlo,نديم أورلو,missing since the fourth of June\n" for i in range(6))
    assert (
        read_bytes("Hut,Name,Name in Arabic script,Status on the first of July\n" + lines, "text/csv").language == "en"
    )
