"""Which act a verb names, given what stands around it."""

from dataclasses import dataclass

from muster.extract.frames import befalls, fits, refined
from muster.extract.manner import is_negated
from muster.extract.parse import Token, agent, children, is_passive, lemma, objects, subject
from muster.extract.senses import is_person
from muster.extract.vocabulary import acts, nouns

_CLAUSAL = {"ccomp", "advcl", "relcl", "parataxis", "csubj"}

_ANYBODY = {"anybody", "anyone", "nobody", "somebody", "someone", "everybody", "everyone"}
_FOOD = {"food", "water", "meal", "bread", "drink", "dinner", "breakfast", "sleep"}
#: With these, food is kept from a place, not from somebody held there.
_SUPPLIES = {"aid", "convoy", "lorry", "truck", "delivery", "supply", "supplies", "ship", "road", "access"}
_HEALERS = {
    "hospital",
    "clinic",
    "doctor",
    "nurse",
    "medic",
    "surgeon",
    "paramedic",
    "ambulance",
    "infirmary",
    "physician",
}
_CARERS = {"ambulance", "doctor", "nurse", "medic", "paramedic", "surgeon"}
_ILL = {"ill", "badly", "brutally", "cruelly", "inhumanely", "roughly", "harshly"}
_SEES_TO = {"enter", "reach", "look", "come", "visit", "see", "examine", "arrive", "treat", "attend"}
_GATHER = {"gather", "assemble", "meet", "come", "turn"}
_PROTEST = {"protest", "demonstrate", "rally", "chant"}
_KEPT_APART = {"family", "lawyer", "prisoner", "detainee", "inmate", "client"}
_CALLS = {"call", "phone", "telephone", "contact", "reach", "write", "speak", "talk", "ring"}
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
        if all(word in near for word in trigger.rest) and fits(verb, trigger):
            act = _of_care(refined(verb, trigger, near), objects(verb))
            if act is not None:
                return Match(act=act, suffer=trigger.suffer or befalls(verb, act), n_words=1 + len(trigger.rest))
    if _calls_for(verb):
        return Match(act="appeal", suffer=False, n_words=2)
    if lemma(verb) == "take" and any(o.lower_ in _ANYBODY for o in objects(verb)) and not children(verb, "prep"):
        return Match(act="abduct", suffer=False, n_words=1)
    if (
        lemma(verb) == "miss"
        and verb.tag_ == "VBG"
        and verb.dep_ != "pcomp"
        and not objects(verb)
        and subject(verb) is not None
    ):
        return Match(act="disappear", suffer=True, n_words=1)
    made = _constructed(verb)
    if made is not None:
        return made
    withheld = _of_care(_withheld(verb), objects(verb))
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


def _of_care(act: str | None, kept_out: list[Token]) -> str | None:
    """Who turns back an ambulance keeps a doctor from the sick."""
    return "deny_medical_care" if act == "deny_access" and any(lemma(o) in _CARERS for o in kept_out) else act


def _is_missing(verb: Token) -> bool:
    missing = lemma(verb) == "miss" and verb.tag_ == "VBG" and verb.dep_ != "pcomp"
    return missing and not objects(verb) and subject(verb) is not None


