"""The page for who leads as DOCX: the document of ``one_page.py``, for an office that finishes it in Word."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from . import letter, office_paper

_TABLE_PT, _SMALL_PT, _HEAD_PT = 9, 8, 14
_WIDTHS_CM = (5.9, 10.6)  # of the first column, and of all others together


def written(page: Mapping[str, Any]) -> bytes:
    """The file. A draft carries no name, stamp or signature."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    paper = office_paper.blank(10, (2.5, 2, 1.2, 1.4))
    paper.sections[0].footer_distance = paper.sections[0].bottom_margin // 2
    head = page["head"]
    kop = (head["government"], 11, False), (head["office"], _HEAD_PT, True), (head["contact"], 8, False)
    for text, size, bold in kop:
        if text:
            _line(paper, text, size, bold=bold, align=ALIGN.CENTER)
    _ruled(paper.paragraphs[-1], "bottom")
    _line(paper, page["kind"], 12, bold=True, align=ALIGN.CENTER, before=6, style="Heading 1")
    _line(paper, page["about"], 10, bold=True, align=ALIGN.CENTER)
    _line(paper, page["number"], 10, align=ALIGN.CENTER, after=4)
    for text in page["to"]:
        _line(paper, text, 10)
    for text in page["lead"]:
        _line(paper, text, 10, before=4)
    _next(paper, page["next"])
    if page["table"] is not None:
        _figures(paper, page["table"], page["lang"])
    if page["chart"] is not None:
        _line(paper, page["chart"]["title"], _TABLE_PT, bold=True, before=6)
        office_paper.picture(paper, letter.picture("course", page["chart"], page["lang"]), 15, page["chart"]["told"])
    _line(paper, page["asked"], 10, before=2)
    for n in (1, 2):
        _line(paper, f"{n}. {'.' * 125}", 10, before=3)
    for text in (page["place_date"], f"{page['signatory']},", "", "", "", "NIP"):
        _line(paper, text, 10, before=6 if text == page["place_date"] else 0, indent_cm=9.5)
    foot = paper.sections[0].footer.paragraphs[0]
    foot.add_run(page["foot"]).font.size = _pt(7.5)
    _ruled(foot, "top")
    paper.core_properties.title, paper.core_properties.author = page["title"], page["site"]
    paper.core_properties.language = page["lang"]
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def _pt(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _line(
    paper: Any, text: str, size: float, *, bold: bool = False, align: Any = None, before: float = 0, after: float = 0,
    indent_cm: float = 0, style: str | None = None,
) -> Any:  # fmt: skip
    from docx.shared import Cm, RGBColor

    line = paper.add_paragraph(style=style)
    run = line.add_run(text)
    run.font.name, run.font.size, run.bold, run.font.color.rgb = "Arial", _pt(size), bold, RGBColor(0, 0, 0)
    line.alignment = align
    form = line.paragraph_format
    form.space_before, form.space_after, form.line_spacing = _pt(before), _pt(after), 1
    if indent_cm:
        form.left_indent = Cm(indent_cm)
    return line


def _next(paper: Any, said: Mapping[str, str]) -> None:
    """The box: a table of one cell, which every word processor frames."""
    _line(paper, "", 4)
    [cell] = paper.add_table(rows=1, cols=1, style="Table Grid").rows[0].cells
    first = cell.paragraphs[0]
    first.add_run(said["title"]).bold = True
    for text, size in ((said["said"], 11), (said["rule"], _SMALL_PT)):
        line = cell.add_paragraph()
        line.add_run(text).font.size = _pt(size)
    for line in cell.paragraphs:
        line.paragraph_format.space_after = _pt(2)
    _line(paper, "", 4)


def _figures(paper: Any, shown: Mapping[str, Any], lang: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

    first, others = _WIDTHS_CM
    last = len(shown["head"]) - 1
    widths = (first, *[others / last] * last)
    for row in office_paper.table(paper, shown["head"], shown["rows"], lang, widths).rows:
        for n, cell in enumerate(row.cells):
            for line in cell.paragraphs:
                line.paragraph_format.space_after = _pt(0)
                line.alignment = ALIGN.LEFT if n in (0, last) else ALIGN.RIGHT
                for run in line.runs:
                    run.font.size = _pt(_TABLE_PT)
                    run.bold = run.bold or n == 1


def _ruled(line: Any, side: str) -> None:
    """A rule above or below a line, as a letterhead has one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, rule = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "000000")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    line._p.get_or_add_pPr().insert(0 if line._p.pPr.pStyle is None else 1, borders)  # the order is the format's law
