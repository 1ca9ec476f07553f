"""Denials of responsibility: whose deed is denied, and the deed itself where no other words name it."""

from muster.extract.attribution import Attribution
from muster.extract.clauses import clause
from muster.extract.doers import doer
from muster.extract.event import Event
from muster.extract.manner import is_negated
from muster.extract.parse import Doc, Token, children, lemma, phrase, subject
from muster.extract.vocabulary import acts, cues, nouns

VIOLENT = {"attack", "kill", "damage_property", "abduct"}
_HARM = {*VIOLENT, "injure", "ill_treat", "disappear", "deny_medical_care", "deny_contact"}
_ANYBODY = {"anybody", "anyone", "any", "none", "nobody", "no"}
_OWN = {"we", "us", "our", "my", "i"}
_THEIR_OWN = {"his", "her", "its"}
_TAKEN_PART = {"involve", "order", "part", "role", "responsible", "behind", "fly", "hand"}
_MEN = {
    "man",
    "troop",
    "force",
    "follower",
    "fighter",
    "soldier",
    "militia",
    "group",
    "army",
    "supporter",
    "member",
    "unit",
    "officer",
    "police",
    "aircraft",
    "plane",
    "gunner",
    "guard",
    "people",
    "staff",
    "employee",
    "personnel",
    "agent",
    "worker",
}
_RANKS = {"officer", "soldier", "troop", "guard", "agent", "policeman", "trooper", "warder"}
_SERVICES = {
    "police",
    "army",
    "force",
    "military",
    "coastguard",
    "navy",
    "service",
    "guard",
    "company",
    "ministry",
    "commissioner",
    "chief",
}
_CHARGES = {
    "accusation",
    "allegation",
    "charge",
    "claim",
    "report",
    "blame",
    "suggestion",
    "story",
    "involvement",
    "account",
}


def denies(doc: Doc, a: Attribution, known: list[Event]) -> bool:
    """Whether what is denied is the speaker's own deed, or harm that is laid to nobody else."""
    return _denies_part(doc, a) or _denies_own(doc, a) or _denies_harm(doc, a, known)


def is_own(actor: Token, a: Attribution) -> bool:
    """Whether who acts is the speaker or his own: "we" in his own words, "his men" in another's."""
    words = {t.lower_ for t in actor.subtree if t.dep_ in ("poss", "det")} | {actor.lower_}
    own_words = a.quoted or a.speaker is None or actor.doc[a.speaker].lower_ in _OWN or actor.doc[a.cue].text == ":"
    if own_words or words & _OWN:
        return own_words and bool(words & _OWN)
    if actor.lower_ == "it":  # "the Front says it carried out the raid"
        speaker = actor.doc[a.speaker]
        if actor.head.dep_ != "ccomp" or actor.head.head.i != a.cue:
            return False
        return lemma(speaker) in nouns()["groups"] or speaker.ent_type_ in ("ORG", "GPE", "NORP")
    bare = a.kind == "deny" and not list(actor.lefts) and actor.tag_ == "NNS" and lemma(actor) in _RANKS
    if bare and lemma(actor.doc[a.speaker]) in _SERVICES:
        return True  # "the police denied that officers had entered"
    return bool(words & _THEIR_OWN) and (lemma(actor) in _MEN or actor.pos_ == "PROPN")


def negated_own(doc: Doc, a: Attribution) -> Token | None:
    """The verb of what the speaker says his own did not do: "none of its planes had flown", "his men used nothing"."""
    for verb in (doc[i] for i in sorted(a.tokens)):
        if verb.pos_ not in ("VERB", "AUX") or verb.dep_ not in ("ccomp", "conj", "ROOT") or verb.tag_ == "MD":
            continue
        who = next(iter(children(verb, "nsubj")), None)
        if who is None or not any(c.tag_ in ("VBD", "VBN", "VBZ", "VBP") for c in (verb, *children(verb, "aux"))):
            continue
        whole = [n for p in children(who, "prep") if p.lower_ == "of" for n in children(p, "pobj")]
        own = any(is_own(n, a) and lemma(n) in _MEN for n in (who, *whole))
        nothing = any(o.lower_ == "nothing" for o in children(verb, "dobj"))
        if own and (is_negated(verb) or nothing):
            return verb
    return None


