"""Why a source could not be read, as its reader tells it from a process of its own."""

from typing import Literal

from msgspec import Struct

from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

Problem = Literal["unreachable", "refused", "misconfigured"]
PROBLEMS: dict[Problem, type[ConnectorError]] = {
    "unreachable": Unreachable,
    "refused": Refused,
    "misconfigured": Misconfigured,
}


class Failed(Struct, frozen=True, tag="failed"):
    problem: Problem
    words: str
    retry_after: float | None = None
    "Seconds for which the source asks to be left alone."

    def error(self) -> ConnectorError:
        if self.problem == "unreachable":
            return Unreachable(self.words, self.retry_after)
        return PROBLEMS[self.problem](self.words)


def failed(error: ConnectorError) -> Failed:
    match error:
        case Unreachable(retry_after=seconds):
            return Failed("unreachable", str(error), seconds)
        case Refused():
            return Failed("refused", str(error))
        case _:
            return Failed("misconfigured", str(error))