def _constructed(verb: Token) -> Match | None:
    """Acts that a construction names rather than a verb."""
    base = lemma(verb)
    if base == "let" and any(
        lemma(c) in ("go", "leave") and (lemma(c) == "leave" or not children(c, "prep", "prt"))
        for c in children(verb, "ccomp", "xcomp")
        if any(is_person(o) for o in children(c, "nsubj"))
    ):
        return Match(act="release", suffer=False, n_words=2)  # "let 85 women and children leave"
    if base == "let" and any(
        lemma(c) == "go" and not children(c, "prep", "prt") for c in children(verb, "ccomp", "xcomp")
    ):
        return Match(act="release", suffer=False, n_words=2)  # "let the children go"
    if base == "take" and not children(verb, "prep", "prt") and any(o.pos_ == "NUM" for o in objects(verb)):
        return Match(act="abduct", suffer=False, n_words=2)  # "they took sixteen"
    led = [c for c in children(verb, "prep", "prt", "dative") if c.lower_ != "by"]
    if base == "take" and not led and _took_kin(verb):
        return Match(act="abduct", suffer=False, n_words=2)  # "they took my husband"
    if base == "use" and is_passive(verb) and _used_against(verb):
        return Match(act="attack", suffer=False, n_words=2)  # "mortars were used against the town"
    if base == "see" and is_passive(verb) and any(c.lower_ == "last" for c in children(verb, "advmod")):
        return Match(act="disappear", suffer=False, n_words=2)  # "was last seen on 4 June"
    if base == "bury" and any(o.pos_ == "NUM" or (is_person(o) and children(o, "nummod")) for o in objects(verb)):
        return Match(act="kill", suffer=False, n_words=2)  # "we buried eleven people"
    if base == "be" and _is_needed(verb):
        return Match(act="appeal", suffer=True, n_words=3)
    if base == "take" and any(lemma(o) == "part" for o in objects(verb)):  # "had taken no part in the kidnapping"
        deeds = [
            n for p in (*children(verb, "prep"), *_of_objects(verb)) for n in children(p, "pobj") if p.lower_ == "in"
        ]
        named = next((acts().nouns.get(lemma(n)) for n in deeds if acts().nouns.get(lemma(n))), None)
        return None if named is None else Match(act=named, suffer=False, n_words=2)
    if base == "find" and is_passive(verb) and is_negated(verb) and not children(verb, "oprd", "xcomp", "acomp"):
        lost = objects(verb)
        missing = lost and is_person(lost[0]) and lemma(lost[0]) not in ("evidence", "body", "survivor")
        return Match(act="disappear", suffer=True, n_words=2, withheld=True) if missing else None
    if base == "treat" and verb.dep_ != "acomp" and any(c.lower_ in _ILL for c in verb.lefts):
        return Match(act="ill_treat", suffer=False, n_words=2)
    treated = [c for c in children(verb, "acomp") if lemma(c) == "treat"]
    if base == "be" and any(c.lower_ in _ILL for t in treated for c in t.lefts):
        return Match(act="ill_treat", suffer=True, n_words=2)  # "no inmate was ill-treated"
    if base == "treat" and _is_care(verb):
        return Match(act="injure", suffer=False, n_words=2)  # "the hospital treated 51 people"
    if base in _GATHER and any(lemma(c) in _PROTEST for c in children(verb, "advcl", "xcomp")):
        return Match(act="demonstrate", suffer=False, n_words=2)  # "gathered to protest against the law"
    if base == "be" and _is_unknown(verb):
        return Match(act="disappear", suffer=True, n_words=2)  # "the whereabouts of nine men are unknown"
    who = subject(verb)
    if base in _SEES_TO and who is not None and lemma(who) in _HEALERS and any(c.lower_ == "no" for c in who.lefts):
        return Match(act="deny_medical_care", suffer=False, n_words=2, withheld=True)  # "no doctor came"
    if base in _CALLS and _is_cut_off(verb):
        return Match(act="deny_contact", suffer=False, n_words=2, withheld=True)  # "we could not call our mothers"
    if base == "lose" and any(lemma(o) in acts().words("obstruct", "kin") for o in objects(verb)):
        return Match(act="kill", suffer=False, n_words=2)  # "lost a parent, a child or a spouse"
    since = any(t.lower_ == "since" for t in verb.subtree)
    if base in ("see", "hear") and since and (is_negated(verb) or is_negated(verb.head)):
        return Match(act="disappear", suffer=is_passive(verb), n_words=2, withheld=True)
    if base in ("make", "force") and is_passive(verb) and objects(verb) and is_person(objects(verb)[0]):
        posture = {lemma(c) for c in children(verb, "xcomp", "ccomp", "dobj", "oprd", "advcl")} & acts().words(
            "ill_treat", "posture"
        )
        return Match(act="ill_treat", suffer=False, n_words=2) if posture else None
    return None


def _used_against(verb: Token) -> bool:
    used = [t for o in objects(verb) for t in (o, *o.conjuncts)]
    armed = nouns()["weapons"] | {"aircraft", "gun", "helicopter", "gas", "force", "ammunition"}
    return any(p.lower_ in ("against", "on") for p in children(verb, "prep")) and any(lemma(t) in armed for t in used)


def _took_kin(verb: Token) -> bool:
    who = subject(verb)
    taken = [o for o in objects(verb) if lemma(o) in acts().words("obstruct", "kin") and children(o, "poss")]
    return bool(taken) and who is not None and (who.pos_ == "PRON" or is_person(who)) and who.lower_ not in ("i", "we")


def _is_care(verb: Token) -> bool:
    """Whether a hospital or a doctor treats people of whom a number is given."""
    who = agent(verb) if is_passive(verb) else subject(verb)
    patients = [o for o in objects(verb) if o.pos_ == "NUM" or (is_person(o) and children(o, "nummod"))]
    told = who is not None and (lemma(who) in _HEALERS or who.pos_ == "PRON")
    return told and bool(patients) and not any(p.lower_ in ("as", "like") for p in children(verb, "prep"))


