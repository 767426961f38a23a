"""Why a source could not be read, as its reader tells it from a process of its own."""

from typing import Literal

from msgspec import Struct

from tws.sentences import Sentence
from tws.sources.errors import ConnectorError, Misconfigured, Refused, Unreachable

Problem = Literal["unreachable", "refused", "misconfigured"]
PROBLEMS: dict[Problem, type[ConnectorError]] = {
    "unreachable": Unreachable,
    "refused": Refused,
    "misconfigured": Misconfigured,
}


class Failed(Struct, frozen=True, tag="failed"):
    problem: Problem
    said: Sentence
    retry_after: float | None = None
    "Seconds for which the source asks to be left alone."

    def error(self) -> ConnectorError:
        if self.problem == "unreachable":
            return Unreachable(self.said, retry_after=self.retry_after)
        return PROBLEMS[self.problem](self.said)


def failed(error: ConnectorError) -> Failed:
    match error:
        case Unreachable(retry_after=seconds):
            return Failed("unreachable", error.said, seconds)
        case Refused():
            return Failed("refused", error.said)
        case _:
            return Failed("misconfigured", error.said)
