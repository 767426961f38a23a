"""How far the reading of a source has come, and what became of it, whatever is read. Data."""

from enum import StrEnum

from tws.sources.errors import ConnectorError, Refused, Unreachable


class RunState(StrEnum):
    READING = "reading"
    "The source is read; what it fills is as it was."
    ASKING = "asking"
    "It would take away so much that somebody has to say yes."
    MERGING = "merging"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        return self in (RunState.DONE, RunState.FAILED, RunState.CANCELLED)


class RunProblem(StrEnum):
    """Whom a failure is for, or why it was cancelled."""

    UNREACHABLE = "unreachable"
    "The source does not answer: the next run may."
    REFUSED = "refused"
    "Its administrator must allow it."
    MISCONFIGURED = "misconfigured"
    "The form must be mended, or something installed."
    INTERRUPTED = "interrupted"
    "The server stopped, or its disk failed it, while the source was read."
    CHANGED = "changed"
    "The form, or the domain's dial plan, was changed meanwhile: it begins anew."


def problem_of(error: ConnectorError) -> RunProblem:
    match error:
        case Unreachable():
            return RunProblem.UNREACHABLE
        case Refused():
            return RunProblem.REFUSED
        case _:
            return RunProblem.MISCONFIGURED
