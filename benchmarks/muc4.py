"""Muster on MUC-4, untrained: python benchmarks/muc4.py --muc FOLDER [--split test] [--errors].

FOLDER is a copy of github.com/xinyadu/grit_doc_event_entity (data/muc/processed and data/muc/raw_files/muc34.tar.gz).
Three scores, described in benchmarks/README.md: role fillers (CEAF-REE, strict, GRIT's five slots), how many
victims and targets, and how firmly a group is held responsible (both against the raw keys).
"""

import argparse
import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from muc4_slots import ON_PEOPLE, SLOTS, VIOLENCE, Text, fillers, normal, noun_phrase
from truecase import truecased

from muster.extract import load_extractor
from muster.languages.numbers import find_counts
from muster.records import Block, Extraction, LocalEntity, Reading, Statement, Words

#: What the raw keys call the confidence in a perpetrator organisation, and what Muster would have to say.
CONFIDENCE = {
    "REPORTED AS FACT": "asserted",
    "SUSPECTED OR ACCUSED": "alleged",
    "SUSPECTED OR ACCUSED BY AUTHORITIES": "alleged",
    "CLAIMED OR ADMITTED": "claimed",
    "POSSIBLE": "possible",
}
_PARTS = re.compile(r"(?:\A|\s{3,})(.*?)(?=\s{3,}|\Z)", re.S)
_MORE = re.compile(r"\b(?:more than|over|above|exceeding)\b", re.I)  # the keys have the numeral as it stands

# ---- reading the data ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One document with its fillers (slot to entities, each the strings that name it) and raw templates."""

    docid: str
    text: str
    slots: dict[str, list[set[str]]]
    templates: list[dict[str, list[str]]]


def load(folder: Path, split: str) -> list[Example]:
    """The documents of one split, in order."""
    keys = raw_keys(folder / "data/muc/raw_files/muc34.tar.gz")
    out = []
    for line in (folder / f"data/muc/processed/{split}.json").read_text().splitlines():
        row = json.loads(line)
        slots = {s: [{normal(m[0]) for m in entity} for entity in row["extracts"][s]] for s in SLOTS}
        out.append(Example(docid=row["docid"], text=row["doctext"], slots=slots, templates=keys.get(row["docid"], [])))
    return out


def raw_keys(archive: Path) -> dict[str, list[dict[str, list[str]]]]:
    """Document id to its templates; a template maps a slot's name to the lines of its fill."""
    found: dict[str, list[dict[str, list[str]]]] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            name = Path(member.name).name
            data = tar.extractfile(member) if name.startswith("key-") else None
            if data is not None:
                for template in _templates(data.read().decode("latin-1")):
                    found.setdefault(template["MESSAGE: ID"][0], []).append(template)
    return found


def _templates(text: str) -> Iterator[dict[str, list[str]]]:
    template: dict[str, list[str]] = {}
    slot = ""
    for line in text.splitlines():
        start = re.match(r"(\d+)\.\s+(\S.*?)\s{2,}(.*)", line)
        if start is not None:
            if start[1] == "0" and template:
                yield template
                template = {}
            slot = start[2]
            template[slot] = [start[3].strip()]
        elif line.strip() and slot and not line.startswith(";"):
            template[slot].append(line.strip())
    if template:
        yield template


def reading(docid: str, text: str) -> Reading:
    """A document as Muster reads one: paragraphs are parted by three spaces or more."""
    blocks = [
        Block(kind="paragraph", start=m.start(1), end=m.end(1)) for m in _PARTS.finditer(text) if m.end(1) > m.start(1)
    ]
    return Reading(
        document_id=docid, text=text, title=None, author=None, outlet=None, published_on=None, language="en",
        blocks=tuple(blocks), reader="muc/1",
    )  # fmt: skip


# ---- scores -------------------------------------------------------------------------------------------------


def ceaf(gold: list[set[str]], predicted: list[set[str]]) -> int:
    """How many predicted entities can be matched one to one with gold ones whose strings they only use."""
    fits = [[g for g, strings in enumerate(gold) if p <= strings] for p in predicted]
    taken: dict[int, int] = {}

    def place(p: int, seen: set[int]) -> bool:
        for g in fits[p]:
            if g not in seen:
                seen.add(g)
                if g not in taken or place(taken[g], seen):
                    taken[g] = p
                    return True
        return False

    return sum(place(p, set()) for p in range(len(predicted)))


