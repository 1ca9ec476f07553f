"""Who does what an event noun names: "staged attacks on", "the murder was carried out by", "is behind the raid"."""

from muster.extract.parse import ANSWERABLE, Token, agent, children, is_passive, is_time_like, lemma, objects, subject
from muster.extract.vocabulary import acts

_SERIES = {"series", "wave", "number", "string", "spate", "campaign", "round", "responsibility"}

_ACCUSING = {"accuse", "blame", "suspect", "charge"}
_PARTS = {"part", "role", "involvement", "participation", "complicity", "hand", "share"}


def doer(noun: Token) -> Token | None:
    """The head of who does the deed that a noun names through the verb or adjective over it, or None."""
    while noun.dep_ == "conj":
        noun = noun.head
    over = noun.head
    if noun.dep_ == "pobj" and over.lower_ == "of" and over.head.lower_ in _SERIES:
        return doer(over.head)
    done = _through(noun)
    if done is None and noun.dep_ == "pobj":
        done = _bound(over)
    return None if done is None or is_time_like(done) or done.i == noun.i or done.pos_ == "PRON" else done


def aimed_at(noun: Token) -> Token | None:
    """What a deed was aimed at: "the bank was the target of the attack", "the target of the raid was the bank"."""
    over = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "of" or lemma(over) not in ("target", "objective", "object"):
        return None
    if lemma(over.head) != "be":
        return None
    told = children(over.head, "nsubj") if over.dep_ == "attr" else children(over.head, "attr")
    return told[0] if told and over.dep_ in ("attr", "nsubj") and told[0].pos_ != "PRON" else None


def _through(noun: Token) -> Token | None:
    """By a verb of doing that governs the noun: "carried out the attack", "an attack staged by"."""
    light = acts().words("attack", "doing")
    on = [n for p in children(noun, "prep") for n in children(p, "pobj")]
    for verb in (v for n in (noun, *on) for v in children(n, "acl", "relcl")):
        if lemma(verb) in light and is_passive(verb):
            return agent(verb)
    over = noun.head
    if lemma(over) not in light:
        return None
    if noun.dep_ == "nsubjpass":
        return agent(over)
    return subject(over) if noun.dep_ == "dobj" and not is_passive(over) else None


def _bound(preposition: Token) -> Token | None:
    """By "responsible for", "behind", "took part in", "accused of"."""
    over = preposition.head
    word = preposition.lower_
    if word == "for" and lemma(over) == "responsible":
        return _said_to_be(over)
    if word == "behind" and lemma(over) == "be":
        return subject(over)
    if (word == "in" and lemma(over) in acts().words("attack", "partaking")) or (
        word == "to" and lemma(over) in ("link", "connect", "tie")
    ):
        if is_passive(over) or over.tag_ == "VBN" or word == "to":
            held = objects(over)
            return held[0] if held else None
        return subject(over)
    if word in ("of", "for", "with") and lemma(over) in acts().words("attack", "held_for"):
        held = objects(over)
        return held[0] if held else None
    return None


def accusing(noun: Token) -> Token | None:
    """The word by which a deed that a noun names is laid at somebody's door: "blamed them for the raid"; or None."""
    while noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ != "pobj":
        return None
    over = noun.head.head
    if noun.head.lower_ in ("of", "for", "with") and lemma(over) in _ACCUSING:
        return over
    if noun.head.lower_ == "for" and over.lower_ in ANSWERABLE:
        return next((up for up in (over.head, over.head.head) if lemma(up) == "hold"), None)
    if noun.head.lower_ == "of" and over.dep_ == "dobj" and lemma(over.head) in _ACCUSING:
        return over.head  # where the parse hangs the preposition on the accused
    if noun.head.lower_ == "in" and over.dep_ == "pcomp" and lemma(over) in acts().words("attack", "partaking"):
        return over.head.head if lemma(over.head.head) in _ACCUSING else None
    if noun.head.lower_ == "in" and lemma(over) in _PARTS and over.dep_ == "pobj":
        return accusing(over)
    return None


def _said_to_be(adjective: Token) -> Token | None:
    own = children(adjective, "nsubj")
    if own:
        return own[-1]
    verb = adjective.head
    if adjective.dep_ == "amod":
        return verb
    if adjective.dep_ in ("acomp", "attr"):
        return subject(verb)
    if adjective.dep_ in ("oprd", "ccomp") and objects(verb):
        return objects(verb)[0]
    return None
