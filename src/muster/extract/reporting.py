"""Attributions that the parse shows: reporting verbs, prepositions, nouns and adjectives with what they report."""

from collections.abc import Iterable
from dataclasses import replace

from muster.extract.attribution import Attribution
from muster.extract.doers import accusing
from muster.extract.parse import Doc, Token, ancestors, antecedent, children, is_passive, lemma, subject
from muster.extract.vocabulary import cues

_BARE_OBJECT = {
    "put", "count", "speak", "give", "report", "confirm", "cite", "estimate", "say", "deplore", "list", "record",
    "acknowledge", "admit", "announce", "deny", "claim", "allege", "back", "describe", "mention", "reject", "tell",
    "dispute", "dismiss", "raise", "hint", "lament", "note",
}  # fmt: skip
_INFINITIVE = ("accuse", "deny", "demand", "order", "threaten", "plan", "offer", "allege", "doubt")
_NEEDS_SPEAKER = ("demand", "order", "plan", "offer", "accuse", "threaten", "doubt")
_DEEDS = {"report", "admit", "recall", "acknowledge", "remember", "confess", "mention", "describe"}
#: Forms that are verbs only, and their lemmas.
_NO_NOUNS = {
    "maintains": "maintain", "insists": "insist", "says": "say", "writes": "write", "argues": "argue",
    "believes": "believe", "asserts": "assert", "alleges": "allege", "admits": "admit", "denies": "deny",
    "concedes": "concede", "swears": "swear", "testifies": "testify", "warns": "warn",
}  # fmt: skip
_FIGURES = {"figure", "toll", "number", "count", "estimate", "tally"}
_ASIDE = {"though", "although", "while", "whereas"}
_TOLD = ("dobj", "pobj", "npadvmod", "dative", "oprd")


def reports(doc: Doc) -> list[Attribution]:
    """All of a block, in no order; one cue may have several."""
    outside = _outside(doc)
    asides = {v.i: aside for v in doc if reporting_class(v) is not None and (aside := _parenthesis(v)) is not None}
    found = []
    for verb in doc:
        kind = reporting_class(verb)
        if kind is not None and not _perceives(verb):
            found += _verbal(verb, kind, outside, asides)
    found = _apart(doc, [*found, *_according_to(doc)])
    return [*found, *_mistagged(doc), *_in_words_of(doc), *_nominal(doc), *_adjectival(doc)]


def reporting_class(verb: Token) -> str | None:
    """The cue class of a reporting verb."""
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    if lemma(verb) == "give":
        return "say" if any(lemma(o) in _FIGURES for o in children(verb, "dobj")) else None
    if lemma(verb) == "hold":
        return "accuse" if any(accusing(n) == verb for n in verb.subtree if n.dep_ == "pobj") else None
    return cues().verbs.get(lemma(verb))


def speaker(verb: Token) -> Token | None:
    """Who says what a reporting verb reports; the antecedent for a relative pronoun."""
    if is_passive(verb) and verb.dep_ != "pcomp":
        by = [n for p in children(verb, "agent", "prep") if p.lower_ == "by" for n in children(p, "pobj")]
        return by[0] if by else None
    who = subject(verb)
    if who is None and verb.dep_ in ("advcl", "acl", "parataxis", "ccomp"):
        cue = next((up for up in ancestors(verb) if reporting_class(up) is not None), None)
        who = subject(cue) if cue is not None else None
    if who is not None and verb.dep_ == "acl" and who.i == verb.head.i and lemma(who) in cues().nouns:
        who = _issuer(who) or who
    return who if who is None or _can_speak(who) else None


def cue_end(verb: Token) -> int:
    """Behind the cue and its particle."""
    end: int = verb.i + 1
    return end + 1 if any(c.i == end for c in children(verb, "prt")) else end


def without_asides(doc: Doc, content: set[int]) -> set[int]:
    """A bare object without the clause that a comma sets off: that is the writer's own."""
    return content - {
        t.i
        for i in content
        if doc[i].dep_ in ("relcl", "advcl")
        and doc[i].left_edge.i > min(content)
        and doc[doc[i].left_edge.i - 1].text == ","
        for t in doc[i].subtree
    }


def _subtrees(heads: Iterable[Token]) -> set[int]:
    return {t.i for head in heads for t in head.subtree}