def denied_deed(doc: Doc, a: Attribution, known: list[Event]) -> list[Event]:
    """What a denial is of, where no event stands for it: "denied that its troops were involved"."""
    if any(e.head in a.tokens and e.act in _HARM for e in known):
        return []
    if a.kind == "deny":
        for noun in _denied_nouns(doc[a.cue]):
            act = "attack" if lemma(noun) == "strike" else _harm(noun) or "attack"
            left, right = phrase(noun)
            return [Event(act=act, head=noun.i, start=left, end=right, nominal=True, certainty=0.5)]
    verb = negated_own(doc, a) if a.kind != "deny" else _taken_part(doc, a)
    if verb is None:
        return []
    start, end = clause(verb)
    who = subject(verb)
    return [
        Event(act="attack", head=verb.i, start=start, end=end, actor=None if who is None else who.i, certainty=0.55)
    ]


def _denied_nouns(cue: Token) -> list[Token]:
    """ "denied torture", "denies allegations of torture": the harm itself."""
    denied = children(cue, "dobj")
    charged = [o for o in denied if lemma(o) in _CHARGES]
    denied += [n for o in charged for p in children(o, "prep") if p.lower_ == "of" for n in children(p, "pobj")]
    from_air = [n for n in denied if lemma(n) == "strike" and children(n, "compound")]  # not of workers
    return from_air + [n for n in denied if n.pos_ == "NOUN" and _harm(n) in _HARM]


def _harm(noun: Token) -> str | None:
    ill = lemma(noun) == "treatment" and {lemma(t) for t in noun.lefts} & acts().words("ill_treat", "adjectives")
    return "ill_treat" if ill else acts().nouns.get(lemma(noun))


def _taken_part(doc: Doc, a: Attribution) -> Token | None:
    """The verb of a clause that tells of a part in a deed: "its troops were involved", "having given such an order"."""
    cue = doc[a.cue]
    pcomps = [c for p in children(cue, "prep") for c in children(p, "pcomp")]
    for said in (*children(cue, "ccomp", "xcomp"), *pcomps):
        if said.i in a.tokens and {lemma(t) for t in said.subtree} & _TAKEN_PART:
            return said
    return None


def _denies_own(doc: Doc, a: Attribution) -> bool:
    """ "denied that it had incited the men", "denies stirring up strikers"."""
    verb = doc[a.cue]
    for said in children(verb, "ccomp"):
        for who in children(said, "nsubj", "nsubjpass"):
            if who.lower_ in ("it", "he", "she", "they", "we", "i") or any(
                c.lower_ in ("its", "his", "her", "our", "my") for c in who.lefts
            ):
                return True
    return bool(children(verb, "xcomp")) or any(children(p, "pcomp") for p in children(verb, "prep"))


def _denies_harm(doc: Doc, a: Attribution, known: list[Event]) -> bool:
    """ "denied that anybody had been shot", "that any unit had fired", "the attack": no other's deed."""
    if any(doer(noun) is None for noun in _denied_nouns(doc[a.cue])):
        return True
    for event in known:
        if event.head not in a.tokens or event.act not in _HARM or event.unexplained:
            continue
        actor = None if event.actor is None else doc[event.actor]
        if actor is None or actor.lower_ in _ANYBODY or any(c.lower_ in _ANYBODY for c in actor.lefts):
            return True
    return False


def _denies_part(doc: Doc, a: Attribution) -> bool:
    words = {lemma(doc[i]) for i in a.tokens}
    return bool(
        words & {"involve", "involvement", "role", "responsible", "responsibility", "part", "hand", "behind", *_CHARGES}
    )


def baseless(doc: Doc, known: list[Event]) -> list[Event]:
    """ "called the accusation baseless", "rejects the accusations", "said that was untrue"."""
    out = []
    false = cues().hedges["false_adjectives"]
    for verb in doc:
        if verb.pos_ not in ("VERB", "AUX") or lemma(verb) not in ("call", "describe", "brand", "term"):
            continue
        near = {lemma(t) for t in verb.subtree}
        charged = near & _CHARGES and not near & {"exaggerated", "inflated"}  # that is no "false"
        if near & false and charged and subject(verb) is not None:
            who = subject(verb)
            start, end = clause(verb)
            last = max((t.i for t in verb.subtree if lemma(t) in false), default=end - 1)
            if not any(e.act == "deny_responsibility" and e.head == verb.i for e in known):
                out.append(
                    Event(
                        act="deny_responsibility",
                        head=verb.i,
                        start=start,
                        end=max(end, last + 1),
                        actor=who.i if who else None,
                    )
                )
    return out
