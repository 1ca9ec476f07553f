"""What a verb's own clause is, and whether it tells of something."""

from muster.extract.event import SPEECH_ACTS
from muster.extract.parse import Doc, Token, antecedent, children, lemma, phrase, subject
from muster.extract.triggers import verb_act

_AIMING = {
    "help",
    "want",
    "hope",
    "wish",
    "like",
    "invite",
    "allow",
    "enable",
    "use",
    "be",
    "get",
    "urge",
    "ask",
    "travel",
    "go",
}
#: What leads to an infinitive that somebody asks for, orders, decides or is made to do.
_ASKING = {
    "agree", "allow", "appeal", "ask", "beg", "call", "command", "compel", "decide", "decision", "demand",
    "force", "have", "implore", "instruct", "invite", "make", "need", "oblige", "offer", "order", "permit",
    "plan", "plead", "press", "promise", "refuse", "request", "require", "tell", "threat", "threaten", "time",
    "urge", "want",
}  # fmt: skip
#: "An interest in keeping them locked up": what has not been done.
_WISHED = {"interest", "aim", "purpose", "intention", "hope", "risk", "danger", "idea", "goal"}
_RAISING = {
    "appear",
    "seem",
    "report",
    "say",
    "allege",
    "believe",
    "think",
    "fear",
    "presume",
    "have",
    "need",
    "continue",
    "begin",
    "start",
}


def is_told(verb: Token) -> bool:
    """Whether the clause tells of something.

    "how many people died", "who killed them", "were people killed?" ask; "every one of them who dies", "those who
    shoot children" generalise; "would have been expelled" has not been; "an interest in keeping them" is none.
    """
    return not (_is_asked(verb) or _is_general(verb) or _is_unreal(verb))


def is_aim(verb: Token) -> bool:
    """Whether an infinitive only names an aim: "to rescue them"; not where somebody tries or is ordered to."""
    governor = verb.head
    infinitive = any(c.lower_ == "to" and c.tag_ == "TO" for c in children(verb, "aux"))
    if verb.tag_ == "VB" and verb.dep_ == "conj" and not infinitive and not children(verb, "nsubj", "aux"):
        return governor.pos_ == "VERB" and (is_aim(governor) or (lemma(governor) == "help" and _is_bare(governor)))
    if verb.tag_ == "VB" and verb.dep_ in ("xcomp", "ccomp") and not infinitive and lemma(governor) == "help":
        return _is_bare(governor)  # "to get inside to help rescue them"
    if verb.tag_ == "VBN" and verb.dep_ in ("ccomp", "xcomp") and lemma(governor) == "have":
        return _is_bare(governor)  # "no intention to have them rescued"
    if not infinitive or children(verb, "auxpass"):
        return False
    if verb.dep_ in ("xcomp", "ccomp", "conj", "relcl") and governor.pos_ in ("VERB", "AUX"):
        helped = lemma(governor) == "help" and governor.tag_ in ("VBD", "VBN")  # "helped to fire the rockets"
        return verb.dep_ == "xcomp" and lemma(governor) in _AIMING and not helped
    return verb.dep_ in ("advcl", "acl") and lemma(governor) not in ("order", "threat", "decision", "refusal", "plan")


def is_asked_for(verb: Token) -> bool:
    """Whether an infinitive is what somebody asks, orders or decides: "urged the court to release them"."""
    while verb.dep_ == "conj" or (verb.tag_ == "VBN" and lemma(verb.head) == "have" and verb.head.tag_ == "VB"):
        verb = verb.head
    over = verb.head
    return lemma(over) in _ASKING or (verb.dep_ == "relcl" and lemma(over) in ("time", "order", "demand"))


def _is_bare(verb: Token) -> bool:
    """Whether a verb is an infinitive, or stands under a modal."""
    return bool(verb.tag_ == "VB")


def _is_unreal(verb: Token) -> bool:
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(a.lower_ in ("would", "'d", "’d") for a in auxiliaries) and any(lemma(a) == "have" for a in auxiliaries):
        return True
    over = verb.head
    return verb.dep_ == "pcomp" and verb.tag_ == "VBG" and over.dep_ == "prep" and lemma(over.head) in _WISHED


