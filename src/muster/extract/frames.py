"""Whether a verb phrase names its act here: what it governs, and what its neighbours make of it."""

from collections.abc import Callable

from muster.extract.manner import is_negated
from muster.extract.parse import ANSWERABLE, Token, agent, children, is_passive, lemma, objects, subject
from muster.extract.senses import has_place, is_person, is_place, is_thing, is_weapon, prepositional
from muster.extract.vocabulary import Trigger, acts, nouns
from muster.languages.countries import country_of

_HARM = {"kill", "injure", "detain", "abduct", "release", "displace", "transfer", "die_other"}
_INTO = ((), ("through",), ("into",), ("to",), ("on",))
#: What is fought and attacked without force.
_FOUGHT = {
    "fire", "blaze", "flame", "disease", "epidemic", "virus", "cholera", "election", "terrorism", "crime", "corruption",
    "poverty", "hunger", "inflation", "unemployment", "trafficking", "impunity", "injustice", "discrimination",
    "racism", "extremism", "subversion", "illiteracy", "case", "charge", "problem", "cause", "tear", "sleep",
    "proposal", "policy", "plan", "decision", "bill", "law", "report", "budget", "statement", "record", "idea",
}  # fmt: skip
#: What is offered without being given to anybody.
_NO_OFFERS = {
    "evidence", "explanation", "detail", "figure", "number", "comment", "condolence", "apology", "theory", "argument",
    "opinion", "view", "version", "account", "reason", "excuse", "answer", "resistance", "prayer", "thanks", "proof",
    "victory", "congratulation", "sympathy", "glimpse", "insight", "hope", "testimony", "interpretation", "candidate",
}  # fmt: skip
_DEPLOYED = {
    "army", "soldier", "troop", "police", "battalion", "brigade", "force", "unit", "tank", "infantry", "squad",
    "regiment", "marine", "paratrooper", "patrol", "reinforcement",
}  # fmt: skip
_FORCED = {"drag", "pull", "haul"}
_WRECKAGE = {
    "rubble",
    "debris",
    "ruin",
    "wreck",
    "wreckage",
    "water",
    "sea",
    "river",
    "well",
    "fire",
    "mud",
    "collapse",
}
_BODY = {"chest", "neck", "head", "back", "stomach", "abdomen", "face", "heart", "temple"}
_WAYS_OUT = {"gate", "door", "hole", "fence", "wall", "window", "exit", "checkpoint", "breach", "gap", "wire"}
_TRAFFIC = {"vehicle", "car", "lorry", "truck", "bus", "train", "tram", "motorcycle", "van", "taxi", "traffic"}
#: Seized or retaken, a place is attacked; a person is caught.
_TAKEN_PLACES = {"seize", "retake", "retook", "recapture"}
#: What police charge a crowd with, and prosecutors nobody.
_CHARGED_WITH = {"horse", "baton", "truncheon", "club", "stick", "shield", "bayonet", "cannon", "dog", "gas", "vehicle"}


