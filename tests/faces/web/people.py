"""Somebody of each role, and how they come in."""

from __future__ import annotations

from pathlib import Path

from httpx import Response
from starlette.testclient import TestClient

from dragoman.faces.web.access import accounts, passwords, tokens
from dragoman.faces.web.access.house import House
from dragoman.faces.web.access.roles import ROLES, Role, Scope
from tests.faces.web.markup import seen

PASSWORD = "four quite random words"
NAMES: dict[Role, str] = {"reader": "Rolf Reader", "reviewer": "Vera Viewer", "editor": "Edda Editor", "admin": "Ada Admin"}


def settle(place: Path) -> House:
    """A house with somebody of each role."""
    house = House(place)
    kept = passwords.hashed(PASSWORD, "")
    for role in ROLES:
        accounts.add(house, NAMES[role], role, kept)
    return house


def token_on(page: str) -> str:
    """The token of the forms on a page."""
    found = {field.get("value", "") for field in seen(page).all("input") if field.get("name") == "token"}
    assert len(found) == 1, found
    return found.pop()


def sign_in(client: TestClient, name: str, password: str = PASSWORD, to: str = "") -> Response:
    """Signs in as a browser does."""
    shown = client.get("/sign-in", params={"to": to} if to else {})
    form = {field["name"]: field.get("value", "") for field in seen(shown.text).all("input") if field.get("name")}
    return client.post("/sign-in", data={**form, "name": name, "password": password})


def bearer(house: House, name: str, scope: Scope) -> dict[str, str]:
    """What a program sends that has a token of somebody."""
    return {"Authorization": f"Bearer {tokens.make(house, name, scope)[1]}"}