def _is_general(verb: Token) -> bool:
    if any(c.lower_ in ("whoever", "whatever", "whenever") for c in verb.children):
        return True
    if verb.tag_ not in ("VBZ", "VBP") or children(verb, "aux"):
        return False
    who = subject(verb)
    first = verb
    while first.dep_ == "conj" and not children(first, "nsubj", "nsubjpass"):
        first = first.head
    if first.dep_ == "relcl" and first.tag_ in ("VBZ", "VBP") and not children(first, "aux", "auxpass"):
        head = first.head
        return head.lower_ in ("those", "anyone", "anybody", "one", "people") or (
            head.tag_ == "NN" and any(c.lower_ in ("a", "an") for c in head.lefts)
        )
    return who is not None and any(
        t.lower_ in ("every", "any", "each", "whoever", "whenever") for t in (who, *who.lefts)
    )


def _is_asked(verb: Token) -> bool:
    end, root = verb.sent[-1], verb.sent.root
    opens = root.pos_ == "AUX" and not any(
        t.pos_ not in ("PUNCT", "SPACE", "CCONJ") for t in verb.sent[: root.i - verb.sent.start]
    )
    if end.text == "?" and opens and root.i in (verb.i, verb.head.i, verb.head.head.i):
        return True
    first = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), None)
    who = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if end.text == "?" and first is not None and who is not None and first.i < who.i:
        return True
    own = [
        t for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "advmod", "attr") for t in (c, *c.lefts)
    ]
    if any(t.lower_ in ("how", "why", "whether") for o in own for t in (o, *o.lefts) if t.i < verb.i):
        return True
    return verb.dep_ != "relcl" and any(t.lower_ in ("who", "what", "whom") and t.head.i == verb.i for t in own)


def clause(verb: Token) -> tuple[int, int]:
    """The tokens of a verb's own clause: without coordinated, adverbial and attributing clauses."""
    keep = {verb.i}
    governor = verb.head
    if verb.dep_ == "xcomp" and not children(governor, "dobj") and lemma(governor) in _RAISING:
        return clause(governor)  # "appeared to have been shot"
    for child in verb.children:
        if child.dep_ in ("advcl", "parataxis", "csubj", "dep") or (
            child.dep_ in ("conj", "ccomp") and _is_clause(child)
        ):
            if child.dep_ == "ccomp" and child.i > verb.i and _keeps_clause(verb):
                keep |= {t.i for t in child.subtree}
            continue
        if child.dep_ in ("cc", "punct", "mark", "intj") or (
            child.dep_ == "advmod" and child.lower_ in ("when", "after")
        ):
            continue
        if child.dep_ == "prep" and child.lower_ == "according":
            continue
        keep |= _without_clauses(child)
    start = end = verb.i
    edge = min((t for c in children(verb, "nsubj", "nsubjpass") for t in _without_clauses(c)), default=verb.i)
    while start - 1 in keep or (start - 2 in keep and start > 1 and _light(verb.doc[start - 1])):
        start -= 1
    while end + 1 in keep or (end + 2 in keep and end + 2 < len(verb.doc) and _light(verb.doc[end + 1])):
        end += 1
    who = [antecedent(c) for c in children(verb, "nsubj", "nsubjpass") if c.tag_ in ("WP", "WDT")]
    if verb.dep_ == "relcl" and who and who[0].i < start and verb.doc[who[0].i : start].text.count(",") < 2:
        start = phrase(who[0])[0]  # "residents who stormed a guard post"
    if edge < start <= edge + 25:  # an apposition or relative clause stands between subject and verb
        start = edge
    return trim(verb.doc, start, end + 1)


def _light(token: Token) -> bool:
    if token.text == ":":
        return False
    return bool(token.is_punct) or token.dep_ in ("punct", "cc", "mark", "advmod", "neg", "aux")


def _is_clause(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or bool(children(token, "nsubj", "nsubjpass", "acl"))


def _keeps_clause(verb: Token) -> bool:
    match = verb_act(verb)
    return match is not None and (match.act in SPEECH_ACTS or match.withheld)


def _without_clauses(token: Token) -> set[int]:
    """A subtree without relative clauses behind a comma, adverbial clauses and coordinated clauses."""
    kept = {token.i}
    for child in token.children:
        if child.dep_ in ("advcl", "parataxis") or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")):
            continue
        if (
            child.dep_ in ("relcl", "appos")
            and child.left_edge.i > 0
            and token.doc[child.left_edge.i - 1].text in (",", "-", "–")
        ):
            continue
        kept |= _without_clauses(child)
    return kept


def trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Tokens without the punctuation and conjunctions at their ends."""
    while start < end and ((doc[start].is_punct and doc[start].text not in '"“') or doc[start].dep_ in ("cc", "mark")):
        start += 1
    while end - 1 > start and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"):
        end -= 1
    return start, end
