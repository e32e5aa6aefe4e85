"""What each column means: as JSON for programs, as Markdown for people, both by the list that makes the files."""

import json
from typing import Any

from apps.reports.exports.columns import Column, missing_kinds
from apps.reports.exports.responses import Responses
from apps.reports.exports.wording import HEADINGS, NOT_SHOWN, SIMULATED, TYPES, said

FORMAT = "toikake-responses/1"


def codebook(responses: Responses) -> dict[str, Any]:
    first, last = responses.period
    return {
        "format": FORMAT,
        "inquiry": responses.inquiry.slug,
        "title": dict(responses.inquiry.title),
        "responses": len(responses),
        "simulated": responses.simulated,
        "warning": dict(SIMULATED) if responses.simulated else None,
        "raw_text": responses.raw_text,
        "first_day": first and first.isoformat(),
        "last_day": last and last.isoformat(),
        "versions": [{"number": each.number, "sha256": each.sha256} for each in responses.instruments],
        "columns": [described(column) for column in responses.columns],
        "notes": {language: list(notes) for language, notes in responses.notes.items()},
    }


def described(column: Column) -> dict[str, Any]:
    kinds = missing_kinds(column)
    values = [
        {"code": code, "label": dict(label), "missing": kinds.get(code), "retired": code in column.retired}
        for code, label in column.values.items()
    ]
    return {
        "name": column.name,
        "type": column.type,
        "question": column.question or None,
        "label": dict(column.label),
        "measure": column.measure,
        "label_column": f"{column.name}_label" if column.has_label_column else None,
        "values": values,
    }


def as_json(responses: Responses) -> bytes:
    return written_down(codebook(responses))


def written_down(document: object) -> bytes:
    """JSON that a person can read, always with the same bytes."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def as_markdown(responses: Responses, language: str) -> bytes:
    words = HEADINGS[language]
    lines = [f"# {words['codebook']}: {plain(said(responses.inquiry.title, language))}", ""]
    if responses.simulated:
        lines += [f"**{said(SIMULATED, language)}**", ""]
    versions = ", ".join(str(each.number) for each in responses.instruments)
    lines += [f"- {words['responses']}: {len(responses):,}", f"- {words['period']}: {period(responses)}"]
    lines += [f"- {words['versions']}: {versions}", ""]
    lines += [f"- {note}" for note in responses.notes[language]]
    for column in responses.columns:
        lines += ["", *section(column, language)]
    return ("\n".join(lines) + "\n").encode()


def period(responses: Responses) -> str:
    first, last = responses.period
    return f"{first.isoformat()} – {last.isoformat()}" if first and last else "–"


def section(column: Column, language: str) -> list[str]:
    """One column: its name, what was asked, what the codes mean."""
    words = HEADINGS[language]
    lines = [f"## {column.name}", "", plain(said(column.label, language)), "", said(TYPES[column.type], language)]
    if not column.values:
        return lines
    lines += ["", f"| {words['code']} | {words['label']} | |", "|---:|---|---|"]
    for code, label in column.values.items():
        marks = [words[mark] for mark, on in marks_of(column, code) if on]
        lines.append(f"| {code} | {plain(said(label, language))} | {', '.join(marks)} |")
    if column.question:
        lines.append(f"|  | {said(NOT_SHOWN, language)} | {words['missing']} |")
    return lines


def marks_of(column: Column, code: int) -> tuple[tuple[str, bool], ...]:
    return (("missing", code in column.missing), ("retired", code in column.retired))


MEANING_SOMETHING = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&\\`*_[]<>|#"})


def plain(text: str) -> str:
    """Words of others inside Markdown: one line, and no sign that means something there."""
    return " ".join(text.split()).translate(MEANING_SOMETHING)