def _can_speak(noun: Token) -> bool:
    return noun.tag_ != "EX" and noun.ent_type_ not in ("DATE", "TIME", "MONEY", "PERCENT")


def _issuer(noun: Token) -> Token | None:
    """ "the army issued a statement saying ...": the army."""
    own = noun_source(noun)
    if own is None and noun.dep_ == "dobj" and lemma(noun.head) in cues().wide["light"]:
        own = subject(noun.head)
    return own


def _outside(doc: Doc) -> dict[int, Token]:
    """Verbs that the parse hangs into what somebody says though he, or the writer, says them: verb to outer cue.

    "said he would come and warned them": finite beside an infinitive; "said X, adding that Y"; "said X, though
    she noted Y"; "said X; they learned Y".
    """
    found: dict[int, Token] = {}
    for cue in doc:
        if reporting_class(cue) is None:
            continue
        for clause in children(cue, "ccomp"):
            for t in clause.subtree:
                if t.i != clause.i and t.i > cue.i and t.i not in found and _is_outside(t):
                    found[t.i] = cue
    return found


def _is_in_quotes(token: Token) -> bool:
    """Whether more quotation marks open than close before a token of its sentence."""
    before: str = token.doc.text[token.sent.start_char : token.idx]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _parenthesis(cue: Token) -> tuple[int, int] | None:
    """ "The police, the bishop told the radio, had assured him ...": first and last + 1 token of what is put in."""
    doc, sentence = cue.doc, cue.sent
    who = next((s for s in children(cue, "nsubj") if s.i < cue.i), None)
    if who is None or who.left_edge.i <= sentence.start or doc[who.left_edge.i - 1].text != ",":
        return None
    if who.tag_ in ("WP", "WDT"):
        return None  # "the mayor, who confirmed ten deaths, left the town"
    start = who.left_edge.i
    stop = next((t.i for t in doc[cue.i : min(cue.i + 9, sentence.end)] if t.text == ","), None)
    if stop is None or stop + 1 >= sentence.end:
        return None
    inner, behind, before = doc[cue.i + 1 : stop], doc[stop + 1], doc[sentence.start : start - 1]
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD", "CC", "VBG", "VBN") or t.lower_ in ("that", "who") for t in inner):
        return None
    spoken = behind.tag_ in ("VBD", "VBZ", "VBP", "MD") and not any(t.pos_ in ("VERB", "AUX") for t in before)
    return (start, stop) if spoken else None


def _is_outside(verb: Token) -> bool:
    if verb.pos_ not in ("VERB", "AUX"):
        return False
    before = verb.doc[verb.left_edge.i - 1].text if verb.left_edge.i else ""
    if (
        verb.dep_ == "conj"
        and verb.tag_ in ("VBD", "VBZ")
        and not children(verb, "nsubj", "nsubjpass", "aux", "auxpass")
    ):
        first = verb.head
        while first.dep_ == "conj" and first.pos_ in ("VERB", "AUX"):
            first = first.head
        return first.tag_ == "VB" and any(a.tag_ in ("MD", "TO") for a in children(first, "aux"))
    own = [c for c in children(verb, "nsubj") if c.pos_ != "PRON"]
    if verb.dep_ in ("conj", "ccomp", "parataxis") and own and not children(verb, "mark"):
        if before == ";" and not _is_in_quotes(verb):
            return True
        after_comma = before == "," or (before in ("and", "but") and verb.doc[verb.left_edge.i - 2].text == ",")
        if verb.dep_ == "conj" and after_comma and reporting_class(verb) is not None and not _is_in_quotes(verb):
            return True  # "said that X, and human rights groups warned that Y"
    if reporting_class(verb) is not None and children(verb, "ccomp", "dobj"):
        if verb.dep_ in ("advcl", "acl") and verb.tag_ == "VBG" and before == ",":
            who = subject(verb)
            return not children(verb, "mark", "nsubj") and who is not None and who.pos_ == "PRON"
        if verb.dep_ == "advcl" and any(m.lower_ in _ASIDE for m in children(verb, "mark")):
            return any(s.pos_ == "PRON" for s in children(verb, "nsubj"))
    return False