def prf(hit: int, predicted: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1, in per cent."""
    p, r = hit / max(predicted, 1), hit / max(gold, 1)
    return 100 * p, 100 * r, 100 * 2 * p * r / max(p + r, 1e-9)


def numbers(template: dict[str, list[str]]) -> Iterator[tuple[frozenset[str], frozenset[int]]]:
    """The victims and targets of a template: the strings that name them, and the numbers that the key allows."""
    for slot in ("HUM TGT: NUMBER", "PHYS TGT: NUMBER"):
        for line in template.get(slot, ()):
            value, _, names = line.partition(":")
            allowed = frozenset(int(n) for n in re.findall(r"\d+", value))
            strings = frozenset(normal(n) for n in re.findall(r'"((?:[^"\\]|\\.)*)"', names))
            if allowed and strings and "PLURAL" not in value:
                yield strings, allowed


def counted(strings: Iterable[str], text: Text) -> int | None:
    """The number that Muster gives most often for what one of the strings names; -1: it has it without a number."""
    given: Counter[int] = Counter()
    seen = False
    for s in text.statements:
        if s.act not in ON_PEOPLE | VIOLENCE | {"detain", "release"} or s.target is None:
            continue
        for words, number in _numbered(s, text):
            if any(set(n.split()) <= set(normal(words).split()) for n in strings):
                seen = True
                given[number] += number > 0
    if not seen:
        return None
    return max(given, key=lambda n: given[n]) if any(given.values()) else -1


def _numbered(s: Statement, text: Text) -> Iterator[tuple[str, int]]:
    """Whom and what a statement's act befell, each with its number; 0: none is told."""
    assert s.target is not None
    heads = text.heads(s.target)
    for head in heads:
        own = _own_number(head)
        if own is None and s.count is not None and s.count.of != "weapons" and (len(heads) == 1 or own == s.count.low):
            own = s.count.low - (s.count.high is None and _MORE.search(s.count.words) is not None)
        if own is None:
            own = 1 if head.tag_ in ("NN", "NNP") else 0
        yield (
            f"{noun_phrase(head, own=True)} {noun_phrase(head, own=False)} {s.target.words if len(heads) == 1 else ''}",
            own,
        )
    for person in text.people(s):
        yield person, 1


def _own_number(head: Any) -> int | None:
    """The number right before a noun: the 17 of "two soldiers and 17 guerrillas"."""
    numbers = [c for c in head.lefts if c.dep_ == "nummod"]
    found = find_counts(numbers[0].text, "en") if numbers else ()
    return found[0].low if found else None


def responsibility(template: dict[str, list[str]]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The organisations of a template, with the confidences that the key allows, as Muster would say them."""
    for line in template.get("PERP: ORGANIZATION CONFIDENCE", ()):
        value, _, names = line.partition(":")
        if not names:
            continue
        levels = frozenset(CONFIDENCE[v.strip(" ?")] for v in value.split("/") if v.strip(" ?") in CONFIDENCE)
        strings = frozenset(normal(n) for n in re.findall(r'"((?:[^"\\]|\\.)*)"', names))
        if levels and strings:
            yield strings, levels


def held(strings: Iterable[str], extraction: Extraction) -> str | None:
    """How firmly Muster's statements hold a group responsible, the most specific first; None: not at all."""
    entities = {e.id: e for e in extraction.entities}
    wanted = set(strings)
    levels: Counter[str] = Counter()
    for s in extraction.statements:
        if s.polarity == "affirmed" and s.act == "claim_responsibility" and _names(s.actor, wanted, entities):
            return "claimed"
        if s.act == "accuse" and _names(s.target, wanted, entities):
            levels["alleged"] += 1
        if s.act in VIOLENCE and _names(s.actor, wanted, entities) and s.polarity == "affirmed":
            levels[{"alleged": "alleged", "possible": "possible"}.get(s.modality, "asserted")] += 1
    return max(sorted(levels), key=lambda v: levels[v]) if levels else None


def _names(words: Words | None, wanted: set[str], entities: dict[str, LocalEntity]) -> bool:
    if words is None:
        return False
    entity = entities.get(words.entity or "")
    forms = {normal(f) for f in (words.words, words.name, *(entity.forms if entity else ()))}
    return any(w == f or f" {w} " in f" {f} " for w in wanted for f in forms)


# ---- the whole run ------------------------------------------------------------------------------------------


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--muc", type=Path, required=True)
    parser.add_argument("--split", default="test", choices=("train", "dev", "test"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--errors", action="store_true", help="print what was predicted beside the key")
    args = parser.parse_args()
    examples = load(args.muc, args.split)[: args.limit]
    extractor = load_extractor()
    cased = truecased([e.text for e in examples])
    readings = [reading(e.docid, t) for e, t in zip(examples, cased, strict=True)]
    found = [extractor.extract(r) for r in readings]
    texts = [Text(r, x) for r, x in zip(readings, found, strict=True)]
    print_fillers(examples, texts, errors=args.errors)
    print_counts(examples, texts, errors=args.errors)
    print_responsibility(examples, found)


def print_fillers(examples: list[Example], texts: list[Text], *, errors: bool) -> None:
    """CEAF-REE, strict: per slot and over all."""
    totals = {s: [0, 0, 0] for s in SLOTS}
    for example, text in zip(examples, texts, strict=True):
        predicted = fillers(text).slots
        for s in SLOTS:
            hit = ceaf(example.slots[s], predicted[s])
            for i, n in enumerate((hit, len(predicted[s]), len(example.slots[s]))):
                totals[s][i] += n
            if errors and (predicted[s] or example.slots[s]):
                print(example.docid, s, hit, "PRED", predicted[s], "GOLD", example.slots[s])
    print("role fillers (CEAF-REE strict)      P     R     F1    hit  predicted  gold")
    for s, t in [*totals.items(), ("all", [sum(t[i] for t in totals.values()) for i in range(3)])]:
        print(f"  {s:<30}{prf(*t)[0]:6.1f}{prf(*t)[1]:6.1f}{prf(*t)[2]:6.1f}{t[0]:7}{t[1]:7}{t[2]:7}")


def print_counts(examples: list[Example], texts: list[Text], *, errors: bool) -> None:
    """Exact numbers of victims and targets, where the key has one."""
    tally: dict[str, Counter[str]] = {"one": Counter(), "more": Counter()}
    for example, text in zip(examples, texts, strict=True):
        for strings, allowed in sorted({n for t in example.templates for n in numbers(t)}, key=str):
            got = counted(strings, text)
            kind = "one" if allowed == {1} else "more"
            named = "right" if got in allowed else "wrong"
            outcome = "not found" if got is None else "no number" if got == -1 else named
            tally[kind][outcome] += 1
            if errors and outcome == "wrong":
                print("COUNT", example.docid, sorted(strings), sorted(allowed), got)
    print("numbers of victims and targets    right  wrong  no number  not found   exact, of those found")
    tally["all"] = tally["one"] + tally["more"]
    for kind, c in tally.items():
        seen = c["right"] + c["wrong"] + c["no number"]
        row = f"{c['right']:9}{c['wrong']:7}{c['no number']:11}{c['not found']:11}"
        print(f"  {kind:<28}{row}{c['right'] / max(seen, 1):12.3f}")


def print_responsibility(examples: list[Example], found: list[Extraction]) -> None:
    """Confidence of the raw keys against what Muster holds."""
    table: Counter[tuple[str, str]] = Counter()
    right = seen = total = 0
    for example, extraction in zip(examples, found, strict=True):
        pairs = {r for t in example.templates for r in responsibility(t)}
        for strings, levels in sorted(pairs, key=str):
            got = held(strings, extraction)
            total += 1
            table[min(levels), got or "not held"] += 1
            seen += got is not None
            right += got in levels
    levels_all = sorted({k for k, _ in table})
    print("responsibility: rows are the key, columns Muster")
    columns = ("asserted", "alleged", "claimed", "possible", "not held")
    print("  " + " " * 12 + "".join(f"{c:>11}" for c in columns))
    for level in levels_all:
        print(f"  {level:<12}" + "".join(f"{table[level, c]:11}" for c in columns))
    print(f"  right {right} of {seen} that Muster holds ({right / max(seen, 1):.3f}); {total} in the keys")


if __name__ == "__main__":
    main()
