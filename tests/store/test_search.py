"""Finding things in any spelling or script."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from muster.store import models
from muster.store.case import Case, open_case
from muster.store.search import refresh, search, terms


@pytest.fixture(scope="module")
def built(
    put_built_case: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
    database_url: str,
) -> Iterator[Case]:
    folder = tmp_path_factory.mktemp("search") / "mirsal"
    with django_db_blocker.unblock(), open_case(put_built_case(folder), database_url=database_url) as case:
        yield case


def _texts(case: Case, query: str, kind: str) -> list[str]:
    return [hit.text for hit in search(case, query, kind).hits]


@pytest.mark.parametrize("query", ["Belhadri", "belhadry", "بلهدري", "Faris Belhadri", "فارس بلهدري"])
def test_a_person_is_found_by_any_spelling_in_any_script(built: Case, query: str) -> None:
    assert any("Belhadri" in text for text in _texts(built, query, "person"))


def test_a_name_that_nobody_bears_is_not_found(built: Case) -> None:
    assert _texts(built, "Quentin Oswald", "person") == []


def test_a_passage_is_shown_as_written_with_the_words_marked(built: Case) -> None:
    hit = search(built, "wounded", "passage").hits[0]
    assert {hit.text[a:b].lower() for a, b in hit.marks} == {"wounded"}
    assert hit.document_id is not None


def test_all_words_must_be_there(built: Case) -> None:
    assert len(_texts(built, "police", "statement")) > len(_texts(built, "police denied", "statement"))
    assert all("police" in text.lower() for text in _texts(built, "police", "passage"))


def test_statements_are_filtered_by_their_columns(built: Case) -> None:
    found = search(built, "police", "statement", where={"act": "kill"}).hits
    ids = set(models.Statement.objects.using(built.alias).filter(act="kill").values_list("id", flat=True))
    assert {hit.ref for hit in found} <= ids


@pytest.mark.parametrize("query", ['"', "' OR 1=1 --", "NEAR(", "*", "a:b", "\x00", "kind:person", "%", "ـ", "&|!()"])
def test_what_looks_like_a_command_is_only_words(built: Case, query: str) -> None:
    for kind in ("passage", "person"):
        search(built, query, kind)


def test_what_is_written_before_an_arabic_word_does_not_hide_it() -> None:
    assert terms("والشرطة") == terms("الشرطة") == terms("شرطة") == terms("للشرطة")


def test_pages_follow_each_other(built: Case) -> None:
    every = search(built, "the", "passage", limit=30)
    first, second = search(built, "the", "passage", limit=10), search(built, "the", "passage", limit=10, offset=10)
    assert [*first.hits, *second.hits] == list(every.hits[:20])
    assert first.more


def test_a_second_refresh_writes_nothing(built: Case) -> None:
    refresh(built)
    with CaptureQueriesContext(connections[built.alias]) as queries:
        refresh(built)
    assert not [each["sql"] for each in queries if each["sql"].startswith("INSERT")]


def test_what_is_gone_is_no_longer_found(
    put_built_case: Callable[[Path], Path], tmp_path: Path, database_url: str
) -> None:
    with open_case(put_built_case(tmp_path / "case"), database_url=database_url) as case:
        models.Document.objects.using(case.alias).all().delete()
        models.Entity.objects.using(case.alias).all().delete()
        refresh(case)
        assert models.SearchRow.objects.using(case.alias).count() == 0
        assert search(case, "police", "passage").hits == ()
