"""Which judgements stand: undone ones are left out, and of two about the same things the later counts."""

from collections.abc import Iterable, Sequence

from muster.records import Judgement, JudgementKind


def standing(judgements: Iterable[Judgement], kinds: Sequence[JudgementKind]) -> tuple[Judgement, ...]:
    """Return the judgements of some kinds that stand, in order of time.

    kinds are opposites of one another ("same" and "different"): of all about the same subjects, only
    the last counts.  An undo can be undone.
    """
    ordered = sorted(judgements, key=lambda j: (j.decided_at, j.id))
    undone: set[str] = set()
    for judgement in reversed(ordered):
        if judgement.kind == "undo" and judgement.id not in undone:
            undone.update(judgement.subjects)
    last = {frozenset(j.subjects): j for j in ordered if j.kind in kinds and j.id not in undone}
    return tuple(j for j in ordered if last.get(frozenset(j.subjects)) is j)
