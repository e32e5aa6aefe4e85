"""What DDI-Codebook 2.5 asks of a document, for the elements that we write: order, number, attributes, words.

Written down from the published field-level documentation. The schema itself (LGPL, 400 kB and three more of W3C and
Dublin Core) is not kept here, and nothing here needs a network.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

NAMESPACE = "{ddi:codebook:2_5}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
EVERYWHERE = {"ID", LANGUAGE, "source", "elementVersion", "elementVersionDate", "ddiLifecycleUrn", "ddiCodebookUrn"}
NAME = re.compile(r"[A-Za-z_][\w.-]*")
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

# The order of all children that an element may have; `!` exactly one, `?` at most one, `+` at least one.
CHILDREN = {
    "codeBook": "docDscr stdyDscr+ fileDscr dataDscr otherMat",
    "stdyDscr": "citation+ studyAuthorization stdyInfo studyDevelopment method dataAccs othrStdyMat notes",
    "citation": "titlStmt! rspStmt? prodStmt? distStmt? serStmt verStmt biblCit holdings notes",
    "titlStmt": "titl! subTitl altTitl parTitl IDNo",
    "rspStmt": "AuthEnty othId",
    "stdyInfo": "studyBudget subject abstract sumDscr qualityStatement? notes exPostEvaluation",
    "sumDscr": "timePrd collDate nation geogCover geogUnit geoBndBox? boundPoly anlyUnit universe dataKind",
    "method": "dataColl notes anlyInfo? stdyClas dataProcessing codingInstructions",
    "dataColl": "timeMeth dataCollector collectorTraining frequenc sampProc sampleFrame targetSampleSize deviat"
    " collMode resInstru instrumentDevelopment sources? collSitu actMin ConOps weight cleanOps",
    "fileDscr": "fileTxt locMap? notes",
    "fileTxt": "fileName fileCitation? dataFingerprint fileCont fileStrc? dimensns? fileType format filePlac dataChck"
    " ProcStat dataMsng software verStmt",
    "dimensns": "caseQnty varQnty logRecL recPrCas recNumTot",
    "dataDscr": "varGrp nCubeGrp var nCube notes",
    "var": "location labl imputation security embargo respUnit anlysUnit qstn valrng invalrng undocCod universe"
    " TotlResp sumStat txt stdCatgry catgryGrp catgry codInstr verStmt concept derivation? varFormat? geoMap"
    " catLevel notes",
    "qstn": "preQTxt qstnLit postQTxt forward backward ivuInstr",
    "invalrng": "item range key notes",
    "catgry": "catValu? labl txt catStat mrow?",
}
ATTRIBUTES = {
    "codeBook": "version codeBookAgency",
    "collDate": "date event cycle",
    "fileType": "charset",
    "var": "name wgt files dcml intrvl nature scale origin additivity temporal geog catQnty representationType",
    "item": "UNITS VALUE",
    "catgry": "missing missType country sdatrefs excls catgry level",
    "catStat": "type otherType URI methrefs wgtd weight sdatrefs",
    "varFormat": "type formatname schema otherSchema category otherCategory URI",
    "labl": "level vendor country sdatrefs",
}
WORDS = {
    ("codeBook", "version"): "2.5",
    ("collDate", "event"): "start end single",
    ("var", "intrvl"): "contin discrete",
    ("var", "nature"): "nominal ordinal interval ratio percent other",
    ("catgry", "missing"): "Y N",
    ("catStat", "type"): "freq percent crosstab other",
    ("varFormat", "type"): "numeric character",
    ("varFormat", "schema"): "SAS SPSS IBM ANSI ISO XML-Data other",
}
NAMED = {("varFormat", "schema"): "otherSchema", ("catStat", "type"): "otherType"}
"""Where the word `other` stands in one attribute, another one names what it is."""
REQUIRED = {"var": ("name",), "item": ("VALUE",), "codeBook": ("version",)}


def faults(root: Xml.Element) -> list[str]:
    """Everything that is not as it should be; none for a document that an archive can read."""
    ids = [each.get("ID", "") for each in root.iter() if each.get("ID")]
    found = [f"two of {name}" for name in {name for name in ids if ids.count(name) > 1}]
    found += [f"{name} is no ID" for name in ids if not NAME.fullmatch(name)]
    if root.tag != f"{NAMESPACE}codeBook":
        found.append(f"{root.tag} at the root")
    for element in root.iter():
        name = local(element)
        found += [f"{name}: {fault}" for fault in (*of_children(element, name), *of_attributes(element, name, ids))]
    return found


def local(element: Xml.Element) -> str:
    return element.tag.removeprefix(NAMESPACE)


def of_children(element: Xml.Element, name: str) -> Iterator[str]:
    children = [local(child) for child in element]
    if name not in CHILDREN:
        if children:
            yield f"children {children}"
        return
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        yield "text between elements"
    allowed = {word.rstrip("!?+"): word[-1] for word in CHILDREN[name].split()}
    order = list(allowed)
    if unknown := [child for child in children if child not in allowed]:
        yield f"unknown {unknown}"
        return
    if sorted(children, key=order.index) != children:
        yield f"order {children}"
    for child, number in allowed.items():
        count = children.count(child)
        if (number in "!+" and count < 1) or (number in "!?" and count > 1):
            yield f"{count} of {child}"


def of_attributes(element: Xml.Element, name: str, ids: list[str]) -> Iterator[str]:
    allowed = EVERYWHERE | set(ATTRIBUTES.get(name, "").split()) | ({LOCATION} if name == "codeBook" else set())
    for key, value in element.attrib.items():
        if key not in allowed:
            yield f"attribute {key}"
        if (name, key) in WORDS and value not in WORDS[name, key].split():
            yield f"{key} {value!r}"
        if value == "other" and (named := NAMED.get((name, key))) and named not in element.attrib:
            yield f"{key} without {named}"
    if missing := [key for key in REQUIRED.get(name, ()) if not element.get(key)]:
        yield f"without {missing}"
    if unknown := [each for each in element.get("files", "").split() if each not in ids]:
        yield f"files {unknown}"
    if not DAY.fullmatch(element.get("date", "2026")):
        yield f"date {element.get('date')!r}"
    if name in {"caseQnty", "varQnty"} and not (element.text or "").isdecimal():
        yield f"number {element.text!r}"
