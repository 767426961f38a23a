"""Asking Asterisk from inside a procedure, and the names of what may be asked."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field

from tws.links.asterisk.running import Late, Refusal, Until
from tws.protocols.ami.message import Unwritable
from tws.protocols.ami.session import Answer
from tws.telephony.model import CallOrigin

Fields = Iterable[tuple[str, str]]


@dataclass(slots=True)
class Line:
    """The way out for procedures. `request` sends one action and gives its id."""

    request: Callable[[str, Fields], str]
    timeout: float
    asked: set[str] = field(default_factory=set)
    answers: dict[str, Answer] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    "The actions that the manager user may send."
    origins: tuple[CallOrigin, ...] = (CallOrigin.ALL,)
    "Of the calls that a forwarding may be for: the dialplan tells them apart."

    def tell(self, action: str, **fields: str) -> None:
        """Send; only the state reached decides."""
        try:
            self.request(action, fields.items())
        except Unwritable as error:
            raise Refusal("invalidParameterValue", str(error)) from error

    def ask(self, action: str, fields: Fields) -> Generator[Until, None, Answer]:
        """Send, and return the `Answer`: raises Refusal when Asterisk says no."""
        try:
            action_id = self.request(action, fields)
        except Unwritable as error:
            raise Refusal("invalidParameterValue", str(error)) from error
        self.asked.add(action_id)
        try:
            ready = Until(
                lambda: action_id in self.answers, f"answer to {action}", self.timeout + 1
            )
            yield ready
            answer = self.answers.pop(action_id)
        finally:
            self.asked.discard(action_id)
            self.answers.pop(action_id, None)
        if answer.message is None:
            raise Late(f"no answer to {action}")
        if not answer.ok:
            raise Refusal(_cause(answer.why), f"{action}: {answer.why}")
        return answer

    def answered(self, answer: Answer) -> bool:
        """Take an answer; False: nobody waits for it."""
        if answer.id not in self.asked:
            return False
        self.answers[answer.id] = answer
        return True

    def clear(self) -> None:
        self.asked.clear()
        self.answers.clear()


def _cause(words: str) -> str:
    """An ECMA-269 error for what Asterisk says in words."""
    lower = words.lower()
    if "permission" in lower:
        return "privilegeViolationSpecifiedDevice"
    if "extension does not exist" in lower:
        return "invalidDestination"
    if "no such channel" in lower or "does not exist" in lower or "not found" in lower:
        return "invalidConnectionID"
    return "generic"
