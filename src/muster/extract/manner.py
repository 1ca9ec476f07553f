"""Whether something is affirmed or denied, and how firmly it is said."""

from muster.extract.attribution import Attribution
from muster.extract.doers import accusing
from muster.extract.parse import Token, children, lemma
from muster.extract.vocabulary import cues
from muster.records import Modality, Polarity

_ALLEGED = {"alleged", "reported", "supposed", "purported"}
_STRENGTH: tuple[Modality, ...] = ("threatened", "ordered", "demanded", "offered", "planned", "possible", "alleged")


def is_negated(head: Token) -> bool:
    """Whether a negation has the head in its scope, within its own clause."""
    hedges = cues().hedges["denials"]
    for child in head.children:
        if child.dep_ == "neg" or (
            child.lower_ in ("never", "neither", "nor", "hardly") and child.dep_ in ("advmod", "preconj", "cc")
        ):
            return True
        if (
            child.lower_ in ("longer", "more")
            and any(c.lower_ == "no" for c in child.children)
            and child.dep_ == "advmod"
        ):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and _is_negative_phrase(child):
            return True
        if child.dep_ in ("aux", "auxpass") and any(g.dep_ == "neg" for g in child.children):
            return True
    governor = head.head
    if head.dep_ == "pcomp" and governor.lower_ == "without":
        return True
    if head.dep_ == "xcomp" and governor.i != head.i:
        if lemma(governor) in ("refuse", "fail", "decline", "cease", "avoid"):
            return True
        return any(c.dep_ == "neg" for c in governor.children) and lemma(governor) not in ("know",)
    if (
        head.dep_ == "conj"
        and governor.pos_ in ("VERB", "AUX")
        and not children(head, "nsubj", "nsubjpass", "aux", "auxpass")
    ):
        return any(c.lower_ == "or" for c in children(governor, "cc")) and is_negated(governor)
    return bool(hedges) and any(t.lower_ in ("no", "neither") and t.dep_ in ("det", "preconj") for t in head.lefts)


def _is_negative_phrase(noun: Token) -> bool:
    if noun.lower_ in ("nobody", "none", "nothing", "no-one", "neither"):
        return True
    if noun.lower_ == "one" and any(c.lower_ == "no" for c in noun.children):
        return True
    first = noun.doc[noun.left_edge.i]
    if first.lower_ == "not" and first.i + 1 < len(noun.doc) and noun.doc[first.i + 1].lower_ in ("one", "a", "any"):
        return True  # "not one mother has been allowed in"
    return any(c.lower_ in ("no", "neither") and c.dep_ in ("det", "preconj", "neg") for c in noun.children)


def polarity(head: Token, around: list[Attribution], *, withheld: bool = False) -> Polarity:
    """Denied where the clause is negated or the innermost attribution denies it.

    withheld: the clause's negation is part of the act ("nobody was let in") and denies nothing.
    """
    denied = is_negated(head) and not withheld
    if around and around[-1].kind == "deny":
        return "denied"
    return "denied" if denied else "affirmed"


def modality(head: Token, around: list[Attribution], *, speech: bool = False) -> Modality:
    """How firmly the clause is said: its own modal words first, else the innermost attribution."""
    found: set[Modality] = set()
    hedges = cues().hedges
    for child in head.children:
        low = child.lower_
        if child.dep_ in ("aux", "auxpass"):
            if low in hedges["possible_modals"]:
                found.add("possible")
            elif low in hedges["planned_modals"] and not speech:
                found.add("planned")
            elif low in ("must", "should", "ought", "shall"):
                found.add("demanded")
        elif low in hedges["alleged"]:
            found.add("alleged")
        elif low in hedges["possible"]:
            found.add("possible")
        elif child.dep_ in ("nsubj", "nsubjpass", "dobj") and _ALLEGED & {g.lower_ for g in child.lefts}:
            found.add("alleged")
    governor = head.head
    if head.dep_ in ("xcomp", "ccomp", "acl", "pcomp", "advcl") and governor.i != head.i:
        found |= _governed(head, governor)
    elided = not children(head, "nsubj", "nsubjpass", "aux")
    if head.dep_ == "conj" and governor.pos_ in ("VERB", "AUX") and governor.i < head.i and elided:
        found.add(modality(governor, [], speech=speech))
    if head.pos_ == "NOUN" and accusing(head) is not None:
        found.add("alleged")
    found.discard("asserted")
    if not found and around:
        outer = cues().modality[around[-1].kind]
        if outer != "asserted":
            found.add(outer)
    for value in _STRENGTH:
        if value in found:
            return value
    return "asserted"


def _governed(head: Token, governor: Token) -> set[Modality]:
    base = lemma(governor)
    if head.dep_ == "xcomp":
        if base in cues().hedges["possible_verbs"]:
            return {"possible"}
        if base in ("have", "need") and not children(governor, "dobj"):
            return {"demanded"}
        if base in ("report", "say", "allege", "believe", "think", "understand", "claim", "rumour") and children(
            governor, "auxpass", "nsubjpass"
        ):
            return {"alleged"}
        if base in ("order", "command", "instruct", "force"):
            return {"ordered"}
        if base in ("ask", "urge", "demand", "request", "want", "call", "beg", "press"):
            return {"demanded"}
        if base in ("threaten", "vow"):
            return {"threatened"}
        if base in ("plan", "intend", "prepare", "decide", "promise", "agree", "expect", "go", "hope", "wish", "aim"):
            return {"planned"}
        if base in ("offer",):
            return {"offered"}
    if head.dep_ == "acl" and base in ("order", "decision", "plan", "intention", "threat", "offer"):
        return {"ordered"} if base == "order" else {"planned"}
    if head.dep_ in ("ccomp", "advcl") and any(c.lower_ in ("whether", "if") for c in children(head, "mark")):
        return {"possible"}
    if (
        head.dep_ == "pcomp"
        and governor.head.i != governor.i
        and lemma(governor.head) in ("accuse", "suspect", "blame")
    ):
        return {"alleged"}
    return set()
