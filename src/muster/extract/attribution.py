"""Who is quoted as saying what: the attributions of one block of text.

Rules over the dependency parse, in the line of PolNeAR's source-cue-content scheme (Newell et al. 2018):
reporting verbs with a clause or a quotation, "according to", nominal cues, headlines with a colon, and
quotations that go on over sentences.  Chains come from nesting: an attribution whose cue lies inside the
content of another is the inner one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from muster.extract.parse import Doc, Token, ancestors, children, is_passive, lemma, subject
from muster.extract.quotations import (
    Quotation,
    follows_on,
    inverted,
    is_all_quoted,
    quotations,
    sentences_around,
)
from muster.extract.vocabulary import cues, nouns

_OBSERVED = {"count", "find", "see", "record", "document", "list", "establish"}
_BARE_OBJECT = {
    "put", "count", "speak", "give", "report", "confirm", "cite", "estimate", "say", "deplore", "list", "record",
    "acknowledge", "admit", "announce", "deny", "claim", "allege", "back", "describe", "mention", "reject", "tell",
    "dispute", "dismiss", "raise", "hint", "lament", "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One source, cue and content; all as token indices of the block.  speaker is a head token or None.

    kind is a cue class of cues_en.toml.  tokens are those of the content.  back: how many blocks before the
    content cue and speaker stand; 0 where they stand in the content's own block.
    """

    cue: int
    cue_end: int
    speaker: int | None
    kind: str
    tokens: frozenset[int]
    quoted: bool = False
    back: int = 0

    @property
    def size(self) -> int:
        """How many tokens the content has."""
        return len(self.tokens)


def document_attributions(docs: Sequence[Doc], headings: Sequence[bool]) -> list[list[Attribution]]:
    """The attributions of each block; quotations that go on over blocks keep their speaker."""
    out: list[list[Attribution]] = []
    for doc, heading in zip(docs, headings, strict=True):
        found = attributions(doc, headline=heading)
        if out and not heading:
            found = _carried(docs, out, doc, found)
        out.append(found)
    return out


def attributions(doc: Doc, *, headline: bool = False) -> list[Attribution]:
    """All attributions of a block, the widest content first."""
    quotes = quotations(doc)
    found = [*_verbal(doc), *_according_to(doc), *_nominal(doc)]
    found += _quoted(doc, quotes, found)
    found += _headline(doc) if headline else _turn(doc)
    found = sorted(_merged(found), key=lambda a: (-a.size, a.cue))
    return [a for a in found if not (lemma(doc[a.cue]) in _OBSERVED and any(a.cue in b.tokens for b in found))]


def _carried(
    docs: Sequence[Doc], before: list[list[Attribution]], doc: Doc, found: list[Attribution]
) -> list[Attribution]:
    """The block's attributions, with its opening quotation given to whom the blocks before let speak."""
    quotes = quotations(doc, least_tokens=3)
    if not quotes or quotes[0].start > 0 or any(quotes[0].start in a.tokens for a in found):
        return found
    last, ended = before[-1], docs[len(before) - 1]
    open_quote = quotations(ended)[-1:]
    runs_on = bool(open_quote) and not open_quote[0].closed and open_quote[0].end >= len(ended) - 1
    announced = next((t.text for t in reversed(ended) if not t.is_space), "") == ":"
    if not (runs_on or announced or is_all_quoted(doc, quotes)):
        return found
    speaking = [a for a in last if a.speaker is not None and (a.quoted or announced)]
    if not speaking and announced:
        speaking = _announcing(ended)
    if not speaking:
        return found
    a = max(speaking, key=lambda a: a.cue if announced else max(a.tokens))
    tokens = frozenset(i for q in quotes for i in range(q.start, q.end))
    return [replace(a, tokens=tokens, quoted=True, back=a.back + 1), *found]


def _announcing(doc: Doc) -> list[Attribution]:
    """ "She wrote:" at the end of a block: the cue of what the next one holds."""
    for verb in reversed(list(doc)):
        if verb.pos_ == "VERB" and cues().verbs.get(lemma(verb)) == "say":
            who = _speaker(verb)
            if who is not None:
                return [Attribution(cue=verb.i, cue_end=verb.i + 1, speaker=who.i, kind="say", tokens=frozenset())]
    return []


