"""Who is quoted as saying what: the attributions of a document's blocks.

Rules over the dependency parse, in the line of PolNeAR's source-cue-content scheme (Newell et al. 2018):
reporting verbs with a clause or a quotation, "according to", nominal cues, headlines with a colon, and
quotations that go on over sentences and paragraphs.  Chains come from nesting: an attribution whose cue lies
inside the content of another is the inner one.

Method: docs/method/attribution.md.
"""

from collections.abc import Sequence
from dataclasses import replace

from muster.extract.attribution import Attribution
from muster.extract.final_cues import final_cues
from muster.extract.gapping import gaps
from muster.extract.interposed import interposed
from muster.extract.parse import Doc, Token, children, heads_people, lemma
from muster.extract.quotations import Quotation, follows_on, inverted, is_all_quoted, quotations, sentences_around
from muster.extract.reporting import cue_end, reporting_class, reports, speaker
from muster.extract.tolls import label_end
from muster.extract.vocabulary import cues, nouns

_OBSERVED = {"count", "find", "see", "record", "document", "list", "establish"}
_WHOLE = ("dobj", "oprd", "ccomp", "xcomp", "attr", "acomp", "pcomp", "prep")
_NAMING = {"call", "describe", "name", "dub", "brand", "label", "term"}
_WRITTEN = {
    "study",
    "report",
    "source",
    "poll",
    "survey",
    "letter",
    "statement",
    "document",
    "record",
    "testimony",
    "data",
}


def document_attributions(docs: Sequence[Doc], headings: Sequence[bool]) -> list[list[Attribution]]:
    """The attributions of each block; quotations that go on over blocks keep their speaker."""
    out: list[list[Attribution]] = []
    for doc, heading in zip(docs, headings, strict=True):
        found = attributions(doc, headline=heading)
        if out and not heading:
            found = _carried(docs[len(out) - 1], out[-1], doc, found)
        out.append(found)
    return out


def attributions(doc: Doc, *, headline: bool = False) -> list[Attribution]:
    """All attributions of a block, the widest content first."""
    quotes = quotations(doc)
    found = reports(doc)
    found = interposed(doc, [*found, *final_cues(doc, found)])
    found = [*(_within_quotes(doc, a, quotes) for a in found), *_quoted(doc, quotes, found)]
    found += _headline(doc) if headline else _turn(doc) or _tally(doc)
    gapped = _gapped(doc)
    of_others = {(g.cue, t) for g in gapped for t in g.tokens}
    found = [replace(a, tokens=frozenset(t for t in a.tokens if (a.cue, t) not in of_others)) for a in _merged(found)]
    found += gapped
    cited = _cited(doc, found)
    found = [a for a in found if a.cue not in {c.cue for c in cited}]
    found = sorted([*found, *cited], key=lambda a: (-a.size, a.cited, a.cue))
    return [a for a in found if not (lemma(doc[a.cue]) in _OBSERVED and any(a.cue in b.tokens for b in found))]