def fits(verb: Token, trigger: Trigger) -> bool:
    """Whether what the verb governs is of the kind that the phrase needs (person_object, ... of acts.toml)."""
    vocabulary = acts()
    phrase = " ".join((trigger.verb, *trigger.rest))
    governed = objects(verb)
    if trigger.suffer and trigger.act == "transfer":
        who = subject(verb)
        bound = [n for p in children(verb, "prep") if p.lower_ in trigger.rest for n in children(p, "pobj")]
        moves = not bound and not {"for", "to", "in"} & set(trigger.rest)
        moves = moves or any(is_place(n) or n.pos_ == "PROPN" for n in bound)
        return moves and all(is_place(o) for o in governed) and who is not None and is_person(who)
    if phrase in vocabulary.words(trigger.act, "person_object"):
        mere = trigger.act in ("kill", "injure") and trigger.verb in ("burn", "blow", "crush")
        if not governed and befalls(verb, trigger.act):  # a headline: "Aid workers freed"
            who = subject(verb)
            return who is None or not (mere and is_thing(who, "damage_property"))  # "found the house burned"
        return any(is_person(o) and not (mere and is_thing(o, "damage_property")) for o in governed)
    if trigger.act == "attack" and phrase in _TAKEN_PLACES:
        return any(lemma(o) in nouns()["places"] or (is_place(o) and not is_person(o)) for o in governed)
    if phrase in vocabulary.words(trigger.act, "place_object"):
        by = agent(verb) if is_passive(verb) else subject(verb)
        blast = by is not None and (is_weapon(by) or lemma(by) in ("blast", "explosion", "attack"))
        struck = any(
            is_place(o)
            or is_person(o)
            or o.lower_ in ("it", "them", "him", "her", "us", "me")
            or (blast and is_thing(o, "damage_property"))
            for o in governed
        )
        return struck or any(is_place(p) for p in prepositional(verb))
    if phrase in vocabulary.words(trigger.act, "thing_object") and (governed or not trigger.suffer):
        return any(is_thing(o, trigger.act) for o in governed)
    if trigger.act == "escape" and trigger.verb in ("break", "run"):  # a riot breaks out, fuel runs out, too
        who = subject(verb)
        out_of = [q for p in (verb, *children(verb, "prep")) for q in children(p, "prep") if q.lower_ == "of"]
        places = all(is_place(n) for q in out_of for n in children(q, "pobj"))
        return (who is None or is_person(who)) and places
    if phrase in ("be dead", "be missing", "go missing", "remain missing"):  # a telephone line, or a page, is, too
        who = subject(verb)
        return who is None or is_person(who) or who.pos_ in ("NUM", "PROPN", "PRON")
    if phrase.startswith("stand ") and trigger.act == "demonstrate":
        faced = (
            n for t in verb.subtree if t.lower_ == "front" for p in children(t, "prep") for n in children(p, "pobj")
        )
        return not any(is_person(n) and not is_place(n) for n in faced)
    if trigger.act == "escape" and trigger.verb == "leave":
        return not any(p.lower_ == "for" and has_place(p) for p in children(verb, "prep"))
    return True


