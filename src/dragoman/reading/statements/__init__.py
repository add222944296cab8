"""Statements: who says what, with source, cue and content."""

from dragoman.reading.statements.builder import read_statements

__all__ = ["read_statements"]
