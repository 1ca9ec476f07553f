"""The wide setting: attitudes, beliefs and speech told without what was said.

"criticised the plan", "is worried about the vote", "their hope that ...", "supporters of the bill": what a survey
of opinion wants and PolNeAR annotates, but no record of who said what happened.
"""

from muster.extract.attribution import Attribution
from muster.extract.parse import Doc, Token, children, is_passive, lemma, subject
from muster.extract.reporting import without_asides
from muster.extract.vocabulary import cues

_OBJECTS = ("dobj", "oprd", "attr", "acomp", "npadvmod")
_LEFT_OUT = ("npadvmod",)
_TIMES = ("DATE", "TIME")


def attitudes(doc: Doc, taken: set[int]) -> list[Attribution]:
    """Attributions of the wide setting, but for cues already taken."""
    words = cues().wide
    found = []
    for token in doc:
        if token.i in taken:
            continue
        base = lemma(token)
        made = None
        if token.pos_ in ("VERB", "AUX"):
            made = _felt(token) if token.lower_ in words["adjectives"] else _verb(token)
        elif token.pos_ in ("ADJ", "VERB") and base in words["adjectives"] and token.dep_ in ("acomp", "oprd", "conj"):
            made = _adjective(token)
        elif token.pos_ == "NOUN" and base in words["nouns"]:
            made = _noun(token)
        elif token.pos_ == "NOUN" and base in words["agents"]:
            made = _agent(token)
        if made is not None:
            found.append(made)
    return found


def _verb(verb: Token) -> Attribution | None:
    who = _holder(verb)
    if who is None and not is_passive(verb):
        return None
    end, content = _complement(verb)
    if not content and is_passive(verb) and _is_object_verb(verb):
        content = _befallen(verb)
    if who is not None:
        content -= {t.i for t in who.subtree} if verb.i not in {t.i for t in who.subtree} else {who.i}
    return _made(verb, end, who, content)


def _is_object_verb(verb: Token) -> bool:
    words = cues().wide
    return _base(verb) in words["object"] | words["clause"]


def _complement(verb: Token) -> tuple[int, set[int]]:
    """Where the cue ends, and the tokens of what it takes."""
    words, base = cues().wide, _base(verb)
    if base in words["clause"]:
        clauses = [c for c in children(verb, "ccomp") if c.i > verb.i or not children(verb, "dobj")]
        if clauses:
            return verb.i + 1, _subtrees([*clauses, *children(verb, "dobj")] if base in ("urge", "ask") else clauses)
    phrase = _phrase(verb)
    if phrase is not None:
        return phrase
    if base in words["infinitive"]:
        clauses = children(verb, "xcomp")
        if clauses:
            return verb.i + 1, _subtrees([*clauses, *children(verb, "dobj")])
    if base in words["object"] and not is_passive(verb):
        objects = [c for c in verb.children if c.dep_ in _OBJECTS and c.i > verb.i and not _is_time(c)]
        objects += [c for c in children(verb, "ccomp", "xcomp") if c.i > verb.i]
        if children(verb, "dobj", "ccomp", "oprd"):
            objects += [p for p in children(verb, "prep") if p.lower_ in ("as", "for", "of", "to", "on", "with")]
            return _particle_end(verb), _subtrees(objects)
    return verb.i + 1, set()


def _base(verb: Token) -> str:
    return "hope" if verb.lower_ == "hoping" else lemma(verb)  # the lemmatizer takes it for hopping


def _phrase(verb: Token) -> tuple[int, set[int]] | None:
    """ "called for X", "lashed out at X": the preposition belongs to the cue."""
    words, base = cues().wide["phrases"], _base(verb)
    particles = [c.lower_ for c in children(verb, "prt", "advmod") if c.i > verb.i]
    for preposition in [
        *children(verb, "prep", "prt"),
        *(p for c in children(verb, "prt") for p in children(c, "prep")),
    ]:
        joined = {f"{base} {preposition.lower_}", *(f"{base} {p} {preposition.lower_}" for p in particles)}
        if not joined & words:
            continue
        content = {t.i for t in preposition.subtree} - {preposition.i}
        if preposition.dep_ == "prt":
            content = _subtrees(children(verb, "dobj", "ccomp"))
        if preposition.lower_ in ("as", "of", "for", "on", "with", "to"):
            content |= _subtrees(o for o in children(verb, "dobj") if o.i < preposition.i)
        elif content:
            content |= _subtrees(p for p in children(verb, "prep") if p.lower_ in ("as", "for") and p.i > preposition.i)
        if content:
            return (preposition.i + 1 if preposition.i <= verb.i + 2 else verb.i + 1), content
    return None


