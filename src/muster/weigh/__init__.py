"""Who is independent of whom, what agrees and what contradicts."""

from muster.weigh.disagreements import disagreements
from muster.weigh.independence import (
    Context,
    group_of,
    independence_groups,
    keep_context,
    lookups,
    make_context,
    origin_groups,
    origin_of,
    recall_context,
    speaker_of,
)
from muster.weigh.ties import find_ties
from muster.weigh.within import check_document

__all__ = [
    "Context",
    "check_document",
    "disagreements",
    "find_ties",
    "group_of",
    "independence_groups",
    "keep_context",
    "lookups",
    "make_context",
    "origin_groups",
    "origin_of",
    "recall_context",
    "speaker_of",
]