def _is_unknown(verb: Token) -> bool:
    who = subject(verb)
    if who is None or who.lower_ != "whereabouts":
        return False
    said = {lemma(c) for c in children(verb, "acomp", "attr")}
    return bool(said & {"unknown", "undisclosed", "unclear", "uncertain"}) or ("known" in said and is_negated(verb))


def _is_cut_off(verb: Token) -> bool:
    able = verb.head if verb.dep_ == "xcomp" and verb.head.lower_ in ("able", "unable") else None
    unable = any(c.lower_ in ("could", "can") for c in children(verb, "aux")) and is_negated(verb)
    unable = unable or (able is not None and (able.lower_ == "unable" or is_negated(able) or is_negated(able.head)))
    reached = [*objects(verb), *(n for p in children(verb, "prep") for n in children(p, "pobj"))]
    return unable and any(lemma(n) in acts().words("obstruct", "kin") | _KEPT_APART for n in reached)


def _is_needed(verb: Token) -> bool:
    """ "It is time for the group to leave", "there is need for observers to be given access"."""
    told = [c for c in children(verb, "attr", "acomp", "nsubj") if lemma(c) in acts().words("appeal", "needs")]
    below = [t for n in told for t in n.subtree] + [
        t for c in children(verb, "advcl", "xcomp", "ccomp") for t in c.subtree
    ]
    someone = any(t.lower_ == "for" and t.dep_ in ("mark", "prep") for t in below)
    return bool(told) and someone and any(t.lower_ == "to" and t.tag_ == "TO" for t in below)


def _of_objects(verb: Token) -> list[Token]:
    return [p for o in objects(verb) for p in children(o, "prep")]


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
    if any(c.lower_ == "yet" for c in governor.children):
        return False  # "has yet to comment"
    who = subject(verb)
    if not bound or who is None or any(c.dep_ == "neg" for c in verb.children):
        return False
    institution = who.ent_type_ in ("GPE", "ORG") or lemma(who) in nouns()["groups"]
    if is_passive(verb):
        return lemma(verb) in acts().words("appeal", "done_for") and is_person(who)
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
    if verb.dep_ == "relcl" and any(c.tag_ == "WDT" for c in children(verb, "dobj")):
        spoken |= {lemma(t) for t in (verb.head, *verb.head.lefts)}  # "contact with their sons, which they denied"
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
    if base == "refuse" and any(lemma(c) not in words.words("obstruct", "let_in") for c in children(verb, "xcomp")):
        spoken &= words.words("deny_medical_care", "context")  # "refused to take part in the rescue" keeps nobody out
    if spoken & words.words("obstruct", "kin") and spoken & words.words("obstruct", "meet"):
        return "deny_contact"
    whom = [*objects(verb), *children(verb, "dative", "nsubj"), *(who for who in [subject(verb)] if who is not None)]
    whom += objects(verb.head) if verb.dep_ == "conj" and is_passive(verb.head) else []
    fed = base in ("give", "get", "receive", "deny", "refuse", "deprive") and spoken & _FOOD and not spoken & _SUPPLIES
    if fed and any(is_person(o) or o.pos_ == "PRON" for o in whom):
        return "ill_treat"  # "were given no food for two days"
    if base in words.words("obstruct", "allow") and _kept_from(verb):
        return "deny_contact"
    for act in ("deny_medical_care", "deny_contact", "deny_access"):
        if spoken & words.words(act, "context"):
            return act
    return None


def _kept_from(verb: Token) -> bool:
    """ "We were not permitted to see them", "none had been allowed to meet the agency": people, and no visitors."""
    who = objects(verb)
    if not is_passive(verb) or not who or not (is_person(who[0]) or who[0].pos_ == "PRON"):
        return False
    if lemma(who[0]) in acts().words("deny_access", "context"):
        return False  # "journalists were not allowed to speak to them"
    return any(
        lemma(c) in acts().words("obstruct", "meet") and any(is_person(o) or o.pos_ == "PRON" for o in objects(c))
        for c in children(verb, "xcomp", "advcl", "ccomp")
    )


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
        return subject(verb) is not None and is_person(subject(verb))
    governor = verb.head
    return verb.dep_ == "xcomp" and (
        (lemma(governor) in ("have", "need") and not children(governor, "dobj"))
        or (lemma(governor) in ("tell", "order", "force", "instruct") and bool(objects(governor)))
    )


def _weapon_falls(verb: Token) -> bool:
    if lemma(verb) not in acts().words("attack", "weapons_fall"):
        return False
    who = subject(verb)
    weapons = nouns()["weapons"]
    return who is not None and (
        lemma(who) in weapons or any(lemma(t) in weapons for t in who.subtree if t.dep_ in ("pobj", "conj", "compound"))
    )
