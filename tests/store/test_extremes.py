"""What is too long or too large for an index costs nothing but itself, on either database."""

import json
import random
import string
from dataclasses import replace

from muster.records import Acquisition, Document, Entity, Judgement, Reading
from muster.store import documents as stored
from muster.store import models
from muster.store.case import Case, one_transaction
from muster.store.codec import encode
from muster.store.judging import About, append_judgement
from muster.store.lookup import get_documents, get_reading
from muster.store.search import refresh, search
from muster.store.wide import replace_entities


def noise(n: int, letters: str = string.ascii_lowercase) -> str:
    """Text that does not compress."""
    return "".join(random.Random(n).choices(letters, k=n))


def test_a_build_may_be_asked_for_many_paths(case: Case) -> None:
    paths = json.dumps([f"/{noise(60)}{n}" for n in range(500)])
    with one_transaction(case):
        stored.begin_errand(case, paths)
        stored.begin_errand(case, paths)
    assert stored.open_errands(case) == [paths]


def test_a_document_may_have_a_name_as_long_as_archives_allow(case: Case) -> None:
    document = Document(id="d-1", sha256="0" * 64, name=noise(9000), media_type="text/plain", n_bytes=1)
    acquired = Acquisition(
        document_id="d-1", name=document.name, path=f"/{document.name}", container=document.name, acquired_at="2031",
        acquired_by=None,
    )  # fmt: skip
    with one_transaction(case):
        assert stored.log_acquisition(case, document, acquired)
        assert not stored.log_acquisition(case, document, acquired)
    assert [document.name.startswith(each.name) for each in get_documents(case)] == [True]
    assert models.Acquisition.objects.using(case.alias).get().name == document.name


def test_a_name_of_any_length_is_kept(case: Case) -> None:
    entity = Entity(id="e-1", kind="person", name=noise(9000, "ابتثجحخد"), members=(), aliases=())
    for name in (entity.name, entity.name + "x"):
        with one_transaction(case):
            replace_entities(case, [replace(entity, name=name)])
    assert bytes(models.Entity.objects.using(case.alias).get().blob) == encode(replace(entity, name=name))


def test_what_is_judged_is_found_by_a_name_of_any_length(case: Case) -> None:
    name = noise(1000, "界丁丂七丄丅")
    judgement = Judgement(
        id="", kind="owner", subjects=(name,), value='"a"', reason="r", decided_by=name, decided_at="2031"
    )
    with one_transaction(case):
        append_judgement(case, judgement, [About(subject=name, document=None)])
    assert models.JudgedSubject.objects.using(case.alias).filter(subject=name).count() == 1
    assert models.Judgement.objects.using(case.alias).filter(decided_by__in=[name]).count() == 1


def test_a_passage_of_any_length_is_searched(whole: Case) -> None:
    document = next(get_documents(whole))
    reading = get_reading(whole, document.id)
    words = " ".join(noise(8 + n % 5) + str(n) for n in range(200_000))
    text = f"{words} lastword"
    long = replace(reading, text=text, blocks=(replace(reading.blocks[0], start=0, end=len(text)),))
    assert isinstance(long, Reading)
    with one_transaction(whole):
        stored.save_reading(whole, long, stored.Versions(made="m", refused="r"))
    refresh(whole)
    assert len(search(whole, "lastword", "passage").hits) == 1


def test_numbers_of_dead_may_be_absurd(whole: Case) -> None:
    models.ListedIncident.objects.using(whole.alias).update(killed_low=9_000_000_000, killed_high=2**62)
    assert models.ListedIncident.objects.using(whole.alias).filter(killed_low__gte=5_000_000_000).exists()
