"""What documents for a word processor share: paper, letters, tables and pictures (DOCX), as offices here set them."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from .. import formats


def blank(size_pt: float, margins_cm: tuple[float, float, float, float] = (3, 2, 2, 2.5)) -> Any:
    """An empty A4 document. ``margins_cm``: left, right, top, bottom."""
    from docx import Document  # seldom asked for, and large
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    paper = Document()
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = paper.styles[name]
        style.font.name, style.font.color.rgb = "Arial", RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # or it would be the template's own
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    paper.styles["Normal"].font.size, paper.styles["Title"].font.size = Pt(size_pt), Pt(16)
    left, right, top, bottom = map(Cm, margins_cm)
    for part in paper.sections:
        part.page_width, part.page_height = Cm(21), Cm(29.7)
        part.left_margin, part.right_margin, part.top_margin, part.bottom_margin = left, right, top, bottom
    return paper


def table(
    paper: Any, heads: Sequence[str], rows: Sequence[Sequence[Any]], lang: str, widths_cm: Sequence[float] = ()
) -> Any:
    """A table with a bold head that stands again on the next page; one line of dashes where there is nothing."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    made = paper.add_table(rows=1, cols=len(heads))
    made.style = "Table Grid"
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(made.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in rows or [["–"] * len(heads)]:
        for cell, value in zip(made.add_row().cells, row, strict=True):
            cell.text = formats.count(value, lang) if isinstance(value, int) else str(value)
    made.autofit = not widths_cm
    for column, width in zip(made.columns, widths_cm, strict=False):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    return made


def picture(paper: Any, png: bytes, width_cm: float, words: str) -> None:
    """A picture in a line of its own, with the words for who does not see it."""
    from docx.shared import Cm

    shape = paper.add_picture(BytesIO(png), width=Cm(width_cm))
    shape._inline.docPr.set("descr", words)
    paper.paragraphs[-1].paragraph_format.space_after = 0
