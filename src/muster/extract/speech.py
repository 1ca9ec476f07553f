"""Speech acts that no single verb names: claims and denials of responsibility made by what is said."""

from dataclasses import replace

from muster.extract.attribution import Attribution
from muster.extract.clauses import clause
from muster.extract.event import Event
from muster.extract.manner import is_negated
from muster.extract.parse import Doc, Token, children, lemma, subject
from muster.extract.vocabulary import acts, cues

_FUTURE = {"will", "would", "shall", "'ll", "’ll"}
_OWN = {"we", "us", "our", "my", "i"}
_THEIR_OWN = {"his", "her", "its"}
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
}
_VIOLENT = {"attack", "kill", "damage_property", "abduct"}
_HARM = {*_VIOLENT, "injure", "ill_treat", "disappear", "deny_medical_care", "deny_contact"}
_ANYBODY = {"anybody", "anyone", "any", "none", "nobody", "no"}
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


def speech_events(doc: Doc, found: list[Attribution], known: list[Event]) -> list[Event]:
    """Claims ("said his men had fired") and denials ("denies its troops were involved") of responsibility."""
    out: list[Event] = []
    for a in found:
        if a.speaker is None:
            continue
        inner = [e for e in known if e.head in a.tokens and e.act in _VIOLENT]
        own = [e for e in inner if e.actor is not None and _is_own(doc[e.actor], a)]
        act = None
        if a.kind == "deny" and (own or _denies_part(doc, a) or _denies_own(doc, a) or _denies_harm(doc, a, known)):
            act = "deny_responsibility"
        elif a.kind in ("say", "allege") and own:
            firm = [e for e in own if not is_negated(doc[e.head])]
            act = (
                "claim_responsibility"
                if firm and _is_past(doc[firm[0].head])
                else "deny_responsibility"
                if not firm
                else None
            )
        elif lemma(doc[a.cue]) in ("warn", "vow", "swear", "promise") and _announces_harm(doc, a):
            act = "threaten"
        if act is None and a.kind in ("say", "allege", "deny") and _behind(doc, a):
            act = "claim_responsibility"
        if act is not None and not any(e.act == act and e.head == a.cue for e in known):
            out.append(_event(doc, a, act))
    out += _baseless(doc, known)
    out += _avowals(doc)
    return out


def performs(doc: Doc, event: Event) -> bool:
    """Whether the words do what they name: "I appeal to ...", "we demand ...", "Let them go!"; not "we asked"."""
    verb = doc[event.head]
    if event.actor is None:
        return verb.tag_ == "VB" and not children(verb, "nsubj", "nsubjpass", "aux")
    if doc[event.actor].lower_ not in ("i", "we") or verb.pos_ != "VERB":
        return False
    return verb.tag_ == "VBP" or (verb.tag_ == "VB" and not any(c.tag_ == "VBD" for c in children(verb, "aux")))


def as_threat(doc: Doc, event: Event, around: list[Attribution]) -> Event:
    """What the speaker says that he or his own will do by force is a threat, not an act."""
    if event.act not in ("attack", "kill", "injure") or event.actor is None or not around:
        return event
    actor, a = doc[event.actor], around[-1]
    verb = doc[event.head]
    chained = [verb, *([verb.head] if verb.dep_ in ("xcomp", "conj") else [])]
    if not any(c.lower_ in _FUTURE for v in chained for c in children(v, "aux")):
        return event
    own = _is_own(actor, a) or (not a.quoted and actor.lower_ in ("he", "it", "they", "she"))
    return replace(event, act="threaten") if own and not is_negated(verb) else event


def _event(doc: Doc, a: Attribution, act: str) -> Event:
    tokens = [*a.tokens, a.cue, *([a.speaker] if a.speaker is not None else [])]
    sentence = doc[a.cue].sent
    start = max(min(tokens), sentence.start)
    end = min(max(tokens) + 1, sentence.end)
    while end - 1 > start and doc[end - 1].is_punct:
        end -= 1
    return Event(act=act, head=a.cue, start=start, end=end, actor=a.speaker, certainty=0.55)


def _is_own(actor: Token, a: Attribution) -> bool:
    words = {t.lower_ for t in actor.subtree if t.dep_ in ("poss", "det")} | {actor.lower_}
    if a.quoted or words & _OWN:
        return bool(words & _OWN)
    return bool(words & _THEIR_OWN) and (lemma(actor) in _MEN or actor.pos_ == "PROPN")


def _is_past(verb: Token) -> bool:
    auxiliaries = {c.lower_ for c in children(verb, "aux")}
    return verb.tag_ in ("VBD", "VBN", "VBG") and not auxiliaries & {
        "will",
        "would",
        "may",
        "might",
        "could",
        "can",
        "must",
        "should",
    }


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
    """ "denied that anybody had been shot", "that any unit had fired", "allegations of torture": no other's deed."""
    for event in known:
        if event.head not in a.tokens or event.act not in _HARM:
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


def _announces_harm(doc: Doc, a: Attribution) -> bool:
    """ "warned that it would fire again", "swore to avenge them"."""
    harm = acts().words("threaten", "harm")
    for verb in (doc[i] for i in sorted(a.tokens)):
        if lemma(verb) in harm and verb.pos_ == "VERB":
            who = subject(verb)
            future = {c.lower_ for c in children(verb, "aux")} & (_FUTURE | {"to"})
            if (
                future
                and who is not None
                and (_is_own(who, a) or who.lower_ in ("he", "it", "they", "she") or who.i == a.speaker)
            ):
                return True
    return False


def _behind(doc: Doc, a: Attribution) -> bool:
    """ "said his men were behind the bombing"."""
    for i in a.tokens:
        if doc[i].lower_ in ("behind", "responsible") and doc[i].head.pos_ in ("AUX", "VERB"):
            who = subject(doc[i].head)
            if who is not None and _is_own(who, a):
                return not is_negated(doc[i].head)
    return False


def _avowals(doc: Doc) -> list[Event]:
    """ "We did it"."""
    out = []
    for verb in doc:
        if lemma(verb) != "do" or verb.tag_ != "VBD" or is_negated(verb):
            continue
        who, what = children(verb, "nsubj"), children(verb, "dobj")
        if who and what and who[0].lower_ in ("we", "i") and what[0].lower_ in ("it", "this", "that"):
            start, end = clause(verb)
            out.append(Event(act="claim_responsibility", head=verb.i, start=start, end=end, actor=who[0].i))
    return out


def _baseless(doc: Doc, known: list[Event]) -> list[Event]:
    """ "called the accusation baseless", "rejects the accusations", "said that was untrue"."""
    out = []
    false = cues().hedges["false_adjectives"]
    for verb in doc:
        if verb.pos_ not in ("VERB", "AUX") or lemma(verb) not in ("call", "describe", "brand", "term"):
            continue
        near = {lemma(t) for t in verb.subtree}
        if near & false and near & _CHARGES and subject(verb) is not None:
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
