"""The codes of the record as readers see them, in the language of the page.

The words are neutral: somebody "says"; nobody "claims", "admits" or "reveals".  A code that is not listed is
shown as itself, with spaces.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from muster.records import Count
from muster.store.around import IncidentBrief

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "Mapping[str, str | _StrPromise]"

ACTS: Words = {
    "attack": _p("act", "attack"),
    "kill": _p("act", "killing"),
    "injure": _p("act", "injury"),
    "die_other": _p("act", "other death"),
    "detain": _p("act", "detention"),
    "abduct": _p("act", "abduction"),
    "disappear": _p("act", "disappearance"),
    "ill_treat": _p("act", "ill-treatment"),
    "deny_medical_care": _p("act", "medical care denied"),
    "deny_contact": _p("act", "contact denied"),
    "deny_access": _p("act", "access denied"),
    "displace": _p("act", "displacement"),
    "transfer": _p("act", "transfer"),
    "release": _p("act", "release"),
    "escape": _p("act", "escape"),
    "return": _p("act", "return"),
    "interview_or_visit": _p("act", "interview or visit"),
    "demonstrate": _p("act", "demonstration"),
    "threaten": _p("act", "threat"),
    "offer": _p("act", "offer"),
    "appeal": _p("act", "appeal"),
    "agree": _p("act", "agreement"),
    "accuse": _p("act", "accusation"),
    "claim_responsibility": _p("act", "responsibility taken"),
    "deny_responsibility": _p("act", "responsibility denied"),
    "designate": _p("act", "designation"),
    "damage_property": _p("act", "damage to property"),
    "report_figure": _p("act", "figure"),
}
INCIDENTS: Words = {
    "attack": _p("incident", "Attack"),
    "death": _p("incident", "Deaths"),
    "disappearance": _p("incident", "Disappearance"),
    "detention": _p("incident", "Detention"),
    "ill_treatment": _p("incident", "Ill-treatment"),
    "closure": _p("incident", "Denial of access"),
    "movement": _p("incident", "Movement of people"),
    "demonstration": _p("incident", "Demonstration"),
    "visit": _p("incident", "Visit"),
    "agreement": _p("incident", "Agreement"),
    "designation": _p("incident", "Designation"),
}
POLARITIES: Words = {"affirmed": _p("polarity", "said"), "denied": _p("polarity", "denied")}
MODALITIES: Words = {
    "asserted": _p("modality", "stated"),
    "alleged": _p("modality", "alleged"),
    "possible": _p("modality", "possible"),
    "ordered": _p("modality", "ordered"),
    "demanded": _p("modality", "demanded"),
    "offered": _p("modality", "offered"),
    "threatened": _p("modality", "threatened"),
    "planned": _p("modality", "planned"),
}
COUNTED: Words = {
    "killed": _p("counted", "killed"),
    "injured": _p("counted", "injured"),
    "detained": _p("counted", "detained"),
    "missing": _p("counted", "missing"),
    "residents": _p("counted", "residents"),
    "weapons": _p("counted", "weapons"),
    "other": _p("counted", "other"),
}
STATEMENT_STATUSES: Words = {
    "proposed": _p("statement", "proposed"),
    "seconded": _p("statement", "accepted by one of two"),
    "accepted": _p("statement", "accepted"),
    "corrected": _p("statement", "corrected"),
    "rejected": _p("statement", "rejected"),
}
QUESTIONS: Words = {
    "when": _("When"),
    "where": _("Where"),
    "who": _("Who did it"),
    "killed": _("How many dead"),
    "injured": _("How many injured"),
    "detained": _("How many detained"),
    "missing": _("How many missing"),
}
QUESTION_STATUSES: Words = {
    "agreed": _p("question", "agreed"),
    "disputed": _p("question", "disputed"),
    "single origin": _p("question", "single origin"),
    "open": _p("question", "open"),
}
QUESTION_STATUSES_IN_FULL: Words = {
    "agreed": _("two or more independent groups say so, and none says otherwise"),
    "disputed": _("answers cannot all hold"),
    "single origin": _("only one independent group answers"),
    "open": _("nobody answers"),
}
DISAGREEMENTS: Words = {
    "count": _("Different numbers"),
    "date": _("Different dates"),
    "actor": _("Different actors"),
    "denial": _("Said and denied"),
    "place": _("Different places"),
    "weekday": _("Weekday does not fit the date"),
    "sum": _("Parts do not add up"),
    "dateline": _("Does not fit the document's own date"),
}
TIES: Words = {
    "copied": _("copied text"),
    "author": _("same author"),
    "outlet": _("same outlet"),
    "owner": _("same owner"),
    "origin": _("same origin"),
    "credit": _("same agency credited"),
    "family_name": _("same family name"),
    "site": _("same site"),
    "affiliation": _("same affiliation"),
    "speaker": _("words of one speaker alone"),
    "spelling": _("same rare spelling"),
}
STATES: Words = {
    "present": _p("state", "present"),
    "moved": _p("state", "moved"),
    "released": _p("state", "released"),
    "returned": _p("state", "returned"),
    "resettled": _p("state", "resettled"),
    "injured": _p("state", "injured"),
    "ill": _p("state", "ill"),
    "detained": _p("state", "detained"),
    "missing": _p("state", "missing"),
    "dead": _p("state", "dead"),
}
STANDARDS: Words = {
    "cannot be determined": _("cannot be determined"),
    "reasonable grounds to suspect": _("reasonable grounds to suspect"),
    "reasonable grounds to believe": _("reasonable grounds to believe"),
    "clear and convincing": _("clear and convincing"),
    "beyond reasonable doubt": _("beyond reasonable doubt"),
}
JUDGEMENTS: Words = {
    "accept": _p("judgement", "accepted a statement"),
    "correct": _p("judgement", "corrected a statement"),
    "reject": _p("judgement", "rejected a statement"),
    "add": _p("judgement", "added a statement"),
    "same": _p("judgement", "joined"),
    "different": _p("judgement", "kept apart"),
    "tie": _p("judgement", "tied documents"),
    "cut_tie": _p("judgement", "cut a tie between documents"),
    "owner": _p("judgement", "named a source's owner"),
    "reliability": _p("judgement", "judged a source's reliability"),
    "finding": _p("judgement", "recorded a finding"),
    "coordinates": _p("judgement", "placed on the map"),
    "redact": _p("judgement", "protected a name"),
    "undo": _p("judgement", "took back"),
}
ENTITIES: Words = {"person": _("person"), "group": _("group"), "place": _("place")}
FIELDS: Words = {
    "act": _p("field", "Act"),
    "said_by": _p("field", "Said by"),
    "actor": _p("field", "Who did it"),
    "target": _p("field", "To whom"),
    "place": _p("field", "Where"),
    "date": _p("field", "When"),
    "count": _p("field", "How many"),
    "polarity": _p("field", "Said or denied"),
    "modality": _p("field", "Stated as"),
    "quote": _p("field", "Words"),
}
DOCUMENT_STATES: Words = {
    "extracted": _p("document", "extracted"),
    "read": _p("document", "read"),
    "waiting": _p("document", "brought in"),
    "refused": _p("document", "refused"),
}
DOCUMENT_ORDERS: Words = {
    "name": _p("order", "by name"),
    "published": _p("order", "newest date first"),
    "added": _p("order", "last brought in first"),
    "statements": _p("order", "most statements first"),
}
BUILDS: Words = {
    "queued": _p("build", "waiting"),
    "running": _p("build", "at work"),
    "done": _p("build", "done"),
    "failed": _p("build", "failed"),
    "interrupted": _p("build", "interrupted"),
}
STAGES: Words = {
    "starting": _p("stage", "Starting"),
    "bringing in": _p("stage", "Bringing in"),
    "reading": _p("stage", "Reading"),
    "extracting": _p("stage", "Extracting statements"),
    "weighing": _p("stage", "Weighing all documents together"),
}
REFUSED_AT: Words = {
    "ingest": _p("refused", "not brought in"),
    "read": _p("refused", "not read"),
    "extract": _p("refused", "nothing extracted"),
}
PROBLEMS: Words = {
    "pasted_title": _("title pasted into the text"),
    "replaced_character": _("replaced characters"),
    "bidi_control": _("hidden direction marks"),
    "mixed_script": _("letters that look like others"),
    "no_text": _("no text"),
    "page_without_text": _("pages without text"),
    "tracked_changes": _("tracked changes"),
    "attachment_not_read": _("attachment not read"),
    "hidden_sheet": _("hidden sheet"),
    "deep_nesting": _("nested too deeply"),
    "mojibake": _("wrongly decoded characters"),
    "piled_marks": _("piled-up marks"),
    "encoding_guessed": _("encoding guessed"),
    "undecodable": _("characters that cannot be decoded"),
    "dated_by_others": _("dated by other documents"),
}
FACTS: Words = {
    "title": _p("fact", "Title"),
    "author": _p("fact", "Author"),
    "affiliation": _p("fact", "Affiliation"),
    "outlet": _p("fact", "Outlet"),
    "owner": _p("fact", "Owner"),
    "site": _p("fact", "Site"),
}
CUTS: Words = {
    "markup": _p("cut", "markup"),
    "list mark": _p("cut", "list mark"),
    "quote mark": _p("cut", "quote mark"),
    "navigation": _p("cut", "navigation"),
    "outside the article": _p("cut", "outside the article"),
    "links": _p("cut", "links"),
    "cookie notice": _p("cut", "cookie notice"),
    "breadcrumb line": _p("cut", "breadcrumb line"),
    "share bar": _p("cut", "share bar"),
    "related links": _p("cut", "related links"),
    "related link": _p("cut", "related link"),
    "comments": _p("cut", "comments"),
    "readers' comments": _p("cut", "readers' comments"),
    "comment form": _p("cut", "comment form"),
    "newsletter": _p("cut", "newsletter"),
    "advertisement": _p("cut", "advertisement"),
    "notice of rights": _p("cut", "notice of rights"),
    "page footer": _p("cut", "page footer"),
    "page number": _p("cut", "page number"),
    "filing line": _p("cut", "filing line"),
    "title pasted into the text": _p("cut", "title pasted into the text"),
    "heading of a quoted message": _p("cut", "heading of a quoted message"),
    "put under the mail by a program": _p("cut", "put under the mail by a program"),
    "character that is never shown": _p("cut", "character that is never shown"),
}
#: The reliability of a source on the Admiralty scale, as a person judges it.
RELIABILITY: Words = {
    "A": _("completely reliable"),
    "B": _("usually reliable"),
    "C": _("fairly reliable"),
    "D": _("not usually reliable"),
    "E": _("unreliable"),
    "F": _("reliability cannot be judged"),
}
#: Every kind of code, by the name that templates give it: {{ statement.act|word:"act" }}.
KINDS: Mapping[str, Words] = {
    "act": ACTS,
    "incident": INCIDENTS,
    "polarity": POLARITIES,
    "modality": MODALITIES,
    "counted": COUNTED,
    "status": STATEMENT_STATUSES,
    "question": QUESTIONS,
    "answered": QUESTION_STATUSES,
    "answered in full": QUESTION_STATUSES_IN_FULL,
    "disagreement": DISAGREEMENTS,
    "tie": TIES,
    "state": STATES,
    "standard": STANDARDS,
    "judgement": JUDGEMENTS,
    "entity": ENTITIES,
    "reliability": RELIABILITY,
    "field": FIELDS,
    "document state": DOCUMENT_STATES,
    "document order": DOCUMENT_ORDERS,
    "build": BUILDS,
    "stage": STAGES,
    "stage refused": REFUSED_AT,
    "problem": PROBLEMS,
    "fact": FACTS,
    "cut": CUTS,
}


def word(code: str, kind: str) -> str:
    """Return a code of a kind of `KINDS` in words."""
    return str(KINDS[kind].get(code, code.replace("_", " ")))


def language(code: str) -> str:
    """Return the name of a language, by its ISO 639-1 code."""
    if code == "und":
        return _now("not known")
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def number_range(low: int | None, high: int | None) -> str:
    """Return a range as a reader takes it in: "3", "3–10", "11 or more", "up to 10"."""
    if low is None and high is None:
        return _now("no number")
    if high is None:
        return _now("%(low)s or more") % {"low": f"{low:,}"}
    if not low and high:
        return _now("up to %(high)s") % {"high": f"{high:,}"}
    return f"{high:,}" if low == high else f"{low:,}–{high:,}"


def count_in_words(count: Count, act: str = "") -> str:
    """Return a count: "about 10 injured"; the dead of an illness or a fire are not called killed."""
    number = number_range(count.low, count.high)
    if count.approximate:
        number = _now("about %(number)s") % {"number": number}
    of = _now("dead") if act == "die_other" and count.of == "killed" else word(count.of, "counted")
    whole = number if count.of == "other" else f"{number} {of}"
    return _now("%(count)s, total to date") % {"count": whole} if count.cumulative else whole


def date_in_words(edtf: str) -> SafeString:
    """Return an EDTF date that a reader need not know EDTF for; its digits stay ISO and left to right.

    "2011-04-07/2011-04-08" gives "2011-04-07 to 2011-04-08", "2011?" gives "2011 (uncertain)".
    """
    uncertain = edtf.rstrip("?~%") != edtf
    plain = edtf.replace("?", "").replace("~", "").replace("%", "")
    start, slash, end = (part.removeprefix("XXXX-").strip(".") for part in plain.partition("/"))
    if plain == "XXXX":
        return SafeString(_now("not known"))
    text = _now("%(start)s to %(end)s") if start and end else _now("until %(end)s") if end else _now("from %(start)s")
    words = _filled(text, start=start, end=end) if slash else _filled("%(start)s", start=start)
    if plain.startswith("XXXX-"):
        words = _filled(_now("%(date)s, year not given"), date=words)
    return _filled(_now("%(date)s (uncertain)"), date=words) if uncertain else words


def incident_in_words(incident: IncidentBrief) -> SafeString:
    """Return what an incident is called: what sort of thing, where and when."""
    where = (format_html('<bdi class="src" dir="auto">{}</bdi>', incident.place),) if incident.place else ()
    when = date_in_words(incident.when) if incident.when else _now("no date")
    parts = (word(incident.kind, "incident"), *where, when)
    return format_html_join(pgettext("list", ", "), "{}", ((each,) for each in parts))


def _filled(text: str, **values: str) -> SafeString:
    """Put dates into a text; each keeps its digits from left to right."""
    shown = {
        key: value if isinstance(value, SafeString) else format_html('<span class="n" dir="ltr">{}</span>', value)
        for key, value in values.items()
    }
    # The text is our own, or a translator's: it is escaped like any other, and only dates are not.
    return SafeString(str(format_html("{}", text)) % shown)


def percent(share: float) -> str:
    """Return a share of 1 as a percentage without decimals; what is not certain is never called 100."""
    return f"{min(round(share * 100), 99) if share < 1 else 100}%"
