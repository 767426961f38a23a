"""What a service operation can answer instead of doing it. The web turns each into one
problem+json.

NotFound also stands for "not yours": the two must not be told apart.
"""

from collections.abc import Mapping

from tws.sentences import Sentence, said, sentence


class ServiceError(Exception):
    """`code` is stable and for programs; the message is for people; `details` are more fields for
    both. `why` says with its `parameters` for pages what the message says in English; one of
    them may be a `Sentence`.
    """

    code = "error"

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.why, self.parameters = details.pop("why", None), details.pop("parameters", None)
        self.details = details

    @property
    def said(self) -> Sentence:
        """The message, with its template where it has one."""
        given = self.parameters.get("said") if isinstance(self.parameters, Mapping) else None
        if not isinstance(given, Sentence):
            return said(self.message)
        field = str(self.details.get("field", "")).rpartition(".")[2]
        if self.message == f"{field}: {given}":
            return sentence("{field}: {what}", field=field, what=given)
        return given


class NotFound(ServiceError):
    code = "notFound"


class NotAllowed(ServiceError):
    """The actor sees the thing but may not do this; `why` is the reason, stable and for programs
    too."""

    code = "notAllowed"

    def __init__(self, message: str, *, why: str, **details: object) -> None:
        super().__init__(message, why=why, **details)


class Invalid(ServiceError):
    """The request's content can't be right; `field` names what."""

    code = "invalid"


class Conflict(ServiceError):
    """It clashes with what exists: a name taken, a row changed meanwhile (`version`), something
    still in use.
    """

    code = "conflict"


class Unavailable(ServiceError):
    """Try again later: the database is away, the link is down."""

    code = "unavailable"


class TooMany(ServiceError):
    """Slow down; `retry_after` in seconds."""

    code = "tooMany"


def invalid(what: Sentence, **details: object) -> Invalid:
    """In a sentence that pages say in their language."""
    return Invalid(str(what), why="said", parameters={"said": what}, **details)


def conflict(what: Sentence, **details: object) -> Conflict:
    """The same of what clashes with what is there."""
    return Conflict(str(what), why="said", parameters={"said": what}, **details)


def missing(kind: str, field: str | None = None) -> NotFound:
    """The same words for what is not there and for what is another company's."""
    return NotFound(f"There is no such {kind}.", **({} if field is None else {"field": field}))


def stopped(service: str) -> Unavailable:
    """Of a part of the server that was stopped on purpose."""
    return Unavailable(
        f"The service {service} is stopped: start it on the page of services.",
        why="serviceStopped",
        parameters={"service": service},
    )
