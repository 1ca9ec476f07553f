"""Word files: paragraphs and tables in their order, footnotes, tracked changes."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from muster.read.draft import Credits, Draft, Flaw, Passage, Run, as_cut, collapse, passage
from muster.read.names import is_full_name
from muster.read.options import ReadOptions, Unreadable
from muster.read.packages import BROKEN, check_package
from muster.read.tables import row
from muster.records import BlockKind, Cut, Document

_SKIPPED = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_WHITE = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def read_word(document: Document, data: bytes, options: ReadOptions) -> Draft:
    """A .docx file.  Its part "body" is the text of its paragraphs, a line each; "footnotes" likewise.

    Inserted text of tracked changes is read, deleted text is cut and reported.  Headers and footers of
    pages are cut.

    Raises:
        Unreadable: "broken_file", "encrypted", "too_large", "suspicious_ratio", "too_many_cells".
    """
    check_package(data, options)
    try:
        word = docx.Document(io.BytesIO(data))
        return _Reader(word, options).draft()
    except Unreadable:
        raise
    except (*BROKEN, OpcError, etree.LxmlError) as error:
        why = f"It cannot be opened: {type(error).__name__} {error}."[:300]
        raise Unreadable("broken_file", why, "Open and save it anew, or save it as PDF or .txt.") from error


@dataclass(slots=True)
class _Text:
    """The text of a part while it grows: every paragraph adds a line."""

    part: str
    lines: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, text: str) -> Run:
        run = Run(text, self.part, self.length, self.length + len(text))
        self.lines.append(text + "\n")
        self.length += len(text) + 1
        return run


class _Reader:
    """One pass over a Word file's XML."""

    def __init__(self, word: WordDocument, options: ReadOptions) -> None:
        self.word, self.options = word, options
        self.styles = {style.style_id: (style.name or "").lower() for style in word.styles}
        self.headers: list[tuple[str, ...]] = []
        self.deleted: list[Run] = []
        self.n_cells = 0

    def draft(self) -> Draft:
        body, notes, edges, gone = _Text("body"), _Text("footnotes"), _Text("headers and footers"), _Text("deleted")
        passages = list(self._blocks(self.word.element.body, body, gone, 0))
        passages += self._notes(notes, gone)
        cuts: list[Cut] = []
        for text in self._edges():
            cuts += as_cut([edges.add(text)], "running header or footer")
        for run in self.deleted:
            cuts += as_cut([run], "deleted by a tracked change")
        why = f"{len(self.deleted)} passages were deleted by tracked changes and are no part of the text."
        flaws = (Flaw(kind="tracked_changes", why=why),) if self.deleted else ()
        return Draft(
            parts={text.part: "".join(text.lines) for text in (body, notes, edges, gone)},
            passages=tuple(made for made in passages if made.runs),
            cuts=tuple(cuts),
            flaws=flaws,
            headers=tuple(self.headers),
            hints=self._hints(),
        )

    def _blocks(self, parent: etree._Element, text: _Text, gone: _Text, depth: int) -> Iterator[Passage]:
        if depth > self.options.max_depth:
            raise Unreadable("too_deep", "Its tables are nested too deep.", "Save it as PDF or .txt.")
        for child in parent:
            if child.tag == qn("w:p"):
                yield self._paragraph(child, text, gone)
                for box in child.iter(qn("w:txbxContent")):
                    if not any(above.tag in _SKIPPED for above in box.iterancestors()):
                        yield from self._blocks(box, text, gone, depth + 1)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child, text, gone)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
                yield from self._blocks(child, text, gone, depth + 1)

    def _paragraph(self, element: etree._Element, text: _Text, gone: _Text) -> Passage:
        run = text.add(_text_of(element))
        for deleted in element.iter(qn("w:delText")):
            if deleted.text and deleted.text.strip():
                self.deleted.append(gone.add(deleted.text))
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = self.styles.get(style.get(qn("w:val"), ""), "") if style is not None else ""
        numbered = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
        made = passage(_kind(name, numbered), [run])
        return replace(made, marks=frozenset({"h1"} if name == "title" else ()))

    def _table(self, element: etree._Element, text: _Text, gone: _Text) -> Iterator[Passage]:
        number = len(self.headers)
        rows = element.findall(f".//{qn('w:tr')}")
        for i, tr in enumerate(rows):
            cells: list[list[Run]] = []
            for tc in tr.findall(qn("w:tc")):
                runs: list[Run] = []
                for p in tc.iter(qn("w:p")):
                    runs += [Run(" ", text.part, text.length - 1, text.length)] if runs else []
                    runs.append(text.add(_text_of(p)))
                cells.append(list(collapse(runs)[0]))
            self.n_cells += len(cells)
            if self.n_cells > self.options.max_cells:
                raise Unreadable("too_many_cells", "Its tables have too many cells.", "Split it into several files.")
            is_header = i == 0 and len(rows) > 1 and len(cells) > 1
            if i == 0:
                self.headers.append(tuple("".join(run.words for run in cell) for cell in cells) if is_header else ())
            if made := row(cells, number, is_header):
                yield made

    def _notes(self, text: _Text, gone: _Text) -> Iterator[Passage]:
        """Footnotes and endnotes, which python-docx does not open."""
        for part in self.word.part.package.iter_parts():
            if str(part.partname) in ("/word/footnotes.xml", "/word/endnotes.xml"):
                root = etree.fromstring(part.blob, _SAFE)
                for note in root:
                    if note.get(qn("w:type")) is None:
                        yield from self._blocks(note, text, gone, 0)

    def _edges(self) -> list[str]:
        found: list[str] = []
        for section in list(self.word.sections)[:200]:
            for edge in (section.header, section.footer):
                found += [p.text for p in edge.paragraphs if p.text.strip()]
        return list(dict.fromkeys(found))

    def _hints(self) -> Credits:
        """The file's properties; the dates there are those of saving, and say nothing of publication."""
        properties = self.word.core_properties
        author = properties.author if is_full_name(properties.author or "") else None
        return Credits(title=properties.title or None, author=author)


def _kind(style: str, numbered: bool) -> BlockKind:
    if style == "title" or style.startswith(("heading", "subtitle")):
        return "heading"
    if numbered or style.startswith("list"):
        return "list_item"
    return "caption" if style.startswith("caption") else "paragraph"


def _text_of(paragraph: etree._Element) -> str:
    """The text of a paragraph as it stands with all tracked changes accepted, without its text boxes."""
    words: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _SKIPPED or element.tag == qn("w:txbxContent"):
            continue
        if element.tag == qn("w:t"):
            words.append(element.text or "")
        elif element.tag in _WHITE:
            words.append(_WHITE[element.tag])
        else:
            waiting += reversed(element)
    return re.sub("[\r\n]", " ", "".join(words))
