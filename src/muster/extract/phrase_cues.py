"""Cues that are no verbs: "according to", "by the army's account", "the claim that", "is adamant that"."""

from collections.abc import Iterable

from muster.extract.attribution import Attribution
from muster.extract.parse import Doc, Token, antecedent, children, lemma, subject
from muster.extract.vocabulary import acts, cues


def phrase_cues(doc: Doc) -> list[Attribution]:
    """Attributions by nouns, adjectives and "in the words of", in no order."""
    return [*_in_words_of(doc), *_nominal(doc), *_adjectival(doc)]


def subtrees(heads: Iterable[Token]) -> set[int]:
    """The tokens of all that hangs on some heads."""
    return {t.i for head in heads for t in head.subtree}


def made(cue: Token, end: int, who: Token | None, kind: str, content: set[int]) -> Attribution:
    """An attribution from its tokens; end is the token behind the cue."""
    return Attribution(
        cue=cue.i, cue_end=end, speaker=None if who is None else who.i, kind=kind, tokens=frozenset(content)
    )


def according_to(doc: Doc) -> list[Attribution]:
    """ "According to the union, ...", at the level of the clause."""
    return [
        made(token, to.i + 1, who, "say", _clause_around(token))
        for token in doc
        if token.lower_ == "according"
        for to in children(token, "prep")
        for who in children(to, "pobj")
    ]


def _in_words_of(doc: Doc) -> list[Attribution]:
    """ "in the words of the mayor", "by the army's account": at the level of the clause."""
    found = []
    for preposition in doc:
        alone = preposition.dep_ == "ROOT" and preposition.i == preposition.sent.start  # the parse lost the clause
        if preposition.lower_ not in ("in", "by") or not (alone or preposition.dep_ == "prep"):
            continue
        for noun in children(preposition, "pobj"):
            who = noun_source(noun)
            if noun.lower_ not in cues().telling or who is None:
                continue
            if alone:
                rest = {t.i for t in preposition.sent if t.i > noun.i}
                found.append(made(noun, noun.i + 1, who, "say", rest))
            elif preposition.head.pos_ in ("VERB", "AUX"):
                found.append(made(noun, noun.i + 1, who, "say", _clause_around(preposition)))
    return found


def _clause_around(token: Token) -> set[int]:
    sentence = token.sent
    if token.right_edge.i >= sentence.end - 2 and token.i > sentence.start and token.nbor(-1).text in (",", "”", '"'):
        return {t.i for t in sentence} - subtrees([token])  # behind the whole sentence
    host = token.head if token.head.i != token.i else None
    while host is not None and host.pos_ not in ("VERB", "AUX") and host.head.i != host.i:
        host = host.head
    if token.i == sentence.start and host is not None and host.dep_ == "ccomp" and host.head.i > host.i:
        rowed = lemma(host.head) not in cues().verbs and not any(t.text == ";" for t in token.doc[host.i : host.head.i])
        host = host.head if rowed else host  # "According to X, ten were killed, six were hurt and two are missing"
    return {t.i for t in (host.subtree if host is not None else token.sent)} - subtrees([token])


def _nominal(doc: Doc) -> list[Attribution]:
    """ "the ministry's claim that ...", "its denial that ..."."""
    found, words = [], cues()
    for noun in doc:
        if noun.pos_ != "NOUN" or lemma(noun) not in words.nouns:
            continue
        clauses = [c for c in children(noun, "acl", "ccomp", "relcl") if _is_that_clause(c)]
        if clauses and not _tells(noun):
            base = lemma(noun)
            kind = "deny" if base in words.denied_nouns else "allege" if base in words.alleged_nouns else "say"
            found.append(made(noun, noun.i + 1, issuer(noun), kind, subtrees(clauses)))
    return found


def _is_that_clause(clause: Token) -> bool:
    """A full clause behind "that"; the tagger often takes the word for a relative pronoun."""
    if any(m.lower_ == "that" for m in children(clause, "mark")):
        return True
    objects = children(clause, "dobj")
    if not children(clause, "nsubj") or not objects or objects[0].lower_ != "that":
        return False
    struck = [n for p in children(clause, "prep") for n in children(p, "pobj") if n.ent_type_ not in ("DATE", "TIME")]
    violent = any(trigger.act in ("attack", "kill") for trigger in acts().triggers.get(lemma(clause), ()))
    return len(objects) > 1 or bool(violent and struck)  # "the claim that nobody fired on us"


def _tells(noun: Token) -> bool:
    """ "told parliament in a statement that ...": the verb reports, not the noun."""
    up = noun.head
    if up.dep_ in ("prep", "agent") or up.pos_ == "ADP":
        up = up.head
    return lemma(up) in ("tell", "say", "inform", "write", "announce", "assure") and not children(up, "ccomp")


def issuer(noun: Token) -> Token | None:
    """ "the army issued a statement saying ...": the army."""
    own = noun_source(noun)
    if own is None and noun.dep_ == "dobj" and lemma(noun.head) in cues().wide["light"]:
        own = subject(noun.head)
    return own


def noun_source(noun: Token) -> Token | None:
    """Whose word a noun is: "X's claim", "the claim of X", "a report by X"."""
    for poss in children(noun, "poss"):
        return subject(noun.head) if poss.tag_ == "PRP$" and noun.dep_ == "dobj" else poss
    for preposition in children(noun, "prep"):
        if preposition.lower_ in ("of", "by", "from"):
            for who in children(preposition, "pobj"):
                return who
    for acl in children(noun, "acl"):
        if acl.tag_ == "VBN":
            return next((n for p in children(acl, "agent") for n in children(p, "pobj")), None)
    return None


def _adjectival(doc: Doc) -> list[Attribution]:
    """ "The mayor is adamant that ..."."""
    found = []
    for adjective in doc:
        kind = cues().adjectives.get(adjective.lower_)
        if kind is None or adjective.dep_ not in ("acomp", "attr", "conj", "ROOT", "advcl", "amod"):
            continue
        clauses = [c for c in children(adjective, "ccomp") if c.i > adjective.i]
        copula = adjective.head
        clauses = clauses or [c for c in children(copula, "ccomp") if c.i > adjective.i and adjective.dep_ == "acomp"]
        who = subject(copula) if copula.pos_ in ("AUX", "VERB") else None
        if clauses and who is not None and who.lower_ not in ("it", "there"):
            found.append(made(adjective, adjective.i + 1, antecedent(who), kind, subtrees(clauses)))
    return found