def _verbal(verb: Token, kind: str, outside: dict[int, Token], asides: dict[int, tuple[int, int]]) -> list[Attribution]:
    doc, outer = verb.doc, outside.get(verb.i)
    who = subject(outer) if outer is not None and not children(verb, "nsubj") else speaker(verb)
    for start, stop in asides.values():
        if verb.i > stop and verb.sent == doc[start].sent and not children(verb, "nsubj") and _is_first(verb, stop):
            who = doc[verb.sent.start : start - 1].root
    if verb.i in asides and who is not None:
        start, stop = asides[verb.i]
        content = {t.i for t in verb.sent if not start <= t.i <= stop}
        return [_made(verb, cue_end(verb), who, kind, content)]
    content = _content(verb, kind)
    if not content and lemma(verb) in _BARE_OBJECT and who is not None:
        content = without_asides(verb.doc, _bare_content(verb))
    for other, cue in outside.items():
        if cue.i == verb.i:
            content -= {t.i for t in verb.doc[other].subtree}
    content -= {verb.i}
    if who is not None:
        own = {t.i for t in who.subtree} - _subtrees(c for c in children(who, "acl", "relcl", "ccomp"))
        content -= own if verb.i not in own else {who.i}
    if not content or (who is None and (not is_passive(verb) or kind in _NEEDS_SPEAKER)):
        return []
    found = [_made(verb, cue_end(verb), who, _softened(verb, kind), content)]
    if lemma(verb) in ("learn", "hear"):  # "learned from a guard that ..."
        informers = [(p, n) for p in children(verb, "prep") if p.lower_ == "from" for n in children(p, "pobj")]
        found += [replace(_made(p, p.i + 1, n, "say", content), cited=True) for p, n in informers]
    return found


def _is_first(verb: Token, stop: int) -> bool:
    """Whether a verb is the first full one behind a comma."""
    return not any(t.pos_ == "VERB" for t in verb.doc[stop + 1 : verb.i])


def _made(cue: Token, end: int, who: Token | None, kind: str, content: set[int]) -> Attribution:
    return Attribution(
        cue=cue.i, cue_end=end, speaker=None if who is None else who.i, kind=kind, tokens=frozenset(content)
    )


def _perceives(verb: Token) -> bool:
    """ "heard the colonel claim", "saw soldiers shooting": what is perceived is no report."""
    bare = [c for c in children(verb, "ccomp") if c.tag_ in ("VB", "VBG") and not children(c, "mark", "aux")]
    return lemma(verb) in ("hear", "see") and bool(bare)


def _softened(verb: Token, kind: str) -> str:
    """ "is said to have" reports without a speaker: that is a hedge."""
    if kind == "say" and is_passive(verb) and not children(verb, "agent") and children(verb, "xcomp"):
        return "allege"
    return kind


def _content(verb: Token, kind: str) -> set[int]:
    """The clause that a reporting verb reports, wherever it stands."""
    content: set[int] = set()
    clauses = children(verb, "ccomp")
    for clause in clauses:
        if (clause.i < verb.i and _has_object_behind(verb)) or (clause != clauses[0] and _speaks_itself(clause)):
            continue  # "the government says that ..., the hospital says four"
        content |= _subtrees([clause])
        if clause.i > verb.i:  # "saying that A, and that B"
            content |= _subtrees(
                c for c in children(verb, "conj") if any(m.lower_ == "that" for m in children(c, "mark"))
            )
        if kind == "deny":  # what a denial takes for granted in a relative clause is not denied
            content -= _subtrees(t for t in clause.subtree if t.dep_ == "relcl")
    if not content and lemma(verb) in _DEEDS:  # "reported seeing him", "admitted killing him"
        content |= _subtrees(c for c in children(verb, "xcomp") if c.tag_ == "VBG")
    if not content and (kind in _INFINITIVE or (lemma(verb) == "tell" and not is_passive(verb))):
        content |= _subtrees(children(verb, "xcomp"))
        content |= _subtrees(c for p in children(verb, "prep") for c in children(p, "pcomp"))
    if kind == "accuse" or lemma(verb) in ("quote", "cite", "describe"):
        content |= _subtrees(p for p in verb.subtree if p.dep_ == "pcomp" and p.i > verb.i)
        if kind == "accuse":
            deeds = [n for n in verb.subtree if n.i > verb.i and n.dep_ == "pobj" and accusing(n) == verb]
            content |= _subtrees(deeds)
        if content and kind == "accuse":
            content |= _subtrees(children(verb, "dobj"))
    if not content and lemma(verb) in ("quote", "cite"):
        said = (c for o in children(verb, "dobj") for c in children(o, "relcl") if reporting_class(c) is not None)
        content |= _subtrees(said)
    if not content and is_passive(verb):
        content |= _subtrees(children(verb, "xcomp"))
    return content or _strayed(verb) or _host(verb)


