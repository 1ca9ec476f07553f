"""What ends a build and opens `muster show`."""

from muster.cli.wording import summary_lines
from muster.records import Disagreement
from muster.store.overview import Totals


def totals(**some: int) -> Totals:
    names = Totals.__dataclass_fields__
    return Totals(**{name: some.get(name, 0) for name in names})


def test_a_disagreement_is_wrapped_at_80_columns_and_shows_both_sides() -> None:
    why = f"Whether there was an attack: A (a.txt) says “{'shells ' * 16}”; B (b.txt) says “no shell fell”."
    found = Disagreement(a="s-1", b="s-2", kind="denial", why=why, incident_id=None, rank=0.9)
    lines = summary_lines("case", totals(disagreements=1), [found], 0)
    assert max(map(len, lines)) <= 80
    assert "B (b.txt) says “no shell fell”." in " ".join(" ".join(lines).split())


def test_contradictions_inside_one_document_are_counted_with_the_others() -> None:
    assert "  27 disagreements, 2 of them inside one document" in summary_lines(
        "case", totals(disagreements=27, own=2), (), 0
    )


def test_problems_are_counted_where_there_are_any() -> None:
    assert not any("problem" in line for line in summary_lines("case", totals(), (), 0))
    assert "4 problems; to see them:  muster show case problems" in summary_lines("case", totals(problems=4), (), 0)
