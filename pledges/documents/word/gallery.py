"""Bộ kiểu của tệp: the styles of the layout instead of Word's own, and the settings of a Vietnamese paper."""

from collections.abc import Iterable

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from pledges.documents.word.looks import FACE, Look, style_of
from pledges.documents.word.marks import mark

LANGUAGE = "vi-VN"
WORD_2013 = "15"
"""Since then Word sets tables from margin to margin; without a word of it a file opens in compatibility mode."""


def furnish(document: Document, looks: Iterable[Look]) -> None:
    """Give the file its styles, its language and its settings."""
    styles = document.styles.element
    for one in list(styles):
        if one.tag in {qn("w:style"), qn("w:docDefaults")}:
            styles.remove(one)
    styles.insert(0, _defaults())
    styles.extend((*_ground(), *(style_of(look) for look in looks)))
    settings = document.settings.element
    for tag in ("w:compat", "w:themeFontLang"):
        for one in settings.findall(qn(tag)):
            settings.remove(one)
    where = settings.find(qn("w:rsids"))
    mode = mark(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=WORD_2013,
    )
    where.addprevious(mark("compat", mode))
    where.getparent().remove(where)


def _defaults() -> Element:
    faces = mark("rFonts", ascii=FACE, hAnsi=FACE, eastAsia=FACE, cs=FACE)
    language = mark("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi=LANGUAGE)
    spacing = mark("spacing", before="0", after="0", line="240", lineRule="auto")
    return mark(
        "docDefaults",
        mark("rPrDefault", mark("rPr", faces, language)),
        mark("pPrDefault", mark("pPr", spacing)),
    )


def _ground() -> Iterable[Element]:
    """What Word expects to find: the style that others are based on, and those of letters, tables and lists."""
    normal = mark(
        "style",
        mark("name", val="Normal"),
        mark("qFormat"),
        mark("pPr", mark("widowControl")),
        mark("rPr", mark("sz", val="28"), mark("szCs", val="28")),
        type="paragraph",
        default="1",
        styleId="Normal",
    )
    plain = (
        ("character", "DefaultParagraphFont", "Default Paragraph Font"),
        ("table", "TableNormal", "Normal Table"),
        ("numbering", "NoList", "No List"),
    )
    others = (
        mark(
            "style",
            mark("name", val=name),
            mark("uiPriority", val="99"),
            mark("semiHidden"),
            mark("unhideWhenUsed"),
            type=kind,
            default="1",
            styleId=key,
        )
        for kind, key, name in plain
    )
    return (normal, *others)
