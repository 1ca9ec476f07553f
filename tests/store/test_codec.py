"""Records survive their encoding; anything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.errors import MusterError
from muster.records import Count, Judgement, Piece, Problem, When
from muster.store.codec import decode, digest, encode

_text = st.text(st.characters(codec="utf-8"), max_size=30)
_records = st.one_of(
    st.builds(Piece, start=st.integers(0, 2**40), end=st.integers(0, 2**40), part=_text,
              source_start=st.integers(0, 9), source_end=st.integers(0, 9)),
    st.builds(Problem, document_id=_text, kind=_text, why=_text, words=_text, at=st.none() | st.integers(0, 9)),
    st.builds(When, edtf=_text, basis=st.sampled_from(["stated", "relative", "inherited"]), words=_text),
    st.builds(Count, low=st.integers(0, 2**60), high=st.none() | st.integers(0, 2**60), of=st.just("killed")),
    st.builds(Judgement, id=_text, kind=st.just("same"), subjects=st.lists(_text).map(tuple), value=_text,
              reason=_text, decided_by=_text, decided_at=_text),
)  # fmt: skip


@given(_records)
def test_a_record_survives_its_encoding(record: object) -> None:
    assert decode(encode(record), type(record)) == record


@given(_records, st.data())
def test_damaged_bytes_are_refused_or_give_a_record_of_the_type(record: object, data: st.DataObject) -> None:
    blob = bytearray(encode(record))
    blob[data.draw(st.integers(0, len(blob) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_back = decode(bytes(blob), type(record))
    except MusterError:
        return
    assert isinstance(read_back, type(record))


def test_one_record_is_not_taken_for_another() -> None:
    with pytest.raises(MusterError, match="Piece"):
        decode(encode(Count(low=1, high=2, of="killed")), Piece)


def test_a_record_written_before_a_field_was_added_takes_its_default() -> None:
    assert decode(encode({"low": 1, "high": None, "of": "killed"}), Count) == Count(low=1, high=None, of="killed")


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_a_digest_tells_lists_of_parts_apart(a: list[bytes], b: list[bytes]) -> None:
    assert (digest(*a) == digest(*b)) == (a == b)