def _carried(ended: Doc, before: list[Attribution], doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """The block's attributions, with its opening quotation given to whom the block before lets speak."""
    last = next((t.text for t in reversed(ended) if not t.is_space), "")
    quotes = quotations(doc, least_tokens=3)
    opens = bool(quotes) and quotes[0].start == 0
    if last == ":" and not any(a.speaker is not None and a.cue == 0 for a in found):
        speaking = [a for a in [*before, *_announcing(ended)] if a.speaker is not None and a.kind == "say"][-1:]
        tokens = set(range(len(doc))) if not opens else {i for q in quotes for i in range(q.start, q.end)}
    elif opens and not any(quotes[0].start in a.tokens for a in found):
        open_quote = quotations(ended)[-1:]
        runs_on = bool(open_quote) and not open_quote[0].closed and open_quote[0].end >= len(ended) - 1
        if not runs_on and not is_all_quoted(doc, quotes):
            return found
        speaking = sorted((a for a in before if a.speaker is not None and a.quoted), key=lambda a: max(a.tokens))[-1:]
        tokens = {i for q in quotes for i in range(q.start, q.end)}
    else:
        return found
    return [*(replace(a, tokens=frozenset(tokens), quoted=True, back=a.back + 1) for a in speaking), *found]


def _gapped(doc: Doc) -> list[Attribution]:
    """ "The residents say eleven, and the hospital six": the hospital says so, too."""
    return [
        Attribution(
            cue=gap.cue, cue_end=gap.cue + 1, speaker=gap.speaker, kind=reporting_class(doc[gap.cue]) or "say",
            tokens=frozenset({gap.number}),
        )
        for gap in gaps(doc)
    ]  # fmt: skip


def _announcing(doc: Doc) -> list[Attribution]:
    """ "She wrote:" at the end of a block: the cue of what the next one holds."""
    for verb in reversed(list(doc[:-1].sent if len(doc) > 1 else doc)):
        if reporting_class(verb) == "say":
            who = speaker(verb)
            if who is not None:
                return [
                    Attribution(
                        cue=verb.i, cue_end=verb.i + 1, speaker=who.i, kind="say", tokens=frozenset({verb.i + 1})
                    )
                ]
    return []


def _within_quotes(doc: Doc, a: Attribution, quotes: list[Quotation]) -> Attribution:
    """What is said in quotation marks ends with them: "..." , he said when the judge asked.

    Only where the clause's own head is quoted; words that join the quotation without a comma stay.
    """
    cue = doc[a.cue]
    heads = [c for c in children(cue, "ccomp") if c.i in a.tokens]
    own = [q for q in quotes if any(q.start <= h.i < q.end for h in heads)]
    if not own or any(q.start <= a.cue < q.end for q in own):
        return a
    kept = {i for q in quotes if q.start in a.tokens or q.end - 2 in a.tokens for i in range(q.start, q.end)}
    for step in (-1, 1):
        at = (min(q.start for q in own) if step < 0 else max(q.end for q in own) - 1) + step
        while at in a.tokens and not doc[at].is_punct:
            kept.add(at)
            at += step
    return replace(a, tokens=frozenset(kept))


def _quoted(doc: Doc, quotes: list[Quotation], known: list[Attribution]) -> list[Attribution]:
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
        same = next((a for a in known if a.cue == verb), None)
        kind = same.kind if same is not None else "say"
        last = Attribution(
            cue=verb,
            cue_end=cue_end(doc[verb]),
            speaker=who if who is not None else (same.speaker if same else None),
            kind="say" if kind in ("demand", "order", "plan") else kind,
            tokens=frozenset({*range(quote.start, quote.end), *_phrase_around(doc[verb], quote)}),
            quoted=True,
        )
        found.append(last)
    return found


def _cited(doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """ "Citing a nurse, the agency said ...": the nurse says it too, within what the agency says."""
    out = []
    for verb in doc:
        if verb.lower_ not in ("citing", "quoting") or children(verb, "pcomp", "ccomp"):
            continue
        cited = children(verb, "dobj")
        governor = verb.head if verb.head.pos_ == "VERB" else verb.head.head
        outer = next((a for a in found if a.cue == governor.i), None)
        if cited and outer is not None and cited[0].i not in outer.tokens and _can_be_cited(cited[0]):
            inner = replace(outer, cue=verb.i, cue_end=verb.i + 1, speaker=cited[0].i, kind="say", cited=True)
            out.append(inner)
    return out


def _can_be_cited(noun: Token) -> bool:
    return heads_people(noun) or lemma(noun) in _WRITTEN


def _phrase_around(verb: Token, quote: Quotation) -> set[int]:
    """The object or complement of the cue of which the quotation is a part ("stressed the need to 'act'")."""
    for child in verb.rights:
        inside = child.left_edge.i < quote.start and child.right_edge.i + 1 >= quote.end - 1
        if child.dep_ in _WHOLE and inside and lemma(verb) != "tell":
            beside = [o for o in children(verb, "dobj") if o.i < child.i and child.dep_ != "ccomp"]
            return {t.i for head in [child, *beside] for t in head.subtree}
    return set()


def _quote_cue(doc: Doc, quote: Quotation) -> tuple[int, int | None] | None:
    """The reporting verb nearest to a quotation, in the sentences it touches, with its subject outside it."""
    start, stop = sentences_around(doc, quote)
    best: tuple[int, int, int | None] | None = None
    for i in [*range(start, quote.start), *range(quote.end, stop)]:
        verb = doc[i]
        if reporting_class(verb) is None or (lemma(verb) in _NAMING and not _is_clause(doc, quote)):
            continue
        who = speaker(verb)
        if who is None:
            who = inverted(doc, i)
        if who is None or quote.start <= who.i < quote.end:
            continue
        distance = quote.start - i if i < quote.start else i - quote.end + (0 if i - quote.end <= 6 else 4)
        if best is None or distance < best[0]:
            best = (distance, i, who.i)
    return None if best is None else (best[1], best[2])


def _is_clause(doc: Doc, quote: Quotation) -> bool:
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[quote.start : quote.end])


def _headline(doc: Doc) -> list[Attribution]:
    """ "Cleric: my militia fired on the camp"."""
    colon = next((t.i for t in doc if t.text == ":" and 0 < t.i < len(doc) - 2), None)
    if colon is None or colon > 7:
        return []
    left = doc[:colon]
    if any(t.pos_ in ("VERB", "AUX") for t in left) or any(t.text in ",;-–" for t in left):
        return []
    head, words = left.root, nouns()
    base = lemma(head)
    if head.pos_ == "PROPN" or base in words["people"] | words["groups"] | words["titles"] | _WRITTEN:
        return [_after_colon(doc, colon, head)]
    return []


def _turn(doc: Doc) -> list[Attribution]:
    """ "WITNESS: They came at four.": a turn of a transcript."""
    colon = next((t.i for t in doc[:6] if t.text == ":"), None)
    if not colon or colon + 2 >= len(doc):
        return []
    left = doc[:colon]
    capitals = all((t.text.isupper() and len(t.text) > 1) or t.is_punct for t in left)
    if any(t.lower_ in cues().labels for t in left) or not any(t.pos_ in ("VERB", "AUX") for t in doc[colon:]):
        return []
    if capitals or all(t.ent_type_ == "PERSON" for t in left):
        return [_after_colon(doc, colon, left.root)]
    return []


def _tally(doc: Doc) -> list[Attribution]:
    """ "The clinic: 21 dead", "The ministry: seven.": a line that gives somebody's number."""
    colon = label_end(doc)
    if colon is None:
        return []
    one = _after_colon(doc, colon, doc[:colon].root)
    return [replace(one, tokens=frozenset(i for i in one.tokens if i < doc[colon + 1].sent.end))]


def _after_colon(doc: Doc, colon: int, who: Token) -> Attribution:
    content = frozenset(range(colon + 1, len(doc)))
    return Attribution(cue=colon, cue_end=colon + 1, speaker=who.i, kind="say", tokens=content)


def _merged(found: list[Attribution]) -> list[Attribution]:
    """One attribution for each cue: a verb's clause and its quotations are one content."""
    by_cue: dict[int, Attribution] = {}
    for a in found:
        known = by_cue.get(a.cue)
        if known is None:
            by_cue[a.cue] = a
            continue
        by_cue[a.cue] = replace(
            known,
            cue_end=max(a.cue_end, known.cue_end),
            speaker=known.speaker if known.speaker is not None else a.speaker,
            tokens=known.tokens | a.tokens,
            quoted=known.quoted or a.quoted,
        )
    return list(by_cue.values())
