"""The nodes of one server, as far as a house knows of them: who is there, and who does what."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tws.telephony.holding import Holding
from tws.telephony.model import LinkId


class Nodes(Protocol):
    """Seen from one of them."""

    @property
    def name(self) -> str:
        """Of this one."""

    @property
    def links(self) -> Holding:
        """Which links are this one's."""

    @property
    def works(self) -> bool:
        """Whether what is done once for all is done here."""

    @property
    def worker(self) -> str | None:
        """The node that does it; None: none, or nobody knows."""

    @property
    def nodes(self) -> Sequence[str]: ...

    @property
    def owners(self) -> Mapping[LinkId, str]:
        """Link -> the node that holds it."""

    @property
    def reached(self) -> bool:
        """Whether others can be heard now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What a node asks of its house. `let_go` writes what is to be written of a link before
    another node has it; `begin_work` and `leave_work`: of the parts that one node has; `reread`
    makes memory true again where news were missed."""

    let_go: Callable[[LinkId], Awaitable[None]]
    begin_work: Callable[[], Awaitable[None]]
    leave_work: Callable[[], Awaitable[None]]
    reread: Callable[[], Coroutine[Any, Any, None]]
    clock: Callable[[], datetime]
