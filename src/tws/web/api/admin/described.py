"""What the operations on rows have in common: parameters, and what they answer."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query

from tws.web.answers import Described, answers

InCompany = Annotated[str | None, Query(description="Only of this company, by id.")]
InDomain = Annotated[str | None, Query(description="Only of this domain, by id.")]
Seen = Annotated[int, Query(ge=0, description="The version that you saw.")]


@dataclass(frozen=True)
class Everywhere:
    """All rows that the actor manages."""


@dataclass(frozen=True)
class OfCompany:
    company: InCompany = None


@dataclass(frozen=True)
class OfDomain(OfCompany):
    domain: InDomain = None


LOOKING = ("notSignedIn", "notAllowed")
CHANGING = (*LOOKING, "badRequest", "notFound", "conflict", "invalid", "unavailable")


def listed(kind: Any) -> Described:
    return answers(list[kind], *LOOKING, "invalid")


def found(kind: Any) -> Described:
    return answers(kind, *LOOKING, "notFound")


def created(kind: Any) -> Described:
    return answers(kind, *CHANGING, status=201, description="Made.")


def changed(kind: Any) -> Described:
    return answers(kind, *CHANGING, description="Changed: the row as it is now.")


DELETED = answers(None, *CHANGING, status=204, description="Deleted.")
