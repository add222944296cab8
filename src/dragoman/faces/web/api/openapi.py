"""The OpenAPI 3.1 description of the API, and the table of the reference page: both from the table of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata
from typing import Any

from dragoman.faces.web.api.question import BASE, Parameter, Question
from dragoman.faces.web.api.reviewing import DECISIONS, operation
from dragoman.faces.web.api.routes import PAGING, QUESTIONS
from dragoman.faces.web.api.schemas import STRING, Components, Schema, named, record

PROBLEM: Schema = {
    **record(type=STRING, title=STRING, status={"type": "integer"}, detail=STRING, remedy=STRING),
    "description": "RFC 9457: what was found and expected (`detail`), and the next step (`remedy`).",
}
_ITEM = Parameter("item", "An id, as the other answers give it.", required=True)
_ABOUT = (
    "What the pages of the workspace show, as JSON. It is read, but for one address that takes decisions. Every answer has an ETag; asked "
    "again with If-None-Match, it is 304 as long as the case has not changed. HEAD is answered wherever GET is."
)
_TOKEN = "What `dragoman user token NAME --scope read` has shown; needed where the workspace has accounts."
_REFUSALS = {
    "400": "A parameter is not known, is given twice, or makes no sense.",
    "401": "The workspace has accounts, and this is no token of one.", "403": "The token may not ask this.",
    "404": "The case does not have it, or not on that day.",
    "500": "A fault of the workspace.", "503": "The case cannot be opened now; Retry-After tells when to ask again.",
}  # fmt: skip


_NOT_TAKEN = {
    "408": "What was sent came too slowly.", "409": "Somebody else has decided it meanwhile.", "413": "More was sent than any form holds.",
    "415": "It was not sent as a form.",
}  # fmt: skip


def document() -> dict[str, Any]:
    """The description."""
    components = Components()
    components.schemas["Problem"] = PROBLEM
    paths: dict[str, Any] = {BASE + question.path: {"get": _operation(question, components)} for question in QUESTIONS}
    paths[BASE + DECISIONS] = {"post": _deciding()}
    problem = {"content": {"application/problem+json": {"schema": named("Problem")}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "dragoman", "version": metadata.version("dragoman"), "description": _ABOUT},
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": paths,
        "security": [{"token": []}, {}],  # a workspace without accounts asks for none
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _TOKEN}},
            "schemas": components.schemas,
            "responses": {f"Refused{status}": {"description": about, **problem} for status, about in (_REFUSALS | _NOT_TAKEN).items()},
        },
    }


def parameters(question: Question) -> tuple[Parameter, ...]:
    """What a question takes behind the question mark."""
    return question.parameters + (PAGING if question.paged else ())


def _operation(question: Question, components: Components) -> dict[str, Any]:
    inside = [_parameter(_ITEM, "path")] if "{item}" in question.path else []
    same = f" The same as `dragoman {question.command} --format json`." if question.command else ""
    headers = {"ETag": _header("Stands for this state of the case.")}
    if question.paged:
        headers["X-Total-Count"] = _header("How many items there are in all.", {"type": "integer"})
        headers["Link"] = _header('Where the first, last, next and previous parts are: <address>; rel="next".')
    schema = question.shape(components)
    answers: dict[str, Any] = {
        "200": {"description": "The answer.", "headers": headers, "content": {"application/json": {"schema": schema}}},
        "304": {"description": "Nothing has changed."},
    }
    refused = {status: {"$ref": f"#/components/responses/Refused{status}"} for status in _REFUSALS}
    return {
        "operationId": question.name,
        "summary": question.about,
        "description": question.about + same,
        "parameters": inside + [_parameter(one, "query") for one in parameters(question)],
        "responses": {**answers, **refused},
    }


def _deciding() -> dict[str, Any]:
    """The address that takes decisions."""
    told = operation()
    refused = {status: {"$ref": f"#/components/responses/Refused{status}"} for status in (*_REFUSALS, *_NOT_TAKEN)}
    return {**told, "responses": {**told["responses"], **refused}}


def _header(about: str, schema: Schema = STRING) -> dict[str, Any]:
    return {"description": about, "schema": schema}


def _parameter(one: Parameter, place: str) -> dict[str, Any]:
    return {"name": one.name, "in": place, "required": one.required, "description": one.about, "schema": one.schema}


def table() -> str:
    """The addresses as Markdown, for docs/reference/api.md."""
    return "\n".join(_rows()) + "\n"


def _rows() -> Iterator[str]:
    yield "| address | answer | parameters | the same as |"
    yield "| --- | --- | --- | --- |"
    for question in QUESTIONS:
        names = ", ".join(f"`{one.name}`" for one in parameters(question))
        same = f"`dragoman {question.command}`" if question.command else ""
        yield f"| `{question.path}` | {question.about} | {names} | {same} |"
    yield ""
    yield "| parameter | meaning |"
    yield "| --- | --- |"
    told: dict[tuple[str, str], list[str]] = {}
    for question in QUESTIONS:
        for one in parameters(question):
            told.setdefault((one.name, re.sub(r"\|", r"\\|", one.about)), []).append(question.path)
    meanings = [name for name, _ in told]
    for (name, about), paths in told.items():
        where = f" ({', '.join(f'`{path}`' for path in paths)})" if meanings.count(name) > 1 and len(paths) == 1 else ""
        yield f"| `{name}`{where} | {about} |"
