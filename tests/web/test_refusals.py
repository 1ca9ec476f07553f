"""Whatever the layers below can say when they refuse something, a page says in its own language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from muster.ingest.incoming import Place, refuse_type
from muster.store import models
from muster.web.refusals import in_words, known
from tests.web.site import Site

_MUSTER = Path(__file__).parents[2] / "src" / "muster"
#: What pages can come upon: all but what is said at start-up and by commands that only a terminal has.
_LAYERS = (
    "ingest", "read", "run/judge.py", "run/judgeable.py", "run/moving.py", "run/tasks.py", "run/child.py",
    "run/children.py", "store/complaints.py", "store/locking.py", "store/protection.py", "web/site.py",
)  # fmt: skip
_REFUSING = {"MusterError", "Unreadable", "Failure", "Flaw", "refuse", "_wrong", "_unclear"}
#: What comes from settings that a page cannot change, at start-up too.
_AT_START = ("PostgreSQL", "MUSTER_DATABASE_URL", "MUSTER_MODEL")


def _texts(node: ast.expr, names: dict[str, list[ast.expr]]) -> Iterator[str]:
    """Every text that an expression can be, with 7 for what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            yield text.replace("{0}", "7")
        case ast.JoinedStr(values=values):
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else "7" for each in values)
        case ast.BoolOp(values=values):
            for each in values:
                yield from _texts(each, names)
        case ast.Subscript(value=value):
            yield from _texts(value, names)
        case ast.Name(id=name):
            for each in names.get(name, []):
                yield from _texts(each, {})


def _sentences(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    names: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                names.setdefault(name, []).append(value)
            case ast.FunctionDef(args=ast.arguments(args=parameters, defaults=defaults)):
                for argument, value in zip(reversed(parameters), reversed(defaults), strict=False):
                    names.setdefault(argument.arg, []).append(value)
    told: list[ast.expr]
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=keywords) if name in _REFUSING:
                told = [*arguments, *(each.value for each in keywords if each.arg in ("message", "hint", "why"))]
            case ast.Yield(value=ast.expr() as value):
                told = [value]
            case ast.keyword(arg="hint", value=value):
                told = [value]
            case ast.Assign(targets=[ast.Name(id="_COMPLAINTS")], value=ast.Tuple(elts=rows)):
                told = [each for row in rows if isinstance(row, ast.Tuple) for each in row.elts[2:]]
            case _:
                continue
        for each in told:
            yield from (text for text in _texts(each, names) if " " in text)


@pytest.mark.parametrize("layer", _LAYERS)
def test_every_refusal_of_the_layers_below_has_a_translation(layer: str) -> None:
    paths = sorted((_MUSTER / layer).rglob("*.py")) if (_MUSTER / layer).is_dir() else [_MUSTER / layer]
    told = {text for path in paths for text in _sentences(path.read_text(encoding="utf-8"))}
    assert told or layer in {"run/judge.py", "store/locking.py"}
    missing = [text for text in sorted(told) if known(text) is None and not any(word in text for word in _AT_START)]
    assert not missing, "add these to muster.web.refusals, and run `make messages`"


def test_every_type_of_file_that_is_not_read_has_a_translation() -> None:
    tree = ast.parse((_MUSTER / "ingest" / "kinds.py").read_text(encoding="utf-8"))
    told = set()
    for node in ast.walk(tree):
        match node:
            case (
                ast.Tuple(elts=[_, ast.Constant(value=""), ast.Constant(value=str(what))])
                | ast.Call(func=ast.Name(id="Kind"), args=[ast.Constant(value=""), ast.Constant(value=str(what))])
            ) if what:
                refused = refuse_type(Place(name="a", path="a"), what)
                told |= {refused.message, refused.hint}
    assert len(told) > 10
    assert [each for each in sorted(told) if known(each) in (None, "It is %(type)s.")] == []


def test_a_refusal_is_told_in_the_language_of_the_page_with_what_was_filled_in() -> None:
    said = "It has 7000 pages; the limit is 5000."
    with translation.override("fa"):
        told = in_words(said)
        assert "صفحه" in told
        assert "7000" in told
        assert "5000" in told
    with translation.override("en"):
        assert in_words(said) == said


def test_a_refusal_that_is_not_known_is_told_as_it_is() -> None:
    with translation.override("ar"):
        assert in_words("Something that nobody foresaw.") == "Something that nobody foresaw."


@pytest.mark.parametrize(("language", "told"), [("en", "needs a reason"), ("ar", "سبب"), ("fa", "دلیل")])
def test_a_decision_without_a_reason_is_refused_in_the_language_of_the_page(
    site: Site, language: str, told: str
) -> None:
    client = site.client("reviewer")
    client.post("/language/", {"language": language, "next": "/cases/mirsal/"})
    one, other = models.Person.objects.using(site.case.alias).values_list("entity_id", flat=True)[:2]
    page = client.post(f"/cases/mirsal/entities/{one}/judge/", {"other": other, "reason": ""})
    assert page.status_code == 400
    problem = re.search(r'role="alert"[^>]*>(.*?)</', page.content.decode(), re.DOTALL)
    assert problem
    assert told in problem[1]
