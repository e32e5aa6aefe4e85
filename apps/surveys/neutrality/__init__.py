"""Hints for authors: where a question may push its readers, why, and how it could be put instead. They never block."""

from apps.surveys.neutrality.hints import Hint, hints, hints_for_statement

__all__ = ["Hint", "hints", "hints_for_statement"]
