"""DDI-Codebook 2.5: a study described as archives read it. Elements stand in the order that its schema wants."""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as Xml

from apps.reports.exports.columns import Column
from apps.reports.exports.counts import counted
from apps.reports.exports.responses import Responses
from apps.reports.exports.wording import SIMULATED
from apps.surveys.definition import Text

NAMESPACE, LANGUAGE = "ddi:codebook:2_5", "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMA = "ddi:codebook:2_5 https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
INTERVALS = {"code": "discrete", "word": "discrete", "id": "discrete", "text": "discrete"}
NATURES = {"nominal": "nominal", "ordinal": "ordinal", "scale": "interval"}
SAMPLING: Text = {
    "ja": "無作為抽出ではない（自由参加）。招待名簿がないため回収率は算出できません。",
    "en": "Not a random sample: participants chose to take part. Without a list of invitations there is no rate.",
}
MODE: Text = {"ja": "ウェブ（自己記入）", "en": "Self-administered questionnaire on the web"}


def as_xml(responses: Responses) -> bytes:
    default = responses.instruments[0].definition.default_language
    root = Xml.Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5", LANGUAGE: default, LOCATION: SCHEMA})
    study(Xml.SubElement(root, "stdyDscr"), responses)
    file(Xml.SubElement(root, "fileDscr", ID="F1"), responses)
    described = Xml.SubElement(root, "dataDscr")
    for number, column in enumerate(responses.columns, start=1):
        variable(described, column, number, responses)
    Xml.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode").encode() + b"\n"


def study(node: Xml.Element, responses: Responses) -> None:
    inquiry, (first, last) = responses.inquiry, responses.period
    citation = Xml.SubElement(node, "citation")
    titles = Xml.SubElement(citation, "titlStmt")
    default = responses.instruments[0].definition.default_language
    texts = dict(inquiry.title)
    add(titles, "titl", texts.pop(default, inquiry.slug), {LANGUAGE: default})
    for language, text in texts.items():
        add(titles, "parTitl", text, {LANGUAGE: language})
    add(titles, "IDNo", inquiry.slug)
    add(Xml.SubElement(citation, "rspStmt"), "AuthEnty", inquiry.publication.name)
    info = Xml.SubElement(node, "stdyInfo")
    if responses.simulated:
        in_every_language(info, "abstract", SIMULATED)
    summary = Xml.SubElement(info, "sumDscr")
    for event, day in (("start", first), ("end", last)):
        if day:
            add(summary, "collDate", day.isoformat(), {"event": event, "date": day.isoformat()})
    collection = Xml.SubElement(Xml.SubElement(node, "method"), "dataColl")
    in_every_language(collection, "sampProc", SAMPLING)
    in_every_language(collection, "collMode", MODE)
    for language, notes in responses.notes.items():
        for note in notes:
            add(node, "notes", note, {LANGUAGE: language})


def file(node: Xml.Element, responses: Responses) -> None:
    told = Xml.SubElement(node, "fileTxt")
    add(told, "fileName", "responses.csv")
    dimensions = Xml.SubElement(told, "dimensns")
    add(dimensions, "caseQnty", str(len(responses)))
    add(dimensions, "varQnty", str(len(responses.columns)))
    add(told, "fileType", "text/csv", {"charset": "UTF-8"})


def variable(parent: Xml.Element, column: Column, number: int, responses: Responses) -> None:
    numeric = column.type in {"code", "number"}
    node = Xml.SubElement(
        parent,
        "var",
        ID=f"V{number}",
        name=column.name,
        files="F1",
        intrvl=INTERVALS.get(column.type, "contin"),
        nature=NATURES[column.measure],
    )
    in_every_language(node, "labl", column.label)
    if column.question:
        asked = Xml.SubElement(node, "qstn", ID=f"Q{number}")
        in_every_language(asked, "qstnLit", column.label)
    if column.missing:
        invalid = Xml.SubElement(node, "invalrng")
        for code in column.missing:
            Xml.SubElement(invalid, "item", VALUE=str(code))
    categories(node, column, responses)
    Xml.SubElement(node, "varFormat", type="numeric" if numeric else "character")


def categories(node: Xml.Element, column: Column, responses: Responses) -> None:
    """Every code with its words, and how often it was answered where it is an answer."""
    found = counted(responses, column)["codes"] if column.question and column.type == "code" else {}
    for code, label in column.values.items():
        category = Xml.SubElement(node, "catgry", missing="Y" if code in column.missing else "N")
        add(category, "catValu", str(code))
        in_every_language(category, "labl", label)
        if found:
            add(category, "catStat", str(found[str(code)]), {"type": "freq"})


def in_every_language(parent: Xml.Element, tag: str, text: Text) -> None:
    for language, words in text.items():
        add(parent, tag, words, {LANGUAGE: language})


def add(parent: Xml.Element, tag: str, text: str, attributes: Mapping[str, Any] | None = None) -> None:
    Xml.SubElement(parent, tag, dict(attributes or {})).text = UNPRINTABLE.sub("", text)
