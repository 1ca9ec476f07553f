"""Which act a verb or a noun names, given what stands around it."""

from dataclasses import dataclass

from muster.extract.manner import is_negated
from muster.extract.parse import Token, agent, children, heads_people, is_passive, lemma, objects, subject
from muster.extract.vocabulary import Trigger, acts, nouns
from muster.languages.countries import country_of

_CLAUSAL = {"ccomp", "advcl", "relcl", "parataxis", "csubj"}
_HARM = {"kill", "injure", "detain", "abduct", "release", "displace", "transfer", "die_other"}

_ANYBODY = {"anybody", "anyone", "nobody", "somebody", "someone", "everybody", "everyone"}
_INTO = ((), ("through",), ("into",), ("to",), ("on",))
_REFLEXIVES = {"himself", "herself", "itself", "themselves", "myself", "ourselves", "yourself"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An act that a token names.  suffer: its subject is the one it befell.  n_words: length of the phrase.

    withheld: a negation is part of the act ("nobody is allowed in") and does not deny it.
    """

    act: str
    suffer: bool
    n_words: int
    withheld: bool = False


def verb_act(verb: Token) -> Match | None:
    """The act that a verb names with its objects and particles, or None."""
    near = _near(verb)
    for trigger in acts().triggers.get(lemma(verb), ()):
        if all(word in near for word in trigger.rest) and _fits(verb, trigger):
            act = _refined(verb, trigger, near)
            if act is not None:
                return Match(act=act, suffer=trigger.suffer or _befalls(verb, act), n_words=1 + len(trigger.rest))
    if _calls_for(verb):
        return Match(act="appeal", suffer=False, n_words=2)
    if lemma(verb) == "take" and any(o.lower_ in _ANYBODY for o in objects(verb)) and not children(verb, "prep"):
        return Match(act="abduct", suffer=False, n_words=1)
    if lemma(verb) == "miss" and verb.tag_ == "VBG" and not objects(verb) and subject(verb) is not None:
        return Match(act="disappear", suffer=True, n_words=1)
    withheld = _withheld(verb)
    if withheld is not None:
        return Match(act=withheld, suffer=False, n_words=2, withheld=True)
    if lemma(verb) == "be" and {lemma(a) for a in children(verb, "attr")} & {
        "lie",
        "liar",
        "fabrication",
        "fabricator",
        "murderer",
    }:
        return Match(act="accuse", suffer=True, n_words=2)
    if _names_badly(verb):
        return Match(act="accuse", suffer=False, n_words=2)
    if lemma(verb) in acts().words("displace", "must") and _is_made_to(verb):
        return Match(act="displace", suffer=True, n_words=2)
    if _weapon_falls(verb):
        return Match(act="attack", suffer=False, n_words=1)
    if _is_called_on(verb):
        return Match(act="appeal", suffer=True, n_words=2)
    return None


def _calls_for(verb: Token) -> bool:
    """ "called last week for observers to be given access": the "for" opens a clause."""
    return lemma(verb) in ("call", "appeal", "press", "plead") and any(
        c.lower_ == "for" for clause in children(verb, "advcl", "ccomp", "xcomp") for c in children(clause, "mark")
    )


def _names_badly(verb: Token) -> bool:
    """ "called them murderers", "described the siege as a crime"."""
    if lemma(verb) not in ("call", "describe", "brand", "label", "denounce", "portray"):
        return False
    named = children(verb, "oprd", "attr", "xcomp")
    named += [n for p in children(verb, "prep") if p.lower_ == "as" for n in children(p, "pobj")]
    named += [c for c in children(verb, "ccomp") if c.pos_ == "NOUN"]
    return any(lemma(n) in acts().words("accuse", "names") for n in named)


def _is_called_on(verb: Token) -> bool:
    """ "the government must say who gave the order", "these people have to be protected"."""
    if verb.tag_ not in ("VB", "VBN") or verb.dep_ in ("advcl", "relcl", "acl") or lemma(verb) in ("be", "have"):
        return False
    governor = verb.head
    bound = any(c.lower_ in ("must", "should", "ought") for c in children(verb, "aux"))
    bound = bound or (verb.dep_ == "xcomp" and lemma(governor) == "have" and not children(governor, "dobj"))
    who = subject(verb)
    if not bound or who is None or any(c.dep_ == "neg" for c in verb.children):
        return False
    institution = who.ent_type_ in ("GPE", "ORG") or lemma(who) in nouns()["groups"]
    if is_passive(verb):
        return lemma(verb) in acts().words("appeal", "done_for") and _is_person(who)
    return institution


def _near(verb: Token) -> set[str]:
    """Lemmas and forms of what depends on the verb without a clause between."""
    found: set[str] = set()
    stack = [c for c in verb.children if _is_near(c)]
    found |= {lemma(o) for o in objects(verb) if is_passive(verb)}
    depth = {t.i: 1 for t in stack}
    while stack:
        token = stack.pop()
        if token.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "punct"):
            continue
        if token.dep_ in ("xcomp", "pcomp") and token.tag_ == "VBG":
            continue  # "goes on striking"
        found |= {lemma(token), token.lower_}
        if token.lower_ in _REFLEXIVES and token.dep_ in ("dobj", "pobj", "dative"):
            found.add("oneself")
        if depth[token.i] < 3 and token.dep_ not in ("xcomp", "acl"):
            for child in token.children:
                if _is_near(child):
                    depth[child.i] = depth[token.i] + 1
                    stack.append(child)
        elif token.dep_ == "xcomp":
            for child in token.children:
                if child.dep_ in ("acomp", "attr", "prep", "dobj", "advmod", "prt"):
                    depth[child.i] = 3
                    stack.append(child)
    return found


def _is_near(token: Token) -> bool:
    if token.dep_ == "ccomp" and token.pos_ in ("ADJ", "ADV"):
        return True
    if token.dep_ in _CLAUSAL or (token.dep_ == "conj" and token.pos_ in ("VERB", "AUX")):
        return False
    dated = token.dep_ == "prep" and any(t.ent_type_ in ("DATE", "TIME") for t in token.children)
    return not dated


def _fits(verb: Token, trigger: Trigger) -> bool:
    vocabulary = acts()
    phrase = " ".join((trigger.verb, *trigger.rest))
    governed = objects(verb)
    if trigger.suffer and trigger.act == "transfer":
        who = subject(verb)
        bound = [n for p in children(verb, "prep") if p.lower_ in trigger.rest for n in children(p, "pobj")]
        moves = not bound and not {"for", "to", "in"} & set(trigger.rest)
        moves = moves or any(_is_place(n) or n.pos_ == "PROPN" for n in bound)
        return moves and all(_is_place(o) for o in governed) and who is not None and _is_person(who)
    if phrase in vocabulary.words(trigger.act, "person_object"):
        return any(_is_person(o) for o in governed)
    if phrase in vocabulary.words(trigger.act, "place_object"):
        return any(_is_place(o) or _is_person(o) for o in governed) or any(_is_place(p) for p in _prepositional(verb))
    if phrase in vocabulary.words(trigger.act, "thing_object"):
        return any(_is_thing(o, trigger.act) for o in governed)
    if trigger.act == "escape" and trigger.verb == "leave":
        return not any(p.lower_ == "for" and _has_place(p) for p in children(verb, "prep"))
    return True


def _refined(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    """The act in the light of its neighbours; None where the words mean something else here."""
    act, word = trigger.act, trigger.verb
    if act == "kill" and word in ("die", "succumb", "perish"):
        peaceful = _cause(verb) & acts().words("die_other", "causes") or _by_accident(verb)
        return "die_other" if peaceful else "kill"
    if word == "shoot" and not trigger.rest:
        if (is_passive(verb) and objects(verb)) or any(
            _is_person(o) for o in objects(verb)
        ):  # said of people, "shot" without "wounded" tells of deaths
            return "injure" if {"wound", "injure", "survive", "hurt", "leg", "arm"} & near else "kill"
        dead = near & {"dead", "death"} or any(lemma(o) in acts().victims or _of_the_dead(o) for o in objects(verb))
        return "kill" if dead else ("attack" if objects(verb) or subject(verb) is not None else None)
    if act == "attack" and word in ("hit", "strike") and is_passive(verb) and not trigger.rest:
        dead = any(lemma(o) in acts().victims and acts().victims[lemma(o)] == "kill" for o in objects(verb))
        hurt = "kill" if dead else "injure"
        return hurt if any(_is_person(o) for o in objects(verb)) else act
    if act == "injure" and any(lemma(o) in ("body", "corpse") for o in objects(verb)):
        return None
    if act == "attack" and word in ("enter", "break", "come", "descend") and trigger.rest in _INTO:
        who = subject(verb)
        forced = who is not None and bool({lemma(t) for t in who.subtree} & acts().words("attack", "armed"))
        if word == "come":  # of a force, to a place, and nothing else that it did there
            where = [n for p in children(verb, "prep") for n in children(p, "pobj")]
            sited = any(_is_place(n) or n.pos_ == "PROPN" for n in where)
            forced = forced and sited and all(verb_act(c) is None for c in children(verb, "conj"))
        return act if forced and (objects(verb) or _prepositional(verb)) else None
    if act == "interview_or_visit" and (trigger.rest or word == "reach"):
        who = None if is_passive(verb) else subject(verb)
        people = acts().words("interview_or_visit", "visitors")
        return act if who is not None and {lemma(t) for t in who.subtree} & people else None
    if act == "detain" and word in ("hold", "house") and not is_passive(verb):
        who = subject(verb)
        definite = any(o.pos_ == "PRON" or any(c.lower_ == "the" for c in o.lefts) for o in objects(verb))
        return None if who is not None and _is_place(who) and not (definite and who.ent_type_ == "GPE") else act
    if act == "transfer" and trigger.rest == ("to",) and not trigger.suffer:
        led = [n for p in children(verb, "prep", "dative", "prt") if p.lower_ == "to" for n in children(p, "pobj")]
        if any(lemma(n) in acts().words("transfer", "not_to") for n in led):
            return None
        homeward = word in ("send", "return") and any(n.ent_type_ == "GPE" and country_of(n.text) for n in led)
        by_force = "force" in near and word in ("send", "return", "take", "move")
        return "displace" if homeward or by_force else act
    if act == "damage_property" and trigger.suffer:
        who = subject(verb)
        return act if who is not None and (_is_thing(who, act) or _is_place(who)) else None
    if act == "abduct" and word not in ("abduct", "kidnap"):
        return _carried_off(verb, trigger)
    if act == "appeal":
        return act if _is_request(verb) else None
    if act == "offer":
        what = {lemma(o) for o in objects(verb)}
        return (
            None
            if what & {"evidence", "explanation", "detail", "figure", "number", "comment", "condolence", "apology"}
            else act
        )
    if act == "deny_medical_care" or act == "deny_contact":
        return act
    if act == "report_figure":
        return act
    if act == "accuse" and word in ("condemn", "denounce", "criticise", "criticize", "castigate", "fault"):
        return act if any(_is_person(o) or o.ent_type_ in ("GPE", "ORG") for o in objects(verb)) else None
    if act == "accuse" and word == "blame":
        on_someone = any(_is_person(n) or n.ent_type_ for n in _prepositional(verb))
        return act if on_someone or any(lemma(o) not in nouns()["event_heads"] for o in objects(verb)) else None
    if act == "accuse" and word == "charge":
        return act if is_passive(verb) or objects(verb) else None
    if act == "agree" and word == "agree":
        return act if children(verb, "xcomp", "prep") and not is_negated(verb) else None
    if act == "return" and trigger.rest == ("to",):
        return act if any(_is_place(p) for p in _prepositional(verb)) else None
    if (
        act == "attack"
        and word in ("fight", "battle")
        and any(lemma(o) in ("fire", "blaze", "disease", "election") for o in objects(verb))
    ):
        return None
    if act == "threaten" and word == "give":
        return act if children(verb, "dative") or len(objects(verb)) > 1 or is_passive(verb) else None
    return act


def _carried_off(verb: Token, trigger: Trigger) -> str | None:
    """Taken away by soldiers or police: detained; by others: abducted; "from A to B": moved, None here."""
    if not any(_is_person(o) for o in objects(verb)):
        return None
    held = {"hostage", "captive"} & set(trigger.rest)
    if held:
        return "abduct" if any(t.lower_ in held for t in verb.subtree) else None  # not "several of the captives"
    if any(
        p.lower_ in ("to", "into") and any(_is_place(n) for n in children(p, "pobj")) for p in children(verb, "prep")
    ):
        return None
    who = agent(verb) or (None if is_passive(verb) else subject(verb))
    if who is None:
        return "abduct" if "from" not in trigger.rest else None
    words = {lemma(t) for t in who.subtree}
    if not _is_person(who) and not words & acts().words("attack", "armed"):
        return None
    return "detain" if words & acts().words("detain", "authority") else "abduct"


def _cause(verb: Token) -> set[str]:
    """What somebody is said to have died of."""
    return {
        lemma(t)
        for p in children(verb, "prep")
        if p.lower_ in ("of", "from", "to", "after", "for")
        for c in children(p, "pobj", "pcomp")
        for t in (c, *c.lefts, *children(c, "dobj", "conj"))
    }


def _by_accident(verb: Token) -> bool:
    """ "died because a gas bottle exploded", "because his treatment had been stopped": no weapon in the cause."""
    for clause in children(verb, "advcl"):
        words = {lemma(t) for t in clause.subtree}
        if any(c.lower_ == "because" for c in children(clause, "mark")):
            return not words & (nouns()["weapons"] | acts().words("attack", "armed")) and verb_act(clause) is None
    return False


def _withheld(verb: Token) -> str | None:
    """Treatment, contact or access that the clause says is refused, by what it speaks of."""
    words = acts()
    base = lemma(verb)
    refused = base in words.words("obstruct", "withhold") and not any(c.dep_ == "neg" for c in verb.children)
    if base in words.words("obstruct", "allow"):
        twice = verb.dep_ == "xcomp" and lemma(verb.head) in words.words("obstruct", "withhold")
        refused = is_negated(verb) and not twice
    if not refused or (
        base in ("give", "get", "receive", "hold", "close", "stop") and not objects(verb) and not children(verb, "prep")
    ):
        return None
    spoken = {
        lemma(t) for c in verb.children if c.dep_ not in ("advcl", "conj", "nsubj", "parataxis") for t in c.subtree
    }
    spoken |= {lemma(t) for o in objects(verb) for t in o.subtree} if is_passive(verb) else set()
    if (
        base in words.words("obstruct", "allow")
        and (objects(verb) or children(verb, "prt", "ccomp"))
        and any(c.lower_ in ("in", "through", "past", "inside") for c in children(verb, "prt", "advmod", "prep"))
    ):
        return "deny_access"
    if base == "hold" and not spoken & {"ambulance", "convoy", "lorry", "truck"}:
        return None
    if base in ("deny", "refuse") and children(verb, "ccomp"):
        return None
    if spoken & words.words("obstruct", "kin") and spoken & words.words("obstruct", "meet"):
        return "deny_contact"
    for act in ("deny_medical_care", "deny_contact", "deny_access"):
        if spoken & words.words(act, "context"):
            return act
    return None


def _is_made_to(verb: Token) -> bool:
    """ "must leave", "need to go", "were told to leave", "it is time to leave"; not "must go on"."""
    if any(lemma(up) == "time" for up in (verb.head, verb.head.head)) and verb.dep_ in (
        "acl",
        "relcl",
        "xcomp",
        "advcl",
    ):
        return subject(verb) is not None
    if any(c.lower_ == "must" for c in children(verb, "aux")) and not children(verb, "prt", "xcomp"):
        return subject(verb) is not None and _is_person(subject(verb))
    governor = verb.head
    return verb.dep_ == "xcomp" and (
        (lemma(governor) in ("have", "need") and not children(governor, "dobj"))
        or (lemma(governor) in ("tell", "order", "force", "instruct") and bool(objects(governor)))
    )


def _of_the_dead(noun: Token) -> bool:
    return any(lemma(t) in ("dead", "victim", "body", "corpse") for t in noun.subtree if t.dep_ == "pobj")


def _is_request(verb: Token) -> bool:
    if lemma(verb) == "ask":
        if any(
            c.lower_ in ("whether", "if", "what", "who", "why", "how")
            for t in children(verb, "ccomp")
            for c in t.subtree
        ):
            return False
        if any(c.dep_ == "neg" for t in children(verb, "xcomp") for c in t.children):
            return False  # "asked not to be named"
        if is_passive(verb):
            return bool(children(verb, "xcomp", "ccomp"))
        return bool(children(verb, "xcomp", "ccomp", "prep", "dative", "dobj"))
    if lemma(verb) in ("call",):
        return any(c.lower_ in ("on", "for", "upon") for c in children(verb, "prep", "prt"))
    if lemma(verb) == "write":
        written = [n for p in children(verb, "prep", "dative") if p.lower_ == "to" for n in children(p, "pobj")]
        return any(n.pos_ != "PRON" for n in written)
    return bool(children(verb, "xcomp", "ccomp", "prep", "dobj", "nsubjpass", "dative"))


def _befalls(verb: Token, act: str) -> bool:
    """A headline's past participle: "Dozens killed at camp" has its victims as a plain subject."""
    if act not in _HARM or is_passive(verb):
        return False
    if children(verb, "dobj") or verb.tag_ not in ("VBD", "VBN") or children(verb, "aux"):
        return False
    who = subject(verb)
    return who is not None and _is_person(who) and verb.dep_ not in ("xcomp",)


def _weapon_falls(verb: Token) -> bool:
    if lemma(verb) not in acts().words("attack", "weapons_fall"):
        return False
    who = subject(verb)
    weapons = nouns()["weapons"]
    return who is not None and (
        lemma(who) in weapons or any(lemma(t) in weapons for t in who.subtree if t.dep_ in ("pobj", "conj", "compound"))
    )


def _has_place(preposition: Token) -> bool:
    return any(_is_place(n) for n in children(preposition, "pobj"))


def _prepositional(verb: Token) -> list[Token]:
    return [noun for p in children(verb, "prep", "prt") for noun in children(p, "pobj")]


def _is_person(noun: Token) -> bool:
    if noun.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "GPE", "LOC", "FAC"):
        return False
    if heads_people(noun):
        return True
    counted = [p for p in children(noun, "prep") if p.lower_ == "of"]
    return any(lemma(t) in nouns()["people"] for p in counted for t in children(p, "pobj"))


