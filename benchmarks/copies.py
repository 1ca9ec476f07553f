"""Near-duplicate search, Muster beside datasketch: python benchmarks/copies.py [--documents N] [--peer PYTHON].

The texts are generated: sentences of made-up words drawn by Zipf's law, so that they share common words as
texts of one subject do.  A share of the documents are copies of another one: nearly whole (some words
changed), an excerpt of 60 words inside a text of its own of three times that length, or spliced from two.
Recall is the share of copies for which a tie to a text with the same words is found; precision the share of
ties that join texts which share words that were copied.  Both sides get the same texts in one run, and both start
from them: what is held side by side is shingling and searching together.  Search alone is signing, indexing and
asking; a case keeps the shingles of its documents, so that they are built once, and searches again with each
addition: the last line says what that takes, and how much memory beyond the texts and shingles.  datasketch runs in
the interpreter that --peer names (datasketch installed), with 128 permutations and four-word shingles as well.
"""

import argparse
import gc
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PEER = Path(__file__).with_name("copies_peer.py")
_KINDS = ("nearly whole", "excerpt of 60 words", "spliced")
_EXCERPT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Texts, and for each copy (by number) its kind and the texts that it was taken from."""

    texts: tuple[str, ...]
    copies: dict[int, tuple[str, tuple[int, ...]]]


def generate(n: int, seed: int = 1) -> Pile:
    """Make n texts, one in ten of which is a copy of one or two others; the same for the same seed."""
    rng = random.Random(seed)
    letters = "bdfgklmnprstvz"
    words = [
        "".join(rng.choice(letters) + rng.choice("aeiou") for _ in range(rng.randint(1, 4))) for _ in range(20_000)
    ]
    weights = [1 / (rank + 10) for rank in range(len(words))]

    def text(n_words: int) -> list[str]:
        return rng.choices(words, weights, k=n_words)

    n_own = n - n // 10
    made = [text(rng.randint(150, 400)) for _ in range(n_own)]
    copies: dict[int, tuple[str, tuple[int, ...]]] = {}
    for at in range(n_own, n):
        kind = _KINDS[at % len(_KINDS)]
        first, second = rng.sample(range(n_own), 2)
        if kind == "nearly whole":
            made.append([rng.choice(words) if rng.random() < 0.03 else word for word in made[first]])
            copies[at] = kind, (first,)
        elif kind == "spliced":
            halves = made[first][: len(made[first]) // 2], made[second][len(made[second]) // 2 :]
            made.append([*halves[0], *halves[1]])
            copies[at] = kind, (first, second)
        else:
            start = rng.randrange(len(made[first]) - _EXCERPT)
            own = text(2 * _EXCERPT)
            made.append([*own[:_EXCERPT], *made[first][start : start + _EXCERPT], *own[_EXCERPT:]])
            copies[at] = kind, (first,)
    return Pile(texts=tuple(" ".join(each) for each in made), copies=copies)


def muster(texts: Sequence[str]) -> tuple[set[tuple[int, int]], float, float, float]:
    """The pairs that Muster ties (copies and passages), the CPU seconds for shingles and search, the MiB it took."""
    from muster.languages.shingles import shingles
    from muster.records import Outline
    from muster.weigh.copies import copied_ties, publication_order

    began = time.process_time()
    packed = [shingles(text) for text in texts]
    shingles_s = time.process_time() - began
    outlines = [
        Outline(
            document_id=f"d-{n:08}", name=f"{n}.txt", title=None, author=None, outlet=None, affiliation=None,
            owner=None, site=None, published_on=None, language="en", n_words=len(text.split()), entities=(), events=(),
            word_runs=packed[n],
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip
    began, before = time.process_time(), _peak_mib()
    ties = copied_ties(sorted(outlines, key=publication_order))
    search_s = time.process_time() - began
    return {(int(tie.a[2:]), int(tie.b[2:])) for tie in ties}, shingles_s, search_s, _peak_mib() - before


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peer(python: str, texts: Sequence[str]) -> tuple[set[tuple[int, int]], float, float, str]:
    """The pairs that datasketch proposes, the CPU seconds for shingles and for the search, its name and version.

    Raises:
        RuntimeError: the interpreter has no datasketch, or failed.
    """
    done = subprocess.run([python, str(_PEER)], input=json.dumps(texts), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["no reason given"])[-1])
    answer = json.loads(done.stdout)
    return {(a, b) for a, b in answer["pairs"]}, answer["shingles_s"], answer["search_s"], answer["name"]


def families(pile: Pile) -> set[tuple[int, int]]:
    """All pairs that share copied text: a copy and its sources, and two copies of one source."""
    by_source: dict[int, set[int]] = {}
    for copy, (_, sources) in pile.copies.items():
        for source in sources:
            by_source.setdefault(source, {source}).add(copy)
    return {(a, b) for members in by_source.values() for a in members for b in members if a < b}


def row(name: str, pile: Pile, pairs: set[tuple[int, int]], shingles_s: float, search_s: float) -> str:
    """One line of the table."""
    true = families(pile)
    found = {end for pair in pairs & true for end in pair}
    cells = []
    for kind in _KINDS:
        mine = [copy for copy, (of, _) in pile.copies.items() if of == kind]
        cells.append(f"{sum(copy in found for copy in mine) / len(mine):.3f}")
    precision = len(pairs & true) / len(pairs) if pairs else 0.0
    speed = f"{len(pile.texts) / search_s:,.0f} | {len(pile.texts) / (shingles_s + search_s):,.0f}"
    return f"| {name} | {speed} | {' | '.join(cells)} | {precision:.3f} |"


def main() -> int:
    """Print the table; 1 where a peer was named and could not be run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--peer", metavar="PYTHON", help="the interpreter of an environment with datasketch")
    options = parser.parse_args()
    gc.disable()  # as in a build
    pile = generate(options.documents)
    print(f"{len(pile.texts):,} generated texts, {len(pile.copies):,} of them copies\n")
    print(
        "| | documents per CPU-s, search alone | from the texts | "
        + " | ".join(f"recall, {kind}" for kind in _KINDS)
        + " | precision |"
    )
    print("|---|---|---|---|---|---|---|")
    pairs, *seconds, mib = muster(pile.texts)
    print(row("Muster", pile, pairs, *seconds), flush=True)
    searched = f"Muster: one search of {options.documents:,} texts takes {seconds[1]:.2f} CPU-s and {mib:,.0f} MiB"
    if options.peer is None:
        print(f"\n{searched}.")
        print("\nabsent: datasketch (name the interpreter of an environment that has it with --peer)")
        return 0
    try:
        found, shingles_s, search_s, name = peer(options.peer, pile.texts)
    except RuntimeError as error:
        print(f"\nabsent: datasketch: {error}")
        return 1
    print(row(name, pile, found, shingles_s, search_s))
    total = (shingles_s + search_s) / sum(seconds)
    alone = search_s / seconds[1]
    print(f"\nFrom the texts, Muster is {total:.1f} times as fast (CPU) as {name}; searching alone, {alone:.1f} times.")
    print(f"{searched}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
