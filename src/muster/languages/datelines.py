"""Datelines: the place, date and agency that a news text opens with ("HARBOUR, May 3 (Agency) - ")."""

import re

_PLACE = r"[^\W\d_a-z][^\W\d_]*(?:[ .'’-]+[^\W\d_a-z][^\W\d_]*){0,4}"
_DATELINE = re.compile(
    rf"""\s*(?:
        {_PLACE}(?:,\s*{_PLACE})?(?:,?\s*(?:\w+\.?\s+\d{{1,2}}|\d{{1,2}}\.?\s+\w+)(?:,?\s*\d{{4}})?)?
        \s*(?:\([^()]{{2,40}}\))?\s*(?:[-–—]+|:)\s+
      | {_PLACE}(?:,\s*{_PLACE})?,\s*(?:\w+\.?\s+\d{{1,2}}|\d{{1,2}}\.?\s+\w+),?\s*\d{{4}}
        \s*(?:\([^()]{{2,40}}\))?\s*[.:–—-]*\s+
    )""",
    re.X,
)


def dateline_end(text: str) -> int:
    """Where the text behind a dateline starts, in code points; 0 where there is none."""
    found = _DATELINE.match(text[:160])
    if found is None:
        return 0
    opening = found.group()
    if opening.rstrip().endswith(":") and not re.search(r"\d|\(", opening):
        return 0
    first = re.match(r"\s*([^\W\d_]+)", opening)
    dated = bool(re.search(r"\d|\(", opening))
    return found.end() if dated or (first is not None and first.group(1).isupper()) else 0