def _strayed(verb: Token) -> set[int]:
    """The that-clause that the parse hung on a noun before it: "told reporters in an interview that ..."."""
    if verb.dep_ == "acl" and is_passive(verb):
        return set()  # "a diary found at the ford records that ..."
    nouns = [c for c in verb.rights if c.dep_ in _TOLD]
    nouns += [n for p in verb.rights if p.dep_ in ("prep", "agent") for n in children(p, "pobj")]
    for noun in nouns:  # grows: "in the presence of a lawyer that ..."
        nouns += [n for p in children(noun, "prep") for n in children(p, "pobj")]
    return _subtrees(
        clause
        for noun in nouns
        for clause in children(noun, "acl", "ccomp", "relcl")
        if any(m.lower_ == "that" for m in children(clause, "mark"))
        or (children(clause, "mark") and clause.dep_ != "relcl")
        or (lemma(verb) in ("tell", "inform") and _begins_with_that(clause))
    )


def _begins_with_that(clause: Token) -> bool:
    """A clause with a subject of its own behind "that", which the tagger took for a relative pronoun."""
    return clause.left_edge.lower_ == "that" and any(s.lower_ != "that" for s in children(clause, "nsubj", "nsubjpass"))


def _speaks_itself(clause: Token) -> bool:
    """ ", the hospital says four" behind "the government says that ..."."""
    marked = any(m.lower_ == "that" for m in children(clause, "mark"))
    return not marked and lemma(clause) in cues().verbs and bool(children(clause, "nsubj"))


def _has_object_behind(verb: Token) -> bool:
    behind = [c for c in children(verb, "dobj", "ccomp") if c.i > verb.i and c.lower_ != "it"]
    return bool(behind) and lemma(verb) not in ("tell", "inform")


def _host(verb: Token) -> set[int]:
    """ "..., the agency said, ...": the clause that the cue is put into or behind."""
    host = verb.head
    if verb.dep_ not in ("parataxis", "advcl", "ccomp", "conj") or host.pos_ not in ("VERB", "AUX", "NOUN"):
        return set()
    if _has_object_behind(verb):
        return set()
    if verb.dep_ == "conj":  # "ten people died, the office said"
        own = children(verb, "nsubj")
        joined = any(c.i > host.i for c in children(host, "cc"))
        if not own or joined or verb.doc[own[0].left_edge.i - 1].text != "," or own[0].i < host.i:
            return set()
        return {i for i in _subtrees([host]) - _subtrees([verb]) if i < own[0].left_edge.i}
    marks = children(verb, "mark", "advmod")
    if verb.dep_ == "advcl":
        as_clause = any(c.lower_ == "as" and c.i == verb.left_edge.i for c in marks)
        return _subtrees([host]) - _subtrees([verb]) if as_clause else set()
    if marks or (verb.dep_ == "ccomp" and verb.i < host.i) or reporting_class(host) is not None:
        return set()
    if not _is_set_off(verb):
        return set()
    return _subtrees([host]) - _subtrees([verb])


def _is_set_off(verb: Token) -> bool:
    """A mark stands before the cue's clause, or behind it where it comes first."""
    first, last = verb.left_edge.i, verb.right_edge.i
    near = [i for i in (first - 1, first, last + 1) if 0 <= i < len(verb.doc)]
    if verb.dep_ == "ccomp":
        near = near[:-1]
    return any(verb.doc[i].is_punct for i in near)


def _bare_content(verb: Token) -> set[int]:
    if lemma(verb) == "tell":  # "told reporters ..." without a clause says nothing, "told her of ..." does
        return _subtrees(n for p in children(verb, "prep") if p.lower_ in ("of", "about") for n in children(p, "pobj"))
    kept = ("dobj", "prep", "oprd", "attr", "acomp", "prt", "dative", "npadvmod")
    return _subtrees(c for c in verb.rights if c.dep_ in kept or (c.dep_ == "advcl" and c.pos_ == "ADJ"))


