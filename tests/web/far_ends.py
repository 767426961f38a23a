"""The PBX's end of a link of each dialect, on paper: it answers what starts a link, and no more.

What is asked of it afterwards is told by `asked`, and stays unanswered.
"""

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

from tests.telephony.paper import PaperCarrier
from tests.web.house import DEADLINE
from tws.links.asterisk import AsteriskDriver, AsteriskSettings
from tws.links.asterisk.loading import NEEDED
from tws.links.asterisk.operations import ACTIONS
from tws.links.csta_xml import CstaXml
from tws.net.carrier import CarrierUser
from tws.protocols.ami.message import Message as Action
from tws.protocols.ami.reader import Reader
from tws.protocols.csta import J2Framer, Request, Response, read, write
from tws.protocols.csta import messages as m
from tws.telephony.link import LinkDriver


class FarEnd(PaperCarrier):
    """The carrier of one link and who is at its end. `wrong`: the login is refused."""

    peer: ClassVar[str]
    questions: ClassVar[frozenset[str]]
    "What is asked of a PBX that is to make a call."

    def __init__(self, user: CarrierUser) -> None:
        super().__init__(user)
        self.asked: list[str] = []
        self._more = asyncio.Event()

    @staticmethod
    def driver() -> LinkDriver:
        raise NotImplementedError

    def send(self, peer: str, data: bytes) -> None:
        self.take(data)
        self._more.set()

    def take(self, data: bytes) -> None:
        raise NotImplementedError

    def connect(self) -> None:
        """The connection is there; nothing has been answered yet."""
        self.asked.clear()
        self.user.connected(self.peer)

    def let_in(self) -> None:
        """Answer until the link is up."""
        raise NotImplementedError

    def turn_away(self) -> None:
        """The user or the password is wrong."""
        raise NotImplementedError

    def lose(self) -> None:
        self.user.disconnected(self.peer, "connection reset")

    async def is_asked(self) -> None:
        """Until a call is to be made."""
        async with asyncio.timeout(DEADLINE):
            while not self.questions & set(self.asked):
                self._more.clear()
                await self._more.wait()


class Csta(FarEnd):
    peer = "pbx"
    questions = frozenset({"MakeCall"})
    ANSWERS: ClassVar[dict[type[Request], Response]] = {
        m.StartApplicationSession: m.StartApplicationSessionPosResponse(session_id="1"),
        m.RequestSystemStatus: m.RequestSystemStatusResponse(system_status="normal"),
        m.SystemRegister: m.SystemRegisterResponse(sys_stat_register_id="1"),
        m.GetCSTAFeatures: m.CSTAErrorCode(operation="serviceNotSupported"),
    }

    def __init__(self, user: CarrierUser) -> None:
        super().__init__(user)
        self._framer = J2Framer()
        self._open: list[tuple[int | None, Request]] = []

    @staticmethod
    def driver() -> LinkDriver:
        settings = CstaXml.Settings(host="pbx", port=1, session="on", user="tws", password="x")
        return CstaXml.driver(settings, 0.0)

    def connect(self) -> None:
        self._framer, self._open = J2Framer(), []
        super().connect()

    def take(self, data: bytes) -> None:
        for frame in self._framer.receive(data):
            request = read(frame.body)
            assert isinstance(request, Request)
            self.asked.append(type(request).__name__)
            self._open.append((frame.invoke_id, request))

    def _say(self, answers: dict[type[Request], Response]) -> None:
        waiting, self._open = self._open, []
        for invoke_id, request in waiting:
            if (answer := answers.get(type(request))) is not None:
                data = self._framer.frame(invoke_id or 0, write(answer, 5))
                self.user.received(self.peer, data)

    def let_in(self) -> None:
        for _ in self.ANSWERS:
            self._say(self.ANSWERS)

    def turn_away(self) -> None:
        refused = m.StartApplicationSessionNegResponse(
            error_code=m.SessionError(defined_error="invalidApplicationInfo")
        )
        self._say({m.StartApplicationSession: refused})


class Ami(FarEnd):
    peer = "ami"
    questions = frozenset({"Originate"})

    def __init__(self, user: CarrierUser) -> None:
        super().__init__(user)
        self._open: list[Action] = []

    @staticmethod
    def driver() -> LinkDriver:
        return AsteriskDriver(AsteriskSettings(host="pbx", password="secret"))

    def connect(self) -> None:
        self._open = []
        super().connect()

    def take(self, data: bytes) -> None:
        actions = Reader().feed(b"x\r\n" + data)
        self._open += actions
        self.asked += [action["Action"] for action in actions]

    def _say(self, text: str) -> None:
        self.user.received(self.peer, text.replace("\n", "\r\n").encode())

    def _answer(self, how: Callable[[Action], str]) -> None:
        waiting, self._open = self._open, []
        for action in waiting:
            self._say(how(action).replace("ID\n", f"ActionID: {action['ActionID']}\n", 1))

    def _challenge(self) -> None:
        self._say("Asterisk Call Manager/11.0.0\n")
        self._answer(lambda _: "Response: Success\nID\nChallenge: 1\n\n")

    def let_in(self) -> None:
        self._challenge()
        self._answer(lambda _: "Response: Success\nID\n\n")
        self._say("Event: FullyBooted\n\n")
        self._answer(_loaded)

    def turn_away(self) -> None:
        self._challenge()
        self._answer(lambda _: "Response: Error\nID\nMessage: Authentication failed\n\n")


def _loaded(action: Action) -> str:
    """An Asterisk that allows everything and has no channel."""
    match action["Action"]:
        case "ListCommands":
            allowed = sorted(NEEDED.union(*ACTIONS.values()))
            return "Response: Success\nID\n" + "".join(f"{a}: x\n" for a in allowed) + "\n"
        case "CoreSettings":
            return "Response: Success\nID\n\n"
        case name:
            end = f"Event: {name}Complete\nActionID: {action['ActionID']}\n"
            return f"Response: Success\nID\nEventList: start\n\n{end}EventList: Complete\n\n"


FAR_ENDS: dict[str, type[Any]] = {"csta_xml": Csta, "asterisk": Ami}
