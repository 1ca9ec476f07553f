"""Speech acts that no single verb names: claims and denials of responsibility made by what is said."""

from dataclasses import replace

from muster.extract.attribution import Attribution
from muster.extract.clauses import clause
from muster.extract.denials import VIOLENT, baseless, denied_deed, denies, is_own, negated_own
from muster.extract.event import Event
from muster.extract.manner import is_negated
from muster.extract.parse import Doc, Token, agent, children, is_passive, lemma, objects, subject
from muster.extract.vocabulary import acts

#: What both sides of a fight do: nobody claims it.
_FIGHTING = {"fight", "clash", "battle", "resist", "defend"}
_ANYONE = {"anyone", "anybody", "everyone", "everybody"}
_FUTURE = {"will", "would", "shall", "'ll", "’ll"}


def speech_events(doc: Doc, found: list[Attribution], known: list[Event]) -> list[Event]:
    """Claims ("said his men had fired") and denials ("denies its troops were involved") of responsibility."""
    out: list[Event] = []
    for a in found:
        if a.speaker is None:
            continue
        inner = [e for e in known if e.head in a.tokens and e.act in VIOLENT]
        own = [e for e in inner if e.actor is not None and is_own(doc[e.actor], a)]
        act = None
        if a.kind == "deny" and (own or denies(doc, a, known)):
            act = "deny_responsibility"
        elif a.kind in ("say", "allege") and own:
            firm = [e for e in own if lemma(doc[e.head]) not in _FIGHTING]
            if any(is_negated(doc[e.head]) for e in own):
                act = "deny_responsibility"
            elif firm and _is_past(doc[firm[0].head]):
                act = "claim_responsibility"
        elif a.kind in ("say", "allege") and negated_own(doc, a) is not None:
            act = "deny_responsibility"
        elif lemma(doc[a.cue]) in ("warn", "vow", "swear", "promise") and _announces_harm(doc, a):
            act = "threaten"
        if act is None and a.kind in ("say", "allege", "deny") and _behind(doc, a):
            act = "claim_responsibility"
        if act is not None and not any(e.act == act and e.head == a.cue for e in known):
            out.append(_event(doc, a, act))
        if act == "deny_responsibility":
            out += denied_deed(doc, a, known)
    out += baseless(doc, known)
    out += _avowals(doc)
    out += _warnings(doc)
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
    own = is_own(actor, a) or (not a.quoted and actor.lower_ in ("he", "it", "they", "she"))
    return replace(event, act="threaten") if own and not is_negated(verb) else event


def _event(doc: Doc, a: Attribution, act: str) -> Event:
    tokens = [*a.tokens, a.cue, *([a.speaker] if a.speaker is not None else [])]
    sentence = doc[a.cue].sent
    start = max(min(tokens), sentence.start)
    end = min(max(tokens) + 1, sentence.end)
    while end - 1 > start and doc[end - 1].is_punct:
        end -= 1
    return Event(act=act, head=a.cue, start=start, end=end, actor=a.speaker, certainty=0.55)


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
                and (is_own(who, a) or who.lower_ in ("he", "it", "they", "she") or who.i == a.speaker)
            ):
                return True
    return False


def _behind(doc: Doc, a: Attribution) -> bool:
    """ "said his men were behind the bombing"."""
    for i in a.tokens:
        if doc[i].lower_ in ("behind", "responsible") and doc[i].head.pos_ in ("AUX", "VERB"):
            who = subject(doc[i].head)
            if who is not None and is_own(who, a):
                return not is_negated(doc[i].head)
    return False


def _warnings(doc: Doc) -> list[Event]:
    """ "Whoever shelters them will be arrested", "he was warned that he would be arrested"."""
    out = []
    for verb in doc:
        harmed = verb.pos_ == "VERB" and lemma(verb) in acts().words("threaten", "punished")
        if not harmed or not any(c.lower_ in _FUTURE for c in children(verb, "aux")) or is_negated(verb):
            continue
        whom = next(iter(objects(verb)), None)
        over = verb.head
        told = over if verb.dep_ == "ccomp" and lemma(over) in ("warn", "tell") and is_passive(over) else None
        anyone = whom is not None and (whom.lower_ in _ANYONE or (whom.lower_ == "those" and children(whom, "relcl")))
        anyone = anyone or any(c.lower_ == "whoever" for s in children(verb, "csubj", "csubjpass") for c in s.subtree)
        if told is None and not anyone:
            continue
        start, end = clause(verb) if told is None else (told.left_edge.i, clause(verb)[1])
        start = min([start, *(s.left_edge.i for s in children(verb, "csubj", "csubjpass"))])
        who = agent(told) if told is not None else None
        head = verb if told is None else told
        out.append(
            Event(
                act="threaten", head=head.i, start=start, end=end, actor=None if who is None else who.i,
                target=None if whom is None else whom.i, certainty=0.55,
            )
        )  # fmt: skip
    return out


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