def _according_to(doc: Doc) -> list[Attribution]:
    return [
        _made(token, to.i + 1, who, "say", _clause_around(token))
        for token in doc
        if token.lower_ == "according"
        for to in children(token, "prep")
        for who in children(to, "pobj")
    ]


def _mistagged(doc: Doc) -> list[Attribution]:
    """ "The boat was sunk, the union maintains.": a verb that the tagger took for a plural noun."""
    found = []
    for word in doc:
        before = word.nbor(-1) if word.i else word
        if word.tag_ != "NNS" or word.lower_ not in _NO_NOUNS or before.head.i != word.i or before.dep_ != "compound":
            continue
        start, behind = word.left_edge.i, doc[word.i + 1 :]
        clauses = [c for c in children(word, "ccomp") if c.right_edge.i < before.i]
        content = _subtrees(clauses)
        if not content and word.dep_ == "appos" and doc[start - 1].text == "," and behind and behind[0].text == ",":
            content = {t.i for t in word.sent if not start <= t.i <= word.i + 1}
        if content:
            found.append(_made(word, word.i + 1, before, cues().verbs[_NO_NOUNS[word.lower_]], content))
    return found


def _apart(doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """ "Two nurses say that ..., according to the report": what stands beside a clause is not in it."""
    asides = [a for a in found if doc[a.cue].lower_ == "according"]
    out = []
    for a in found:
        for aside in asides:
            if a.cue != aside.cue and aside.cue in a.tokens and a.cue in aside.tokens:
                a = replace(a, tokens=a.tokens - _subtrees([doc[aside.cue]]))
        out.append(a)
    return out


def _in_words_of(doc: Doc) -> list[Attribution]:
    """ "in the words of the mayor", "by the army's account": at the level of the clause."""
    found = []
    for preposition in doc:
        if preposition.lower_ not in ("in", "by") or preposition.dep_ != "prep":
            continue
        for noun in children(preposition, "pobj"):
            who = noun_source(noun)
            if noun.lower_ in cues().telling and who is not None and preposition.head.pos_ in ("VERB", "AUX"):
                found.append(_made(noun, noun.i + 1, who, "say", _clause_around(preposition)))
    return found


def _clause_around(token: Token) -> set[int]:
    sentence = token.sent
    if token.right_edge.i >= sentence.end - 2 and token.i > sentence.start and token.nbor(-1).text in (",", "”", '"'):
        return {t.i for t in sentence} - _subtrees([token])  # behind the whole sentence
    host = token.head if token.head.i != token.i else None
    while host is not None and host.pos_ not in ("VERB", "AUX") and host.head.i != host.i:
        host = host.head
    return {t.i for t in (host.subtree if host is not None else token.sent)} - _subtrees([token])


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
            found.append(_made(noun, noun.i + 1, _issuer(noun), kind, _subtrees(clauses)))
    return found


def _is_that_clause(clause: Token) -> bool:
    """A full clause behind "that"; the tagger often takes the word for a relative pronoun."""
    if any(m.lower_ == "that" for m in children(clause, "mark")):
        return True
    objects = children(clause, "dobj")
    return bool(children(clause, "nsubj")) and len(objects) > 1 and objects[0].lower_ == "that"


def _tells(noun: Token) -> bool:
    """ "told parliament in a statement that ...": the verb reports, not the noun."""
    up = noun.head
    if up.dep_ in ("prep", "agent") or up.pos_ == "ADP":
        up = up.head
    return lemma(up) in ("tell", "say", "inform", "write", "announce", "assure") and not children(up, "ccomp")


def noun_source(noun: Token) -> Token | None:
    """Whose word a noun is: "X's claim", "the claim of X", "a report by X"."""
    for poss in children(noun, "poss"):
        return poss
    for preposition in children(noun, "prep"):
        if preposition.lower_ in ("of", "by", "from"):
            for who in children(preposition, "pobj"):
                return who
    for made in children(noun, "acl"):
        if made.tag_ == "VBN":
            return next((n for p in children(made, "agent") for n in children(p, "pobj")), None)
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
            found.append(_made(adjective, adjective.i + 1, antecedent(who), kind, _subtrees(clauses)))
    return found
