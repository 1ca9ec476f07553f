"""The peer of benchmarks/copies.py, in an environment of its own (datasketch).

Reads a JSON list of texts from standard input; writes {"pairs": [[a, b]], "shingles_s": s, "search_s": s,
"name": …}.  Four-word shingles, 128 permutations, MinHashLSH at a Jaccard threshold of 0.2: lower ones find a
few more excerpts and propose many times the pairs.  The search for reference cycles is off, as in a build.
"""

import gc
import json
import sys
import time

import datasketch

_N_WORDS = 4


def main() -> None:
    """Sign, index and ask for every text."""
    gc.disable()
    texts = json.load(sys.stdin)
    began = time.process_time()
    shingles = []
    for text in texts:
        words = text.casefold().split()
        runs = {" ".join(words[i : i + _N_WORDS]).encode() for i in range(max(1, len(words) - _N_WORDS + 1))}
        shingles.append(sorted(runs))
    cut = time.process_time()
    index = datasketch.MinHashLSH(threshold=0.2, num_perm=128)
    pairs = set()
    for n, runs in enumerate(shingles):
        signed = datasketch.MinHash(num_perm=128)
        signed.update_batch(runs)
        pairs.update((int(other), n) for other in index.query(signed))
        index.insert(str(n), signed)
    name = f"datasketch {datasketch.__version__}"
    took = {"shingles_s": cut - began, "search_s": time.process_time() - cut}
    json.dump({"pairs": sorted(pairs), "name": name, **took}, sys.stdout)


main()