def chain(found: Iterable[Attribution], token: int) -> list[Attribution]:
    """The attributions that a token stands under, outermost first."""
    return [a for a in found if token in a.tokens and a.cue != token]


def _subtree(token: Token, without: Iterable[Token] = ()) -> set[int]:
    dropped = {t.i for w in without for t in w.subtree}
    return {t.i for t in token.subtree} - dropped


def _speaker(verb: Token) -> Token | None:
    if is_passive(verb):
        for by in children(verb, "agent", "prep"):
            if by.lower_ == "by":
                for noun in children(by, "pobj"):
                    return noun
        return None
    who = subject(verb)
    if who is None and verb.dep_ in ("advcl", "acl", "parataxis", "ccomp"):
        for up in ancestors(verb):
            if up.pos_ in ("VERB", "AUX") and lemma(up) in cues().verbs:
                return subject(up)
    return who if who is None or _can_speak(who) else None


def _can_speak(noun: Token) -> bool:
    return noun.tag_ != "EX" and noun.ent_type_ not in ("DATE", "TIME", "MONEY", "PERCENT")


def _kind(verb: Token) -> str | None:
    kind = cues().verbs.get(lemma(verb))
    if kind is None or verb.pos_ not in ("VERB", "AUX", "NOUN") or verb.pos_ == "NOUN":
        return None
    return kind


def _verbal(doc: Doc) -> list[Attribution]:
    found: list[Attribution] = []
    for verb in doc:
        kind = _kind(verb)
        if kind is None:
            continue
        who = _speaker(verb)
        content = _clausal_content(verb, kind)
        if not content and lemma(verb) in _BARE_OBJECT and who is not None:
            content = _bare_content(verb)
        content -= {verb.i}
        if who is not None:
            own = {t.i for t in who.subtree}
            content -= own if verb.i not in own else {who.i}
        if not content or (who is None and not is_passive(verb)):
            continue
        if who is None and kind in ("demand", "order", "plan", "offer", "accuse", "threaten", "doubt"):
            continue
        found.append(
            Attribution(
                cue=verb.i,
                cue_end=_cue_end(verb),
                speaker=None if who is None else who.i,
                kind=_softened(verb, kind),
                tokens=frozenset(content),
            )
        )
    return found


def _softened(verb: Token, kind: str) -> str:
    """ "is said to have" reports without a speaker: that is a hedge."""
    if kind == "say" and is_passive(verb) and not children(verb, "agent") and children(verb, "xcomp"):
        return "allege"
    return kind


def _cue_end(verb: Token) -> int:
    particles = [c.i for c in children(verb, "prt") if c.i == verb.i + 1]
    last: int = particles[-1] if particles else verb.i
    return last + 1


def _clausal_content(verb: Token, kind: str) -> set[int]:
    content: set[int] = set()
    for clause in children(verb, "ccomp"):
        if clause.i < verb.i and _has_object_behind(verb):
            continue  # "the government says that ..., the hospital says four"
        # what a denial takes for granted in a relative clause is not denied
        content |= _subtree(clause, [t for t in clause.subtree if t.dep_ == "relcl"] if kind == "deny" else ())
    if not content and kind in ("accuse", "deny", "demand", "order", "threaten", "plan", "offer", "allege", "doubt"):
        for clause in children(verb, "xcomp"):
            content |= _subtree(clause)
        for preposition in children(verb, "prep"):
            for clause in children(preposition, "pcomp"):
                content |= _subtree(clause)
    if kind == "accuse" or lemma(verb) in ("quote", "cite", "describe"):
        content |= {t.i for p in verb.subtree if p.dep_ == "pcomp" and p.i > verb.i for t in p.subtree}
    if not content and is_passive(verb):
        for clause in children(verb, "xcomp"):
            content |= _subtree(clause)
    if not content:
        for noun in children(verb, "dobj", "pobj", "npadvmod", "dative"):
            # the parse often hangs the that-clause on the noun before it: "told X in an interview that ..."
            for clause in children(noun, "acl", "ccomp", "relcl"):
                if children(clause, "mark") or any(c.lower_ == "that" for c in children(clause, "mark", "nsubj")):
                    content |= _subtree(clause)
    if not content and verb.dep_ in ("parataxis", "advcl", "ccomp") and verb.head.pos_ in ("VERB", "AUX", "NOUN"):
        content = _host_content(verb)
    return content