def refined(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    """The act in the light of its neighbours; None where the words mean something else here.

    near: lemmas and forms of what depends on the verb without a clause between.
    """
    if trigger.verb == "shoot" and not trigger.rest:
        return _shot(verb, near)
    refine = _BY_ACT.get(trigger.act)
    return trigger.act if refine is None else refine(verb, trigger, near)


def _killed(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    if trigger.verb not in ("die", "succumb", "perish", "lose"):
        return "die_other" if trigger.verb == "kill" and _run_over(verb) else "kill"
    peaceful = _cause(verb) & acts().words("die_other", "causes") or _by_accident(verb)
    return "die_other" if peaceful else "kill"


def _run_over(verb: Token) -> bool:
    """ "Were struck by vehicles and killed", "was killed by a train"."""
    first = verb.head if verb.dep_ == "conj" and agent(verb) is None else verb
    by = [n for p in children(first, "agent", "prep") if p.lower_ == "by" for n in children(p, "pobj")]
    return is_passive(first) and bool({lemma(n) for n in by} & _TRAFFIC)


def _shot(verb: Token, near: set[str]) -> str | None:
    """Said of people, "shot" without "wounded" tells of deaths."""
    if "oneself" in near:
        return "die_other"
    if (is_passive(verb) and objects(verb)) or any(is_person(o) for o in objects(verb)):
        wounded = any(lemma(c) in ("wound", "injure", "hurt") for c in children(verb, "conj"))
        return "injure" if wounded or {"wound", "injure", "survive", "hurt"} & near or _in_limb(near) else "kill"
    who = subject(verb)
    hit = near & _BODY or _in_limb(near)
    if hit and who is not None and is_person(who) and who.pos_ != "PRON" and not children(verb, "dobj", "aux"):
        return "injure" if _in_limb(near) else "kill"  # a row of a list: "Amal D., 31, shot in the chest"
    if not objects(verb) and any(
        lemma(c) in ("kill", "wound", "injure") and objects(c) for c in children(verb, "conj")
    ):
        return None  # "shot and killed a boy"
    dead = near & {"dead", "death"} or any(lemma(o) in acts().victims or _of_the_dead(o) for o in objects(verb))
    return "kill" if dead else ("attack" if objects(verb) or subject(verb) is not None else None)


def _in_limb(near: set[str]) -> bool:
    """ "Shot through the thigh"."""
    return bool(near & {"leg", "arm", "thigh", "foot", "hand", "knee", "shoulder", "ankle", "hip", "calf", "buttock"})


def _injured(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    return None if any(lemma(o) in ("body", "corpse") for o in objects(verb)) else "injure"


def _attacked(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    word = trigger.verb
    if word == "strike" and near & {"register", "list", "roll"}:
        return None  # "struck off the register"
    if word in ("hit", "strike") and _run_over(verb) and any(lemma(c) == "kill" for c in children(verb, "conj")):
        return None
    if word in ("hit", "strike") and is_passive(verb) and not trigger.rest:
        dead = any(acts().victims.get(lemma(o)) == "kill" for o in objects(verb))
        hit = any(is_person(o) and not is_place(o) for o in objects(verb))
        return ("kill" if dead else "injure") if hit else "attack"
    if word == "shoot" and trigger.rest == ("at",) and any(is_person(o) for o in objects(verb)):
        return None  # "shot ten people at the gate"
    if word == "charge" and is_passive(verb):
        return "attack" if _charged_at(verb) else None  # not "two officers have been charged"
    if word in ("enter", "break", "come", "descend") and trigger.rest in _INTO:
        return "attack" if _forces_in(verb, word) else None
    if word in ("fight", "battle", "attack") and any(lemma(o) in _FOUGHT for o in objects(verb)):
        return None
    if word == "launch" and any(lemma(o) == "campaign" for o in objects(verb)):
        return None if not near & {"bombing", "military", "air", "terror"} else "attack"
    causes = [n for p in children(verb, "prep") if p.lower_ == "for" for n in children(p, "pobj")]
    if word in ("fight", "battle") and any(n.ent_type_ not in ("DATE", "TIME") and not is_place(n) for n in causes):
        return None  # "has fought for independence"; not "fought for two hours"
    return "attack"


def _charged_at(verb: Token) -> bool:
    """ "They were charged by men on horseback"."""
    by = agent(verb)
    accused = any(p.lower_ == "with" for p in children(verb, "prep"))
    return by is not None and is_person(by) and by.tag_ == "NNS" and not accused and lemma(by) != "prosecutor"


def _forces_in(verb: Token, word: str) -> bool:
    """Whether those who enter are armed; one that only comes must do nothing else there that is told."""
    who = subject(verb)
    forced = who is not None and bool({lemma(t) for t in who.subtree} & acts().words("attack", "armed"))
    if word == "come":
        sited = any(is_place(n) or n.pos_ == "PROPN" for n in prepositional(verb))
        then = {t.act for c in children(verb, "conj") for t in acts().triggers.get(lemma(c), ())}
        forced = forced and sited and not then & {"attack", "kill", "injure", "detain", "abduct", "damage_property"}
    nobody = word == "enter" and is_negated(verb)  # "no soldier entered": where to is told before
    return forced and bool(objects(verb) or prepositional(verb) or nobody)


def _visited(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    if not trigger.rest and trigger.verb != "reach":
        return trigger.act
    who = None if is_passive(verb) else subject(verb)
    people = acts().words("interview_or_visit", "visitors")
    return trigger.act if who is not None and {lemma(t) for t in who.subtree} & people else None


def _held(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    by = agent(verb) if is_passive(verb) else subject(verb)
    if trigger.verb == "hold" and any(t.lower_ in ANSWERABLE for o in objects(verb) for t in (o, *o.subtree)):
        return "accuse"
    if {"hostage", "captive"} & near and any(is_person(o) for o in objects(verb)):
        return "abduct"
    if by is not None and {lemma(t) for t in by.subtree} & acts().words("detain", "outlaws"):
        return "abduct" if any(is_person(o) for o in objects(verb)) else "detain"
    if trigger.verb not in ("hold", "house") or is_passive(verb):
        return "detain"
    who = subject(verb)
    definite = any(o.pos_ == "PRON" or any(c.lower_ == "the" for c in o.lefts) for o in objects(verb))
    return None if who is not None and is_place(who) and not (definite and who.ent_type_ == "GPE") else "detain"


def _moved(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    if (
        objects(verb)
        and all(lemma(o) in _DEPLOYED for o in objects(verb))
        and not near & {"prison", "jail", "hospital"}
    ):
        return None  # troops are deployed, not carried off
    if trigger.verb == "move" and not trigger.rest and _moves_in(verb):
        return "attack"
    if trigger.rest != ("to",) or trigger.suffer:
        return "transfer"
    led = [n for p in children(verb, "prep", "dative", "prt") if p.lower_ == "to" for n in children(p, "pobj")]
    if any(lemma(n) in acts().words("transfer", "not_to") for n in led):
        return None
    homeward = trigger.verb in ("send", "return") and any(n.ent_type_ == "GPE" and country_of(n.text) for n in led)
    by_force = "force" in near and trigger.verb in ("send", "return", "take", "move")
    return "displace" if homeward or by_force else "transfer"


def _moves_in(verb: Token) -> bool:
    """ "The army moved in with bulldozers"."""
    who = subject(verb)
    armed = who is not None and bool({lemma(t) for t in who.subtree} & acts().words("attack", "armed"))
    return armed and not is_passive(verb) and any(c.lower_ == "in" for c in children(verb, "prt", "advmod", "prep"))


def _damaged(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    who = subject(verb)
    struck = who is not None and (is_thing(who, trigger.act) or is_place(who))
    return trigger.act if struck or not trigger.suffer else None


def _accused(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    word, governed = trigger.verb, objects(verb)
    if word == "charge" and any(
        lemma(n) in _CHARGED_WITH | nouns()["weapons"]
        for p in children(verb, "prep")
        if p.lower_ == "with"
        for n in children(p, "pobj")
    ):
        return "attack"
    if word in ("condemn", "denounce", "criticise", "criticize", "castigate", "fault"):
        return trigger.act if any(is_person(o) or o.ent_type_ in ("GPE", "ORG") for o in governed) else None
    if word == "blame":
        on_someone = any(is_person(n) or n.ent_type_ for n in prepositional(verb))
        return trigger.act if on_someone or any(lemma(o) not in nouns()["event_heads"] for o in governed) else None
    return None if word == "charge" and not governed else trigger.act


def _offered(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    return None if {lemma(o) for o in objects(verb)} & _NO_OFFERS else trigger.act


def _agreed(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    bound = trigger.verb != "agree" or (children(verb, "xcomp", "prep") and not is_negated(verb))
    return trigger.act if bound else None


def _returned(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    who = subject(verb)
    if who is not None and lemma(who) in nouns()["vehicles"]:
        return None  # "the lorries came back"
    return trigger.act if trigger.rest != ("to",) or any(is_place(p) for p in prepositional(verb)) else None


def _threatened(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    given = children(verb, "dative") or len(objects(verb)) > 1 or is_passive(verb)
    return trigger.act if trigger.verb != "give" or given else None


def _appealed(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    return trigger.act if _is_request(verb) else None


def _carried_off(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    """Taken away by soldiers or police: detained; by others: abducted; "from A to B": moved, None here."""
    if trigger.verb in ("abduct", "kidnap"):
        return "abduct"
    if not any(is_person(o) for o in objects(verb)):
        return None
    held = {"hostage", "captive"} & set(trigger.rest)
    if held:
        return "abduct" if any(t.lower_ in held for t in verb.subtree) else None  # not "several of the captives"
    if any(
        p.lower_ in ("to", "into") and any(is_place(n) for n in children(p, "pobj")) for p in children(verb, "prep")
    ):
        return None
    who = agent(verb) or (None if is_passive(verb) else subject(verb))
    if trigger.verb in _FORCED and near & _WRECKAGE:
        return None  # "were pulled from the rubble"
    if who is None:
        return "abduct" if "from" not in trigger.rest or trigger.verb in _FORCED else None
    words = {lemma(t) for t in who.subtree}
    if not is_person(who) and not words & acts().words("attack", "armed"):
        return None
    return "detain" if words & acts().words("detain", "authority") else "abduct"


def _cause(verb: Token) -> set[str]:
    """What somebody is said to have died of."""
    return {
        lemma(t)
        for p in children(verb, "prep")
        if p.lower_ in ("of", "from", "to", "after", "for", "through")
        for c in children(p, "pobj", "pcomp")
        for t in (c, *c.lefts, *children(c, "dobj", "conj"))
    } | {
        lemma(t)  # "died in captivity of pneumonia"
        for p in children(verb, "prep")
        for c in children(p, "pobj")
        for q in children(c, "prep")
        for t in children(q, "pobj")
        if p.lower_ in ("in", "at") and q.lower_ in ("of", "from")
    }


def _by_accident(verb: Token) -> bool:
    """ "died because a gas bottle exploded", "because his treatment had been stopped": no weapon in the cause."""
    for clause in children(verb, "advcl"):
        words = {lemma(t) for t in clause.subtree}
        if any(c.lower_ == "because" for c in children(clause, "mark")):
            return not words & (nouns()["weapons"] | acts().words("attack", "armed")) and not _is_told_of(clause)
    return False


def _is_told_of(verb: Token) -> bool:
    """Whether a verb may name an act other than damage or withholding."""
    named = {t.act for t in acts().triggers.get(lemma(verb), ())}
    return bool(named - {"damage_property", "deny_medical_care", "deny_access", "deny_contact"})


def _of_the_dead(noun: Token) -> bool:
    return any(lemma(t) in ("dead", "victim", "body", "corpse") for t in noun.subtree if t.dep_ == "pobj")


def _is_request(verb: Token) -> bool:
    if lemma(verb) == "ask":
        if any(
            c.lower_ in ("whether", "if", "what", "who", "why", "how", "where", "when", "which")
            for t in children(verb, "ccomp")
            for c in t.subtree
        ):
            return False
        if not objects(verb) and any(c.dep_ == "neg" for t in children(verb, "xcomp") for c in t.children):
            return False  # "asked not to be named"
        if is_passive(verb):
            return bool(children(verb, "xcomp", "ccomp"))
        told = [*children(verb, "xcomp", "ccomp", "prep", "dative"), *children(verb, "dobj")]
        return any(t.pos_ != "PRON" for t in told)  # "he asked me" asks for nothing
    if lemma(verb) in ("call",):
        return any(c.lower_ in ("on", "for", "upon") for c in children(verb, "prep", "prt"))
    if lemma(verb) == "write":
        written = [n for p in children(verb, "prep", "dative") if p.lower_ == "to" for n in children(p, "pobj")]
        return any(n.pos_ != "PRON" for n in written)
    return bool(children(verb, "xcomp", "ccomp", "prep", "dobj", "nsubjpass", "dative"))


def _listed(verb: Token, trigger: Trigger, near: set[str]) -> str:
    """ "Are listed as missing"."""
    listed = [t for p in children(verb, "prep") if p.lower_ == "as" for t in p.subtree]
    return "disappear" if any(t.lower_ in ("missing", "unaccounted", "disappeared") for t in listed) else "designate"


def _released(verb: Token, trigger: Trigger, near: set[str]) -> str:
    """Who is handed over to the police is not set free."""
    to = [n for p in children(verb, "prep", "dative") if p.lower_ == "to" for n in children(p, "pobj")]
    held = acts().words("detain", "authority") | {
        "prosecutor",
        "court",
        "judge",
        "jailer",
        "investigator",
        "coastguard",
    }
    return "transfer" if trigger.verb == "hand" and any(lemma(n) in held for n in to) else "release"


def _demonstrated(verb: Token, trigger: Trigger, near: set[str]) -> str | None:
    """ "Walked out through the gate": out of where they were held, and not out of work."""
    ways = [p for p in children(verb, "prep") if p.lower_ in ("through", "by", "past")]
    through = any(lemma(n) in _WAYS_OUT for p in ways for n in children(p, "pobj"))
    return "escape" if trigger.verb == "walk" and through else "demonstrate"


def befalls(verb: Token, act: str) -> bool:
    """A headline's past participle: "Dozens killed at camp" has its victims as a plain subject."""
    if act not in _HARM or is_passive(verb):
        return False
    if children(verb, "dobj") or verb.tag_ not in ("VBD", "VBN") or children(verb, "aux"):
        return False
    who = subject(verb)
    return who is not None and is_person(who) and who.pos_ != "PRON" and verb.dep_ not in ("xcomp",)


_BY_ACT: dict[str, Callable[[Token, Trigger, set[str]], str | None]] = {
    "kill": _killed,
    "injure": _injured,
    "attack": _attacked,
    "interview_or_visit": _visited,
    "detain": _held,
    "transfer": _moved,
    "damage_property": _damaged,
    "abduct": _carried_off,
    "accuse": _accused,
    "offer": _offered,
    "agree": _agreed,
    "return": _returned,
    "threaten": _threatened,
    "appeal": _appealed,
    "designate": _listed,
    "release": _released,
    "demonstrate": _demonstrated,
}
