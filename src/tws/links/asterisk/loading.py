"""After a login: everything that Asterisk has now, asked for once and put together."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tws.links.asterisk.channel import PRESENTATION
from tws.links.asterisk.dialplan import MARK, TELLS_ORIGINS, USER
from tws.links.asterisk.line import Fields
from tws.protocols.ami.message import Message
from tws.protocols.ami.session import Answer
from tws.sentences import Sentence, sentence

QUESTIONS: tuple[tuple[str, Fields], ...] = (
    ("ListCommands", ()),
    ("CoreSettings", ()),
    ("BridgeList", ()),
    ("ParkedCalls", ()),
    ("DeviceStateList", ()),
    ("Getvar", (("Variable", f"DIALPLAN_EXISTS({USER},{TELLS_ORIGINS},1)"),)),
    ("Status", (("Variables", f"{MARK},{PRESENTATION}"),)),
)
"Status last: what follows it in the stream is newer than it."
NEEDED = frozenset({"Bridge", "Getvar", "Hangup", "Originate", "Redirect", "Setvar", "Status"})


class Unusable(Exception):
    """This Asterisk can't be worked with as it is set up; in words for the administrator."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(str(said))
        self.said = said


@dataclass(slots=True)
class Loading:
    """The answers so far."""

    names: dict[str, str] = field(default_factory=dict)
    "What was asked, by action id."
    answers: dict[str, Answer] = field(default_factory=dict)

    def ask(self, request: Callable[[str, Fields], str]) -> None:
        for action, fields in QUESTIONS:
            self.names[request(action, fields)] = action

    def take(self, answer: Answer) -> bool:
        """False: it answers something else."""
        if (name := self.names.pop(answer.id, None)) is None:
            return False
        self.answers[name] = answer
        return True

    @property
    def complete(self) -> bool:
        return not self.names

    def items(self, action: str) -> tuple[Message, ...]:
        return self.answers[action].items

    def allowed(self) -> frozenset[str]:
        """The actions that the user may send. Raises Unusable where some must not be missing."""
        message = self.answers["ListCommands"].message
        if message is None or not message.ok:
            raise Unusable(
                sentence("Asterisk does not say which commands this manager user may send")
            )
        allowed = frozenset(key for key, _ in message.fields)
        if missing := sorted(NEEDED - allowed):
            raise Unusable(
                sentence(
                    "the manager user may not send {actions}:"
                    " write=system,call,originate,reporting is missing in manager.conf",
                    actions=", ".join(missing),
                )
            )
        if not self.answers["Status"].ok:
            said = self.answers["Status"].why
            raise Unusable(sentence("Asterisk does not list its channels: {said}", said=said))
        return allowed

    def version(self) -> str | None:
        message = self.answers["CoreSettings"].message
        number = message["AsteriskVersion"] if message else ""
        return f"Asterisk {number}" if number else None

    def tells_origins(self) -> bool:
        """Whether the dialplan obeys forwardings of internal or external calls only."""
        message = self.answers["Getvar"].message
        return message is not None and message["Value"] == "1"

    def lots(self) -> set[str]:
        """Bridges that only hold."""
        return {
            item["BridgeUniqueid"]
            for item in self.items("BridgeList")
            if item["BridgeTechnology"] == "holding_bridge"
        }
