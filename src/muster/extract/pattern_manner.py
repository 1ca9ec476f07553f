"""Whether a clause of Arabic or Persian denies or weakens what it says."""

from collections.abc import Sequence

from muster.extract.pattern_clauses import Clause
from muster.extract.pattern_roles import Sentence
from muster.extract.pattern_words import Hit
from muster.records import Modality


def is_denied(sentence: Sentence, clause: Clause, hit: Hit) -> bool:
    """Tell whether a clause says that it is not so."""
    if hit.negated:
        return True
    reach = hit.first - clause.first if hit.trigger.kind in {"victim", "noun"} else 3
    span = range(max(clause.first, hit.first - reach), hit.first)
    for at in span:
        following = sentence.words[at + 1].fold if at + 1 < len(sentence.words) else ""
        still = following.removeprefix("ت").removeprefix("ي") in {"زال", "زالت", "زالوا", "زالون"}
        if sentence.words[at].fold in sentence.known.words("negations") - {"ما", "غير"} and not still:
            return True
    number = sentence.number_in((clause.first, clause.end))
    return number is not None and number.none


def modality_of(sentence: Sentence, clause: Clause) -> Modality | None:
    """Return how a clause itself weakens what it says, or None."""
    marks: Sequence[tuple[str, Modality]] = (
        ("alleged", "alleged"),
        ("ordered", "ordered"),
        ("planned", "planned"),
        ("possible", "possible"),
    )
    for name, modality in marks:
        for at in range(clause.first, clause.end):
            word = sentence.words[at]
            if word.fold in sentence.known.words(name) or word.token.fold in sentence.known.words(name):
                following = sentence.words[at + 1].token.fold if at + 1 < clause.end else ""
                if word.fold == "قد" and not following.startswith(("ي", "ت", "ن")):
                    continue  # "قد" before a past verb only says that it is over
                return modality
    return None
