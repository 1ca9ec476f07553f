"""Attributions that the parse shows: reporting verbs, prepositions, nouns and adjectives with what they report."""

from dataclasses import replace

from muster.extract.attribution import Attribution
from muster.extract.doers import accusing
from muster.extract.parse import Doc, Token, ancestors, children, is_passive, lemma, subject
from muster.extract.phrase_cues import according_to, issuer, made, phrase_cues, subtrees
from muster.extract.vocabulary import acts, cues, nouns

_FIGURES = {"figure", "toll", "number", "count", "estimate", "tally"}
_REVISING = {"give", "double", "lower", "revise", "cut", "correct", "update"}
_COUNTED = {"see", "find", "count", "document", "establish"}
_RAISED = {*_FIGURES, "case", "concern", "allegation", "issue", "question"}
_ASIDE = {"though", "although", "while", "whereas"}
_BARE_OBJECT = {
    "put", "count", "speak", "give", "report", "confirm", "cite", "estimate", "say", "deplore", "list", "record",
    "acknowledge", "admit", "announce", "deny", "claim", "allege", "back", "describe", "mention", "reject", "tell",
    "dispute", "dismiss", "raise", "hint", "lament", "note", "attribute", "ascribe", "talk", *_REVISING,
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
    found = _apart(doc, [*found, *according_to(doc)])
    return [*found, *_mistagged(doc), *phrase_cues(doc)]


def reporting_class(verb: Token) -> str | None:
    """The cue class of a reporting verb."""
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    base = lemma(verb)
    if base in _REVISING:
        return "say" if any(lemma(o) in _FIGURES for o in children(verb, "dobj")) else None
    if base == "hold":
        return "accuse" if any(accusing(n) == verb for n in verb.subtree if n.dep_ == "pobj") else None
    if base == "raise":
        return "say" if any(lemma(o) in _RAISED for o in children(verb, "dobj")) else None
    return cues().verbs.get(lemma(verb))


def speaker(verb: Token) -> Token | None:
    """Who says what a reporting verb reports; the antecedent for a relative pronoun."""
    if is_passive(verb) and verb.dep_ != "pcomp":
        by = [n for p in children(verb, "agent", "prep") if p.lower_ == "by" for n in children(p, "pobj")]
        return by[0] if by else None
    who = subject(verb)
    named = [n for n in children(verb, "nsubj") if n.i < verb.i]
    if len(named) == 2 and named[0].pos_ == "PROPN" and _is_described(named[0], named[1]):
        who = named[0]  # "G4, the company which guards it, said"
    if who is None and verb.dep_ in ("advcl", "acl", "parataxis", "ccomp"):
        cue = next((up for up in ancestors(verb) if reporting_class(up) is not None), None)
        who = subject(cue) if cue is not None else None
    if who is not None and verb.dep_ == "acl" and who.i == verb.head.i and lemma(who) in cues().nouns:
        who = issuer(who) or who
    return who if who is None or _can_speak(who) else None


def _is_described(name: Token, noun: Token) -> bool:
    """Whether a noun behind a comma says who a name is, and not who speaks of it."""
    after = name.nbor(1).text == "," if name.i + 1 < len(name.doc) else False
    return after and any(t.lower_ in ("the", "a", "an", "its", "their") for t in noun.lefts)


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


def _can_speak(noun: Token) -> bool:
    if any(c.tag_ == "WP$" for c in noun.lefts):
        return False  # "whose hardened faces say ..."
    return noun.tag_ != "EX" and noun.ent_type_ not in ("DATE", "TIME", "MONEY", "PERCENT")


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
        if (
            first.tag_ == "VBN"
            and reporting_class(verb) is not None
            and any(c.left_edge.lower_ == "that" for c in children(verb, "ccomp"))
        ):
            return any(a.lower_ == "had" for a in children(first, "aux"))  # "that A had come, but insisted that B"
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
        return [made(verb, cue_end(verb), who, kind, content)]
    content = _content(verb, kind)
    if not content and who is not None and (lemma(verb) in _BARE_OBJECT or _counts(verb, who)):
        content = without_asides(verb.doc, _bare_content(verb))
    for other, cue in outside.items():
        if cue.i == verb.i:
            content -= {t.i for t in verb.doc[other].subtree}
    content -= {verb.i}
    if who is not None:
        own = {t.i for t in who.subtree} - subtrees(c for c in children(who, "acl", "relcl", "ccomp"))
        content -= own if verb.i not in own else {who.i}
    if not content or (who is None and (not is_passive(verb) or kind in _NEEDS_SPEAKER)):
        return []
    found = [made(verb, cue_end(verb), who, _softened(verb, kind), content), *_quoters(verb, who, content)]
    if lemma(verb) in ("learn", "hear"):  # "learned from a guard that ..."
        informers = [(p, n) for p in children(verb, "prep") if p.lower_ == "from" for n in children(p, "pobj")]
        found += [replace(made(p, p.i + 1, n, "say", content), cited=True) for p, n in informers]
    return found


def _quoters(verb: Token, who: Token | None, content: set[int]) -> list[Attribution]:
    """ "Witnesses quoted by a website said that ...": the website says that they say so."""
    quoting = [] if who is None else [a for a in children(who, "acl") if lemma(a) in ("quote", "cite") and a.i < verb.i]
    return [
        made(acl, acl.i + 1, by, "say", content | {verb.i})
        for acl in quoting
        for agent in children(acl, "agent", "prep")
        for by in children(agent, "pobj")
        if agent.lower_ in ("by", "in")
    ]


def _counts(verb: Token, who: Token) -> bool:
    """ "saw at least 40 bodies", "found six rockets": what is seen in numbers is a report.

    "The team saw" is the writer's own: who investigates writes of himself so.
    """
    if lemma(who) in nouns()["groups"] and any(t.lower_ in ("the", "our") for t in who.lefts):
        return False
    seen = children(verb, "dobj") if lemma(verb) in _COUNTED else []
    return any(t.like_num for o in seen for t in (o, *children(o, "nummod")))


def _is_first(verb: Token, stop: int) -> bool:
    """Whether a verb is the first full one behind a comma."""
    return not any(t.pos_ == "VERB" for t in verb.doc[stop + 1 : verb.i])


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
        told_apart = clause.i < verb.i and any(t.text == ";" for t in verb.doc[clause.i : verb.i])
        if told_apart and (kind == "deny" or _speaks_itself(clause)):
            continue  # "they died, two of them say; the warden denies it"
        content |= subtrees([clause, *_listed(verb, clause)])
        if clause.i > verb.i:  # "saying that A, and that B"
            content |= subtrees(
                c for c in children(verb, "conj") if any(m.lower_ == "that" for m in children(c, "mark"))
            )
        if kind == "deny":  # what a denial takes for granted in a relative clause is not denied
            content -= subtrees(t for t in clause.subtree if t.dep_ == "relcl")
    if not content and lemma(verb) in _DEEDS:  # "reported seeing him", "admitted killing him"
        content |= subtrees(c for c in children(verb, "xcomp") if c.tag_ == "VBG")
    if not content and (kind in _INFINITIVE or (lemma(verb) == "tell" and not is_passive(verb))):
        content |= subtrees(children(verb, "xcomp"))
        content |= subtrees(c for p in children(verb, "prep") for c in children(p, "pcomp"))
    if (
        not content and kind == "demand"
    ):  # "asked for the centre to be cleared", "demanded the release of X, held since"
        content |= subtrees(c for c in children(verb, "advcl") if any(m.lower_ == "for" for m in children(c, "mark")))
        deeds = [o for o in children(verb, "dobj") if lemma(o) in acts().nouns]
        content |= subtrees(deeds) - subtrees(
            t for o in deeds for t in o.subtree if t.dep_ in ("relcl", "acl", "appos")
        )
    if kind == "accuse" or lemma(verb) in ("quote", "cite", "describe"):
        content |= subtrees(p for p in verb.subtree if p.dep_ == "pcomp" and p.i > verb.i)
        if kind == "accuse":
            deeds = [n for n in verb.subtree if n.i > verb.i and n.dep_ == "pobj" and accusing(n) == verb]
            content |= subtrees(deeds)
        if content and kind == "accuse":
            content |= subtrees(children(verb, "dobj"))
    if not content and lemma(verb) in ("quote", "cite"):
        said = (c for o in children(verb, "dobj") for c in children(o, "relcl") if reporting_class(c) is not None)
        content |= subtrees(said)
    if not content and is_passive(verb):
        content |= subtrees(children(verb, "xcomp"))
    return content or _strayed(verb) or _host(verb)


def _listed(verb: Token, clause: Token) -> list[Token]:
    """ "told us that soldiers came, took the men and shot them": a row that the parse hung on the cue.

    A comma alone between the first two shows that they are of one row.
    """
    marked = any(t.lower_ == "that" for t in clause.lefts)
    for more in children(verb, "conj"):
        alike = more.tag_ == clause.tag_ == "VBD" and not children(more, "nsubj", "aux", "mark")
        behind = more.i > clause.i and verb.doc[more.left_edge.i - 1].text == ","
        rowed = children(more, "conj") and children(more, "cc")
        if marked and alike and behind and rowed and reporting_class(more) is None and not children(clause, "conj"):
            return [more]
    return []


def _strayed(verb: Token) -> set[int]:
    """The that-clause that the parse hung on a noun before it: "told reporters in an interview that ..."."""
    if verb.dep_ == "acl" and is_passive(verb):
        return set()  # "a diary found at the ford records that ..."
    nouns = [c for c in verb.rights if c.dep_ in _TOLD]
    nouns += [n for p in verb.rights if p.dep_ in ("prep", "agent") for n in children(p, "pobj")]
    for noun in nouns:  # grows: "in the presence of a lawyer that ..."
        nouns += [n for p in children(noun, "prep") for n in children(p, "pobj")]
    astray = [c for p in children(verb, "prep") for c in children(p, "pcomp") if _begins_marked(c)]
    return subtrees(astray) | subtrees(
        clause
        for noun in nouns
        for clause in children(noun, "acl", "ccomp", "relcl")
        if any(m.lower_ == "that" for m in children(clause, "mark"))
        or (children(clause, "mark") and clause.dep_ != "relcl")
        or (lemma(verb) in ("tell", "inform") and _begins_with_that(clause))
    )


def _begins_marked(clause: Token) -> bool:
    return any(m.lower_ == "that" for m in children(clause, "mark"))


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
        return {i for i in subtrees([host]) - subtrees([verb]) if i < own[0].left_edge.i}
    marks = children(verb, "mark", "advmod")
    if verb.dep_ == "advcl":
        as_clause = any(c.lower_ == "as" and c.i == verb.left_edge.i for c in marks)
        return subtrees([host]) - subtrees([verb]) if as_clause else set()
    if marks or (verb.dep_ == "ccomp" and verb.i < host.i) or reporting_class(host) is not None:
        return set()
    if not _is_set_off(verb):
        return set()
    return subtrees([host]) - subtrees([verb])


def _is_set_off(verb: Token) -> bool:
    """A mark stands before the cue's clause, or behind it where it comes first."""
    first, last = verb.left_edge.i, verb.right_edge.i
    near = [i for i in (first - 1, first, last + 1) if 0 <= i < len(verb.doc)]
    if verb.dep_ == "ccomp":
        near = near[:-1]
    return any(verb.doc[i].is_punct for i in near)


def _bare_content(verb: Token) -> set[int]:
    if lemma(verb) == "tell":  # "told reporters ..." without a clause says nothing, "told her of ..." does
        return subtrees(n for p in children(verb, "prep") if p.lower_ in ("of", "about") for n in children(p, "pobj"))
    kept = ("dobj", "prep", "oprd", "attr", "acomp", "prt", "dative", "npadvmod")
    joined = [c for c in children(verb, "conj") if c.pos_ == "ADP"]  # "spoke of A, and of B"
    return subtrees([*joined, *(c for c in verb.rights if c.dep_ in kept or (c.dep_ == "advcl" and c.pos_ == "ADJ"))])


def _mistagged(doc: Doc) -> list[Attribution]:
    """ "The boat was sunk, the union maintains.": a verb that the tagger took for a plural noun."""
    found = []
    for word in doc:
        before = word.nbor(-1) if word.i else word
        numbers = _talks_of(word)
        if numbers and before.head.i == word.i and before.dep_ in ("compound", "poss", "nmod"):
            found.append(made(word, word.i + 1, before, "say", subtrees(numbers)))
        if word.tag_ != "NNS" or word.lower_ not in _NO_NOUNS or before.head.i != word.i or before.dep_ != "compound":
            continue
        start, behind = word.left_edge.i, doc[word.i + 1 :]
        clauses = [c for c in children(word, "ccomp") if c.right_edge.i < before.i]
        content = subtrees(clauses)
        if not content and word.dep_ == "appos" and doc[start - 1].text == "," and behind and behind[0].text == ",":
            content = {t.i for t in word.sent if not start <= t.i <= word.i + 1}
        if content:
            found.append(made(word, word.i + 1, before, cues().verbs[_NO_NOUNS[word.lower_]], content))
    return found


def _talks_of(word: Token) -> list[Token]:
    """ "The federation talks of four dead": a verb that the tagger took for a plural noun."""
    if word.lower_ not in ("talks", "speaks") or word.tag_ != "NNS" or word.dep_ != "ROOT":
        return []
    of = [p for p in children(word, "prep") if p.lower_ == "of" and p.i == word.i + 1]
    return [p for p in of if any(t.like_num for t in p.subtree)]


def _apart(doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """ "Two nurses say that ..., according to the report": what stands beside a clause is not in it."""
    asides = [a for a in found if doc[a.cue].lower_ == "according"]
    out = []
    for a in found:
        for aside in asides:
            if a.cue != aside.cue and aside.cue in a.tokens and a.cue in aside.tokens:
                a = replace(a, tokens=a.tokens - subtrees([doc[aside.cue]]))
        out.append(a)
    return out
