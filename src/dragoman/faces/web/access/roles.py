"""What a visitor may do: four roles, each of which may do what those before it may; and the scopes of tokens, one for each role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Role = Literal["reader", "reviewer", "editor", "admin"]
Scope = Literal["read", "review", "edit", "admin"]

ROLES: tuple[Role, ...] = ("reader", "reviewer", "editor", "admin")
MAY: Mapping[Role, str] = {
    "reader": "may look at everything",
    "reviewer": "may look at everything, decide what waits for review, and keep alerts",
    "editor": "may look at everything, decide, and correct",
    "admin": "may look at everything, decide, correct, and see who did what",
}
SCOPES: Mapping[Scope, Role] = {"read": "reader", "review": "reviewer", "edit": "editor", "admin": "admin"}


def allows(role: Role, needed: Role) -> bool:
    """Whether somebody of a role may do what `needed` may."""
    return ROLES.index(role) >= ROLES.index(needed)


def lesser(one: Role, other: Role) -> Role:
    """The role that may do less: what a token may is what its scope and its owner's role both allow."""
    return one if allows(other, one) else other
