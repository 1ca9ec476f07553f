"""Why something was refused, in the reader's language.

The layers below say it in English, in sentences of their own, and what is refused while documents are
brought in and read is kept in the case as it was said.  So the sentences themselves are what is looked up
here: each is a translator's message, with %(x)s for what changes in it.  A test finds every sentence that
those layers can say, and fails when one is missing.
"""

import re
from functools import cache

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

#: A name or number in a sentence keeps its own direction.
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_FILLED = re.compile(r"%\((\w+)\)s")

_SENTENCES = (
    # the way in: muster.web.doors
    _("This case cannot be opened at present."),
    _("Tell whoever runs the server: its log says why."),
    # judging: muster.run.judgeable, muster.run.moving
    _("This decision needs a reason."),
    _("Say in a sentence why."),
    _("That is too long."),
    _("Correct it and try again."),
    _("Somebody judged this meanwhile."),
    _("Look at it as it is now, and decide again if you still would."),
    _("This was taken back already."),
    _("Nothing is left to do."),
    _("The case holds no statement %(id)s."),
    _("The case holds no document %(id)s."),
    _("The case holds no incident %(id)s."),
    _("The case holds no event %(id)s."),
    _("The case holds no person, group or place %(id)s."),
    _("The case holds no source %(id)s."),
    _("The case holds no judgement %(id)s."),
    _("It may have changed meanwhile: look at the page again."),
    _("There is no judgement “%(kind)s”."),
    _("“%(kind)s” is about one statement."),
    _("“%(kind)s” is about one document."),
    _("“%(kind)s” is about two documents."),
    _("“%(kind)s” is about one source."),
    _("“%(kind)s” is about one place."),
    _("“%(kind)s” is about one judgement."),
    _("“%(kind)s” is about an incident and a question."),
    _("“%(kind)s” is about one person, group or place."),
    _("“%(kind)s” sets nothing."),
    _("The owner's name is missing or too long."),
    _("The reliability is missing or too long."),
    _("The owner's name must be text: %(why)s."),
    _("The reliability must be text: %(why)s."),
    _("%(what)s is missing or too long."),
    _("%(what)s must be text: %(why)s."),
    _("The case holds no %(sort)s %(id)s."),
    _("“%(kind)s” is about %(what)s."),
    _("Nothing was corrected."),
    _("A statement that is added needs its place in the text (start, end) and its act."),
    _("What was set cannot be read: %(why)s."),
    _("Further spellings cannot be read: %(why)s."),
    _("There are too many further spellings, or one is empty or too long."),
    # reports and exports: muster.store.protection
    _("Names are protected in this case, and the secret that they are kept with is missing."),
    _("A name is protected in this case, and the decision %(id)s does not say which."),
    _("Take the decision back and protect the name again; nothing is written until then."),
    _("A statement has no %(fields)s."),
    _("A place in the text has a start and an end."),
    _("There is no such place in the text."),
    _("There is no act “%(act)s”."),
    _("A name is empty or too long."),
    _("%(date)s is no date: write it as 2017-03-04, 2017-03, 2017, or 2017-03-04/2017-03-06."),
    _("A number runs from the lower to the higher, from 0 on."),
    _("Name two different things."),
    _("A person, group or place and something that happened cannot be one."),
    _("Nothing of the one would be left beside the other."),
    _("Reliability is a letter from A to F."),
    _("There is no question “%(question)s”."),
    _("A finding has an answer and a standard of proof: %(why)s."),
    _("The answer is missing or too long."),
    _("A place has a latitude and a longitude: %(why)s."),
    _("Latitude runs from -90 to 90 degrees, longitude from -180 to 180."),
    _("The statement is there already."),
    _("Choose another incident."),
    # cases: muster.web.site
    _("This server serves one case."),
    _("To have several: %(command)s"),
    _("A case needs a name with letters or digits in it."),
    _("There is something of that name already."),
    _("Choose another name."),
    # bringing in: muster.ingest
    _("Its name leads out of the archive or holds characters no name may hold."),
    _("Unpack it by hand if it is wanted."),
    _("The member is a link or a device."),
    _("Add what it leads to."),
    _("Add what it leads to by its own path."),
    _("The member is locked with a password."),
    _("Unpack it with the password."),
    _("It unpacks to %(n)s bytes; the limit is %(limit)s."),
    _("It unpacks to more than %(limit)s bytes; the rest was left out."),
    _("Split it, or raise the limit."),
    _("It unpacks to %(n)s times its size, as bombs do."),
    _("Another member has the same name; only the first was taken."),
    _("Unpack it by hand and compare the two."),
    _("It cannot be unpacked: %(why)s."),
    _("It cannot be opened: %(why)s."),
    _("It cannot be opened."),
    _("Ask its sender for it again."),
    _("Unpack it and add what matters."),
    _("Unpack it and add what it holds."),
    _("It has %(n)s members; the limit is %(limit)s."),
    _("The archive holds nothing."),
    _("More than %(n)s documents come in."),
    _("Add them in parts."),
    _("Archives lie in it more than %(n)s deep."),
    _("It is a link that leads out of the folder, to a folder, or nowhere."),
    _("It holds no bytes."),
    _("Its name has over %(n)s characters."),
    _("Give it a shorter one."),
    _("It has %(n)s bytes; the limit is %(limit)s."),
    _("The archive is larger than the limit."),
    _("It is a device, a pipe or a socket."),
    _("Copy its content into a file."),
    _("Check that it is there and who may read it."),
    _("Check who may read it."),
    _("%(n)s records are no documents: pictures, scripts, redirects, error pages."),
    _("It has more than %(n)s records; the rest was left out."),
    _("Nothing needs doing."),
    _("The %(what)s unpacks to more than the limit."),
    _("Fetch the page again."),
    _("Fetch the pages again."),
    _("Split the archive."),
    _("Record %(n)s cannot be read: %(why)s."),
    _("It is of no type that Muster reads."),
    _("It is %(type)s."),
    _("It is a picture."),
    _("Type out or recognise its text first."),
    _("It is a recording."),
    _("Write down what is said in it."),
    _("It is an old Office file."),
    _("Save it as .docx or .xlsx."),
    _("It is rich text."),
    _("Save it as .docx."),
    _("It is a %(kind)s archive."),
    _("It is an %(kind)s archive."),
    _("Unpack it, or pack it as .zip."),
    _("It is a program."),
    _("It is a database."),
    _("Export what matters as .csv."),
    _("It is no text and no format that is read."),
    _("It is code or data."),
    _("Save what matters of it as .txt or .csv."),
    _("It is an Office file that is not read."),
    _("Save it as .docx, .xlsx or PDF."),
    _("Save it as .txt, .docx or PDF, or leave it out."),
    # reading: muster.read
    _("Its text is longer than the limit."),
    _("Its text is longer than %(n)s characters."),
    _("The message is longer than the limit."),
    _("Split it into several files."),
    _("The page has too many elements."),
    _("Save the text of the page as .txt."),
    _("It has no mail headers."),
    _("Give it the extension of what it is."),
    _("Its parts are nested too deep."),
    _("Save the inner message as a file of its own."),
    _("It has more than %(n)s parts."),
    _("Save what matters as files."),
    _("Its tables have too many cells."),
    _("Its tables are nested too deep."),
    _("Save it as PDF or .txt."),
    _("The file is locked with a password."),
    _("Save it without the password."),
    _("It unpacks to %(n)s bytes."),
    _("Save what matters of it as a file of its own."),
    _("A part of it unpacks to far more than its size."),
    _("Save it anew."),
    _("It has %(n)s pages; the limit is %(limit)s."),
    _("It has more than %(n)s lines."),
    _("It has more than %(n)s paragraphs or rows."),
    _("It has more than %(n)s cells or %(rows)s rows."),
    _("Muster does not read %(type)s."),
    _("Save it as text or PDF."),
    _("Open and save it anew, or export it as .csv."),
    _("Open and save it anew, or save it as PDF or .txt."),
    # what to know before reading: muster.read
    _("It has no text layer: it may be a scan, whose text must be recognised first."),
    _("Pages without a text layer, which may be scans: %(pages)s."),
    _("The message has no text part."),
    _("No text was found in it."),
    _("The sheet “%(name)s” is hidden; it was read."),
    _("Letters of two scripts in one word, which looks like another: %(words)s."),
    _("%(n)s places are no %(encoding)s and show as �."),
    _("%(n)s places hold the mark of a character that was lost before the document came in."),
    _("%(n)s places look decoded wrongly, such as “%(words)s” for “%(meant)s”; they were left as they are."),
    _("%(n)s letters carry more marks than any language writes; they were left."),
    _("Byte %(n)s is no UTF-8 and no encoding is declared that fits; read as %(name)s, which is a guess."),
    _("The attachment “%(name)s” was not read: save it as a file of its own and add it."),
    _("Elements nested more than %(n)s deep were read as if they stood %(depth)s deep."),
    _("The title stands in the middle of a sentence and was taken out: “%(words)s”."),
    _("%(n)s passages were deleted by tracked changes and are no part of the text."),
    # the work on a document: muster.run
    _("Muster failed on it: %(why)s."),
    _("This is a fault of Muster: please report it, without the document if it is not public."),
    _("It needs more memory than one file is given."),
    _("Raise MUSTER_READ_MEMORY_BYTES or MUSTER_EXTRACT_MEMORY_BYTES and build again."),
    _("It is nested too deeply."),
    _("Look at the original by hand."),
    _("It took longer than %(n)s s."),
    _("Raise MUSTER_TIMEOUT_S and build again, or look at the original by hand."),
    _("The process that worked on it died, twice."),
    _("Look at the original by hand, on a machine that you can spare."),
    _("The processes that read documents do not start. %(why)s"),
    _("Look whether there is memory left, and whether the MUSTER_*_MEMORY_BYTES settings allow enough."),
    _("The case cannot take %(name)s in: %(why)s."),
    _("Make room, or ask for the right to write, and run the same command again: nothing is lost."),
    _("Its bytes are no longer in the case."),
    _("Add the file again, or restore the case."),
    # the case itself: muster.store
    _("Another build is at work on %(case)s."),
    _("Wait until it is done, then run the command again."),
    _("The disk that holds %(case)s is full."),
    _("%(case)s may not grow as large as it would have to."),
    _("The disk quota for %(case)s is used up."),
    _("Make room and run the same command again: nothing is lost."),
    _("%(case)s cannot be written to."),
    _("%(case)s may not be opened or written to."),
    _("The database in %(case)s cannot be opened."),
    _("Ask for the right to write there, or copy the case to where you have it."),
    _("Another program is writing to %(case)s."),
    _("%(case)s/case.sqlite3 is not a database."),
    _("%(case)s/case.sqlite3 is damaged."),
    _("Restore it from a backup, or build a new case from %(case)s/originals."),
    _("The system refused something at %(case)s: %(why)s."),
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences with the patterns that know them: those with the most words of their own first."""
    with_words = sorted(_SENTENCES, key=lambda each: (len(_FILLED.sub("", each)), each), reverse=True)
    return tuple((_pattern(each), each) for each in with_words)


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = _FILLED.split(sentence)  # words, name, words, name, …
    found = [f"(?P<{part}>.*?)" if i % 2 else re.escape(part) for i, part in enumerate(parts)]
    return re.compile("".join(found), re.DOTALL)


def known(text: str) -> str | None:
    """Return the sentence that a text is an instance of; None where it is of none."""
    return next((sentence for pattern, sentence in _patterns() if pattern.fullmatch(text)), None)


def in_words(text: str) -> str:
    """Return a refusal's message or hint in the language of the page; one that is not known here as it is."""
    if not text or (get_language() or "en").startswith("en"):
        return text
    for pattern, sentence in _patterns():
        if found := pattern.fullmatch(text):
            filled = {name: f"{_FIRST_STRONG}{value}{_POP}" for name, value in found.groupdict().items()}
            return gettext(sentence) % filled if filled else gettext(sentence)
    return text
