"""Source sheets."""

from muster.casebook import source_sheets
from muster.weigh import disagreements, find_ties
from tests.weigh.made import incident, outline, statement, weigh

TEXT = "Six people were killed at the salt works on Tuesday when soldiers came through the eastern fence before dawn."
OUTLINES = [
    outline("wire", TEXT, outlet="Tidewire", published_on="2017-03-14", owner="Pan Company"),
    outline("copy", TEXT + " More soon.", outlet="Harbour Post", published_on="2017-03-15"),
    outline("own", "The reporter went there himself", outlet="Salt Times"),
    outline("note", "A note", author="Ada Quell"),
]
CONTEXT = weigh(OUTLINES)


def killed(document, n):
    return statement(document, "kill", f"{n} people were killed", count=(n, n, "killed", str(n)))


def sheets(*statements):
    about = incident(*statements)
    found = disagreements(about, statements, CONTEXT)
    rows = source_sheets(OUTLINES, statements, find_ties(OUTLINES, ()), found, CONTEXT, [about])
    return {sheet.name: sheet for sheet in rows}


def test_each_outlet_has_a_sheet_and_a_document_without_one_its_author():
    found = sheets(killed("wire", 6))
    assert list(found) == sorted(found) == ["Ada Quell", "Harbour Post", "Salt Times", "Tidewire"]
    assert (found["Tidewire"].owner, found["Tidewire"].n_statements) == ("Pan Company", 1)


def test_who_repeats_whom():
    found = sheets(killed("wire", 6))
    assert found["Harbour Post"].repeats == ("Tidewire",)
    assert found["Tidewire"].repeated_by == ("Harbour Post",)


def test_what_only_one_independent_group_says_it_says_alone():
    shared, alone = killed("own", 6), killed("own", 11)
    found = sheets(killed("wire", 6), shared, alone)
    assert found["Salt Times"].alone_statement_ids == (alone.id,)


def test_contradiction_by_an_independent_group_is_counted():
    found = sheets(killed("wire", 6), killed("copy", 9), killed("own", 11))
    assert found["Salt Times"].n_contradicted == 1
    assert sheets(killed("wire", 6), killed("copy", 9))["Tidewire"].n_contradicted == 0
