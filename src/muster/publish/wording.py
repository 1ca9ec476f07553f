"""Muster's own words in a report: neutral, and the same everywhere.

Somebody "says"; nobody "claims", "admits" or "reveals".  What is not listed here and is shown comes
from a document and stands in quotation marks.
"""

from muster.records import Count

QUESTIONS = {
    "when": "When",
    "where": "Where",
    "who": "Who did it",
    "killed": "How many dead",
    "injured": "How many injured",
    "detained": "How many detained",
    "missing": "How many missing",
}
STATUSES = {
    "agreed": "two or more independent groups say so, and none says otherwise",
    "disputed": "answers cannot all hold",
    "single origin": "only one independent group answers",
    "open": "nobody answers",
}
MARKS = {"agreed": "=", "disputed": "≠", "single origin": "1", "open": "?"}
JUDGED = {
    "proposed": "by nobody yet",
    "seconded": "accepted by one of the two reviewers that it needs",
    "accepted": "accepted by a reviewer",
    "corrected": "accepted by a reviewer, with corrections",
    "rejected": "rejected by a reviewer",
}
DISAGREEMENTS = {
    "count": "Different numbers",
    "date": "Different dates",
    "actor": "Different actors",
    "denial": "Said and denied",
    "place": "Different places",
    "weekday": "Weekday does not fit the date",
    "sum": "Parts do not add up",
    "dateline": "Does not fit the document's own date",
}
TIES = {
    "copied": "copied text",
    "author": "same author",
    "outlet": "same outlet",
    "owner": "same owner",
    "origin": "same origin",
    "credit": "same agency credited",
    "family_name": "same family name",
    "site": "same site",
    "affiliation": "same affiliation",
    "speaker": "words of one speaker alone",
    "spelling": "same rare spelling",
}
ACTS = {
    "kill": "killing",
    "die_other": "other death",
    "injure": "injury",
    "detain": "detention",
    "abduct": "abduction",
    "disappear": "disappearance",
    "ill_treat": "ill-treatment",
    "deny_medical_care": "medical care denied",
    "deny_contact": "contact denied",
    "deny_access": "access denied",
    "displace": "displacement",
    "transfer": "transfer",
    "interview_or_visit": "interview or visit",
    "demonstrate": "demonstration",
    "threaten": "threat",
    "agree": "agreement",
    "accuse": "accusation",
    "claim_responsibility": "responsibility taken",
    "deny_responsibility": "responsibility denied",
    "designate": "designation",
    "damage_property": "damage to property",
    "report_figure": "figure",
}


def in_words(code: str) -> str:
    """A code as words: "pasted_title" gives "pasted title"."""
    return ACTS.get(code, code.replace("_", " "))


def number_range(low: int | None, high: int | None) -> str:
    """A range as a reader takes it in: "3", "3–10", "11 or more", "up to 10"."""
    if low is None:
        return "no number" if high is None else f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    if low == high:
        return f"{low:,}"
    return f"{low:,}–{high:,}"


def count_in_words(count: Count, act: str) -> str:
    """A statement's count: "about 10 injured"; the dead of an illness or a fire are not called killed."""
    of = "" if count.of == "other" else f" {count.of}"
    of = " dead" if act == "die_other" and count.of == "killed" else of
    about = "about " if count.approximate else ""
    total = ", total to date" if count.cumulative else ""
    return f"{about}{number_range(count.low, count.high)}{of}{total}"


def date_in_words(edtf: str) -> str:
    """An EDTF date that a reader need not know EDTF for; the digits stay ISO.

    "2011-04-07/2011-04-08" gives "2011-04-07 to 2011-04-08", "2011?" gives "2011 (uncertain)".
    """
    uncertain = edtf.rstrip("?~%") != edtf
    plain = edtf.replace("?", "").replace("~", "").replace("%", "")
    if plain == "XXXX":
        return "not known"
    if plain.startswith("XXXX-"):
        return plain.replace("XXXX-", "").replace("/", " to ") + ", year not given"
    start, slash, end = plain.partition("/")
    words = start
    if slash:
        known = start.strip(".") and end.strip(".")
        words = f"{start} to {end}" if known else (f"until {end}" if end.strip(".") else f"from {start}")
    return f"{words} (uncertain)" if uncertain else words


def counted(n: int, one: str, many: str = "") -> str:
    """ "1 document", "2 documents"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