def _is_place(noun: Token) -> bool:
    return (
        noun.ent_type_ in ("GPE", "LOC", "FAC")
        or lemma(noun) in nouns()["places"]
        or (noun.pos_ == "PROPN" and any(t.lower_ in nouns()["places"] for t in noun.subtree))
    )


def _is_thing(noun: Token, act: str) -> bool:
    things = acts().words(act, "things_held") or acts().words("damage_property", "things")
    return lemma(noun) in things or any(lemma(t) in things for p in children(noun, "prep") for t in children(p, "pobj"))


def noun_act(noun: Token) -> str | None:
    """The act that an event noun names, where it carries a place, a date, an actor, a target or a weapon."""
    base = lemma(noun)
    if base in ("attack", "clash", "shooting", "raid", "assault") and _exists(noun):
        return "attack"
    act = acts().nouns.get(base) or ("attack" if base in acts().vague_nouns else None)
    if act is None or noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ in ("compound", "amod", "nmod"):
        return None
    modifiers = {lemma(t) for t in noun.lefts}
    if modifiers & acts().words("attack", "exclude_nouns") and act == "attack":
        return "demonstrate" if "hunger" in modifiers else None
    if base == "strike" and not modifiers & (nouns()["weapons"] | {"air", "drone", "military"}):
        return "demonstrate" if modifiers & {"hunger", "general", "wildcat", "illegal", "miner", "worker"} else None
    if base == "fire" and not modifiers & (
        nouns()["weapons"] | {"army", "police", "sniper", "artillery", "heavy", "live", "small-arm", "gun", "machine"}
    ):
        return None
    carried = _carries(noun)
    if base in acts().vague_nouns:
        return act if carried >= 2 or (carried and base in ("massacre",)) else None
    if act in (
        "attack",
        "detain",
        "transfer",
        "release",
        "displace",
        "interview_or_visit",
        "deny_access",
        "demonstrate",
        "abduct",
        "damage_property",
    ):
        return act if carried else None
    return None


def _exists(noun: Token) -> bool:
    """ "there was a deadly attack"."""
    return noun.dep_ in ("attr", "nsubj") and bool(children(noun.head, "expl")) and noun.head.pos_ in ("AUX", "VERB")


def _carries(noun: Token) -> int:
    """How many of place, date, actor, target a noun phrase tells."""
    n = 0
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in (
            "on",
            "against",
            "by",
            "at",
            "in",
            "of",
            "upon",
            "near",
            "from",
            "inside",
            "outside",
            "to",
        ):
            n += sum(
                1
                for p in children(child, "pobj")
                if _is_person(p) or _is_place(p) or p.ent_type_ in ("DATE", "TIME") or p.pos_ in ("NUM", "PROPN")
            )
        elif (child.dep_ == "poss" and (child.ent_type_ or heads_people(child))) or (
            child.dep_ in ("compound", "amod", "nmod", "npadvmod") and child.ent_type_ in ("DATE", "GPE")
        ):
            n += 1
    return n


def is_weapon(noun: Token) -> bool:
    """Whether a noun is a weapon, or a number of them."""
    return lemma(noun) in nouns()["weapons"] or any(
        lemma(t) in nouns()["weapons"] for p in children(noun, "prep") for t in children(p, "pobj")
    )