def _has_object_behind(verb: Token) -> bool:
    return any(c.i > verb.i for c in children(verb, "dobj", "ccomp")) and lemma(verb) != "tell"


def _host_content(verb: Token) -> set[int]:
    """ "..., the agency said, ...": the clause that the cue is put into or behind."""
    host = verb.head
    if _has_object_behind(verb):
        return set()
    if verb.dep_ == "advcl" and children(verb, "mark", "advmod"):
        if not any(c.lower_ == "as" for c in children(verb, "mark")):
            return set()
        return _subtree(host, [verb])
    if verb.dep_ == "parataxis" or (verb.dep_ == "ccomp" and not children(verb, "mark") and verb.i > host.i):
        if lemma(host) in cues().verbs:
            return set()
        return _subtree(host, [verb])
    return set()


def _bare_content(verb: Token) -> set[int]:
    content: set[int] = set()
    for child in verb.children:
        if child.i > verb.i and child.dep_ in ("dobj", "prep", "oprd", "attr", "acomp", "prt", "dative", "npadvmod"):
            content |= _subtree(child)
    if lemma(verb) == "tell":  # "told reporters ..." without a clause says nothing
        return set()
    return content


def _according_to(doc: Doc) -> list[Attribution]:
    found = []
    for token in doc:
        if token.lower_ != "according":
            continue
        for to in children(token, "prep"):
            for who in children(to, "pobj"):
                own = {t.i for t in token.subtree}
                host = token.head if token.head.i != token.i else None
                while host is not None and host.pos_ not in ("VERB", "AUX") and host.head.i != host.i:
                    host = host.head
                rest = {t.i for t in (host.subtree if host is not None else token.sent)} - own
                found.append(
                    Attribution(cue=token.i, cue_end=to.i + 1, speaker=who.i, kind="say", tokens=frozenset(rest))
                )
    return found


def _nominal(doc: Doc) -> list[Attribution]:
    found = []
    words = cues()
    for noun in doc:
        if noun.pos_ != "NOUN" or lemma(noun) not in words.nouns:
            continue
        clauses = [
            c for c in children(noun, "acl", "ccomp", "relcl") if any(m.lower_ == "that" for m in children(c, "mark"))
        ]
        if not clauses:
            continue
        base = lemma(noun)
        kind = "deny" if base in words.denied_nouns else "allege" if base in words.alleged_nouns else "say"
        who = _noun_source(noun)
        content = {i for c in clauses for i in _subtree(c)}
        found.append(
            Attribution(
                cue=noun.i,
                cue_end=noun.i + 1,
                speaker=None if who is None else who.i,
                kind=kind,
                tokens=frozenset(content),
            )
        )
    return found


def _noun_source(noun: Token) -> Token | None:
    for poss in children(noun, "poss"):
        return poss
    for preposition in children(noun, "prep"):
        if preposition.lower_ in ("of", "by", "from"):
            for who in children(preposition, "pobj"):
                return who
    return None


def _quoted(doc: Doc, quotes: list[Quotation], verbal: list[Attribution]) -> list[Attribution]:
    found: list[Attribution] = []
    last: Attribution | None = None
    for quote in quotes:
        cue = _quote_cue(doc, quote)
        if cue is None and last is not None and follows_on(doc, last.cue, max(last.tokens), quote):
            cue = (last.cue, last.speaker)
        if cue is None:
            last = None
            continue
        verb, who = cue
        same = next((a for a in verbal if a.cue == verb), None)
        kind = same.kind if same is not None else "say"
        last = Attribution(
            cue=verb,
            cue_end=_cue_end(doc[verb]),
            speaker=who if who is not None else (same.speaker if same else None),
            kind="say" if kind in ("demand", "order", "plan") else kind,
            tokens=frozenset({*range(quote.start, quote.end), *_phrase_around(doc[verb], quote)}),
            quoted=True,
        )
        found.append(last)
    return found