def _befallen(verb: Token) -> set[int]:
    """ "the bill was criticised as ...": the subject and what is said of it."""
    content = _subtrees(c for c in children(verb, "nsubjpass") if c.tag_ not in ("WDT", "WP"))
    return content | _subtrees(c for c in children(verb, "xcomp", "oprd", "ccomp") if c.i > verb.i)


def _felt(verb: Token) -> Attribution | None:
    """ "protesters were frustrated that ...": a participle that names a state of mind."""
    who = subject(verb)
    if who is None or not is_passive(verb):
        return None
    end, content = verb.i + 1, _subtrees(children(verb, "ccomp", "xcomp"))
    for preposition in children(verb, "prep", "agent"):
        if not content and preposition.i == verb.i + 1:
            end, content = preposition.i + 1, {t.i for t in preposition.subtree} - {preposition.i}
    return _made(verb, end, who, content)


def _adjective(adjective: Token) -> Attribution | None:
    copula = adjective.head
    if adjective.dep_ == "conj":
        copula = copula.head
    who = subject(copula) if copula.pos_ in ("AUX", "VERB") else None
    if who is None or who.tag_ == "EX" or who.lower_ in ("it", "this", "that"):
        return None
    end, content = (
        adjective.i + 1,
        _subtrees(
            c for c in [*adjective.children, *copula.children] if c.i > adjective.i and c.dep_ in ("ccomp", "xcomp")
        ),
    )
    for preposition in [*children(adjective, "prep"), *children(copula, "prep")]:
        if not content and preposition.i == adjective.i + 1:
            end, content = preposition.i + 1, {t.i for t in preposition.subtree} - {preposition.i}
    return _made(adjective, end, who, content)


def _noun(noun: Token) -> Attribution | None:
    """ "Clinton's call for X", "the fear that X": with an owner, or as the object of one who has it."""
    end, content = (
        noun.i + 1,
        _subtrees(c for c in children(noun, "acl", "relcl", "ccomp") if c.tag_ == "VB" or any(children(c, "mark"))),
    )
    for preposition in children(noun, "prep"):
        if not content and preposition.lower_ in (
            "for",
            "of",
            "about",
            "on",
            "to",
            "that",
            "against",
            "in",
            "over",
            "with",
        ):
            end, content = preposition.i + 1, {t.i for t in preposition.subtree} - {preposition.i}
    who: Token | None = next(iter(children(noun, "poss")), None)
    governor = noun.head
    if who is None and noun.dep_ == "dobj" and lemma(governor) in cues().wide["light"]:
        who = _holder(governor)
        return None if who is None else _made(governor, end, who, content)
    if who is None:
        return None
    return _made(noun, end, who, content - {t.i for t in who.subtree})


def _agent(noun: Token) -> Attribution | None:
    for preposition in children(noun, "prep"):
        if preposition.lower_ in ("of", "for") and preposition.i == noun.i + 1:
            content = {t.i for t in preposition.subtree} - {preposition.i}
            holder = subject(noun.head) if noun.dep_ == "attr" else noun
            return _made(noun, preposition.i + 1, holder, content)
    return None


def _holder(verb: Token) -> Token | None:
    if is_passive(verb):
        by = [n for p in children(verb, "agent", "prep") if p.lower_ == "by" for n in children(p, "pobj")]
        return by[0] if by else None
    who = subject(verb)
    if who is None or who.tag_ == "EX" or who.ent_type_ in (*_TIMES, "MONEY", "PERCENT"):
        return None
    return who


def _is_time(token: Token) -> bool:
    return token.dep_ in _LEFT_OUT or token.ent_type_ in _TIMES


def _particle_end(verb: Token) -> int:
    at: int = verb.i + 1
    return at + 1 if any(c.i == at for c in children(verb, "prt")) else at


def _subtrees(heads: object) -> set[int]:
    return {t.i for head in heads for t in head.subtree}  # type: ignore[attr-defined]


def _made(cue: Token, end: int, who: Token | None, content: set[int]) -> Attribution | None:
    content = without_asides(cue.doc, {i for i in content if not cue.i <= i < end})
    if not content or (who is not None and who.i in content):
        return None
    return Attribution(
        cue=cue.i,
        cue_end=end,
        speaker=None if who is None else who.i,
        kind="attitude",
        tokens=frozenset(content),
    )
