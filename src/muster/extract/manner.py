"""Whether something is affirmed or denied, and how firmly it is said."""

from muster.extract.attribution import Attribution
from muster.extract.doers import accusing
from muster.extract.parse import Token, children, lemma
from muster.extract.vocabulary import cues
from muster.records import Modality, Polarity

_ALLEGED = {"alleged", "reported", "supposed", "purported"}
#: What a verb makes of the deed that is its object.
_OBJECTS: dict[str, Modality] = {
    "order": "ordered", "demand": "demanded", "urge": "demanded", "request": "demanded", "plan": "planned",
    "prepare": "planned", "threaten": "threatened", "offer": "offered", "propose": "offered",
}  # fmt: skip
#: What is announced before it is done; deaths and attacks are announced afterwards.
_ANNOUNCED = frozenset(
    {"march", "rally", "protest", "demonstration", "strike", "sit-in", "visit", "release", "transfer"}
)
_REJECTING = frozenset({"reject", "deny", "dismiss", "refute", "dispute"})
#: Verbs that only say that a deed is done.
_STARTING = frozenset({"start", "begin", "launch", "mount", "carry", "stage", "make", "conduct", "resume", "continue"})
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
    if around and (around[-1].kind == "deny" or _is_rejected(head, around[-1])):
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
    if head.dep_ in ("xcomp", "ccomp", "acl", "pcomp", "advcl", "pobj") and governor.i != head.i:
        found |= _governed(head, governor)
    elided = not children(head, "nsubj", "nsubjpass", "aux")
    if head.dep_ == "conj" and governor.pos_ in ("VERB", "AUX") and governor.i < head.i and elided:
        found.add(modality(governor, [], speech=speech))
    if head.pos_ == "NOUN" and accusing(head) is not None:
        found.add("alleged")
    if head.pos_ != "NOUN":
        found |= _of_state(head)
    elif not around or around[-1].kind != "accuse":
        found |= _of_deed(head)
    if _is_imperative(head):
        found.add("demanded")
    found.discard("asserted")
    if not found and around:
        outer = _outer(head, around)
        if outer != "asserted":
            found.add(outer)
    if found == {"planned"} and not speech and _is_threat(head, around):
        return "threatened"
    for value in _STRENGTH:
        if value in found:
            return value
    return "asserted"


def _is_rejected(head: Token, around: Attribution) -> bool:
    """Whether a claim is told only to be denied: "rejected claims that", "denies reports that"."""
    cue = head.doc[around.cue] if not around.back else None
    return cue is not None and cue.pos_ == "NOUN" and cue.dep_ == "dobj" and lemma(cue.head) in _REJECTING


def _is_threat(head: Token, around: list[Attribution]) -> bool:
    """Whether who speaks warns of what he will do himself: "warned that it would start air strikes"; not of a famine.

    Of those who "were warned that they would be arrested" nobody says by whom, but it is a threat.
    """
    if not around or around[-1].back:
        return False
    cue = head.doc[around[-1].cue]
    verb = head.head if head.pos_ == "NOUN" else head
    own = any(c.lower_ in ("i", "we", "he", "she", "it", "they") for c in children(verb, "nsubj"))
    warned = lemma(cue) == "warn" and (own or bool(children(cue, "auxpass")))
    return warned or lemma(cue) in ("threaten", "vow", "swear")


def _outer(head: Token, around: list[Attribution]) -> Modality:
    """What the innermost attribution makes of it: as its kind says, but for what is thought, warned of or rejected."""
    doc, last = head.doc, around[-1]
    if last.back:
        return cues().modality[last.kind]
    cue = doc[last.cue]
    kind = cues().modality[last.kind]
    if lemma(cue) in ("believe", "think", "suppose", "guess") and last.speaker is not None:
        return "possible" if doc[last.speaker].lower_ == "i" else kind
    if _is_rejected(head, last):
        return "asserted"  # the denial says so itself
    if cue.lower_ == "reports" and cue.pos_ == "NOUN" and last.speaker is None:
        return "alleged"
    return kind


def _of_deed(noun: Token) -> set[Modality]:
    """What the verb that a deed is the object of makes of it: "ordered an attack", "would start air strikes"."""
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ == "for" and lemma(verb.head) in ("call", "ask", "appeal", "press"):
        return {"demanded"}
    if noun.dep_ != "dobj" or verb.pos_ != "VERB" or "alleged" in _governed(verb, verb.head):
        return set()
    if lemma(verb) in _OBJECTS:
        return {_OBJECTS[lemma(verb)]}
    if lemma(verb) == "announce":
        return {"planned"} if lemma(noun) in _ANNOUNCED else set()
    modal = {a.lower_ for a in children(verb, "aux")}
    if lemma(verb) not in _STARTING:
        return set()
    if modal & cues().hedges["possible_modals"]:
        return {"possible"}
    return {"planned"} if modal & cues().hedges["planned_modals"] else set()


def _of_state(head: Token) -> set[Modality]:
    """ "Dozens feared dead", "twenty are reported killed", "due to return": what the word over a state makes of it."""
    if lemma(head) == "announce" and any(lemma(o) in _ANNOUNCED for o in children(head, "dobj")):
        return {"planned"}
    over = head if children(head, "oprd", "acomp") else head.head
    if head.dep_ == "conj" and over.lower_ == "reported" and not children(head, "aux", "auxpass"):
        return _of_state(over)  # "twenty are reported dead and dozens hurt"
    if over is head or (head.dep_ in ("xcomp", "oprd", "acomp", "ccomp", "attr") and over.i < head.i):
        if over.lower_ in ("feared", "presumed") and over.tag_ in ("VBN", "VBD"):
            return {"possible"}
        if over.lower_ == "reported" and (over.tag_ == "VBN" or children(over, "oprd", "acomp")):
            return {"alleged"}
        if over.lower_ in ("due", "scheduled", "set", "bound") and any(c.lower_ == "to" for c in children(head, "aux")):
            return {"planned"}
    return set()


def _is_imperative(head: Token) -> bool:
    """Whether a verb stands first in its sentence, bare and without a subject: "Release everyone held!"."""
    if head.tag_ != "VB" or head.dep_ != "ROOT" or children(head, "nsubj", "nsubjpass", "aux", "expl"):
        return False
    before = [t for t in head.sent if t.i < head.i and not (t.is_punct or t.is_space or t.lower_ == "please")]
    return not before


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
        if base in (
            "plan",
            "intend",
            "prepare",
            "decide",
            "promise",
            "agree",
            "expect",
            "go",
            "hope",
            "hop",
            "wish",
            "aim",
        ):
            return {"planned"}
        if base in ("offer",):
            return {"offered"}
    asked = governor.head if governor.lower_ == "for" else governor
    marked = governor.lower_ == "for" or any(c.lower_ == "for" for c in children(head, "mark"))
    if marked and lemma(asked) in ("ask", "call", "appeal", "press") and children(head, "aux"):
        return {"demanded"}  # "asked for the centre to be evacuated"
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