def _phrase_around(verb: Token, quote: Quotation) -> set[int]:
    """The object or complement of the cue of which the quotation is a part ("stressed the need to 'act'")."""
    for child in verb.rights:
        if child.dep_ in ("dobj", "oprd", "ccomp", "xcomp", "attr", "acomp", "pcomp", "prep") and (
            child.left_edge.i < quote.start and child.right_edge.i + 1 >= quote.end - 1
        ):
            whole = _subtree(child)
            beside = (_subtree(o) for o in children(verb, "dobj") if o.i < child.i and child.dep_ != "ccomp")
            return whole.union(*beside) if lemma(verb) != "tell" else whole
    return set()


def _quote_cue(doc: Doc, quote: Quotation) -> tuple[int, int | None] | None:
    """The reporting verb nearest to a quotation, in the sentences it touches, with its subject outside it."""
    start, stop = sentences_around(doc, quote)
    best: tuple[int, int, int | None] | None = None
    for i in [*range(start, quote.start), *range(quote.end, stop)]:
        verb = doc[i]
        if verb.pos_ not in ("VERB", "AUX") or cues().verbs.get(lemma(verb)) is None:
            continue
        who = _speaker(verb)
        if who is None:
            who = inverted(doc, i)
        if who is None or quote.start <= who.i < quote.end:
            continue
        distance = quote.start - i if i < quote.start else i - quote.end + (0 if i - quote.end <= 6 else 4)
        if best is None or distance < best[0]:
            best = (distance, i, who.i)
    return None if best is None else (best[1], best[2])


def _headline(doc: Doc) -> list[Attribution]:
    """ "Cleric: my militia fired on the camp" and "..., says watchdog"."""
    colon = next((t.i for t in doc if t.text == ":" and 0 < t.i < len(doc) - 2), None)
    if colon is None or colon > 7:
        return []
    left = doc[:colon]
    if any(t.pos_ in ("VERB", "AUX") for t in left) or any(t.text in ",;-–" for t in left):
        return []
    head = left.root
    words = nouns()
    names_speaker = (
        head.pos_ == "PROPN"
        or lemma(head) in words["people"]
        or lemma(head) in words["groups"]
        or lemma(head) in words["titles"]
    )
    names_speaker = names_speaker or lemma(head) in (
        "study",
        "report",
        "source",
        "poll",
        "survey",
        "letter",
        "statement",
    )
    if not names_speaker:
        return []
    content = frozenset(range(colon + 1, len(doc)))
    return [Attribution(cue=colon, cue_end=colon + 1, speaker=head.i, kind="say", tokens=content)]


def _turn(doc: Doc) -> list[Attribution]:
    """ "WITNESS: They came at four.": a turn of a transcript, or "— name" under a quotation."""
    colon = next((t.i for t in doc[:6] if t.text == ":"), None)
    if not colon or colon + 2 >= len(doc):
        return []
    left = doc[:colon]
    capitals = all((t.text.isupper() and len(t.text) > 1) or t.is_punct for t in left) and left[0].pos_ == "PROPN"
    if not capitals and not all(t.ent_type_ == "PERSON" for t in left):
        return []
    content = frozenset(range(colon + 1, len(doc)))
    return [Attribution(cue=colon, cue_end=colon + 1, speaker=left.root.i, kind="say", tokens=content)]


def _merged(found: list[Attribution]) -> list[Attribution]:
    """One attribution for each cue: a verb's clause and its quotations are one content."""
    by_cue: dict[int, Attribution] = {}
    for a in found:
        known = by_cue.get(a.cue)
        if known is None:
            by_cue[a.cue] = a
            continue
        by_cue[a.cue] = Attribution(
            cue=a.cue,
            cue_end=max(a.cue_end, known.cue_end),
            speaker=known.speaker if known.speaker is not None else a.speaker,
            kind=known.kind,
            tokens=known.tokens | a.tokens,
            quoted=known.quoted or a.quoted,
        )
    return list(by_cue.values())
