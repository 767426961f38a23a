"""A link is tried before it is stored: a driver of its own connects, and lets go again.

Nobody is monitored and nothing that the PBX tells is published: what is learnt is whether it can
be reached, takes the account, and which product it is.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from tws.net.carrier import Carrier, CarrierUser
from tws.organisation.actor import Actor
from tws.organisation.drafts import LinkDraft
from tws.organisation.model import Link
from tws.organisation.permission import may_change
from tws.sentences import said, sentence
from tws.telephony.events import LinkStatus, LinkStatusChanged
from tws.telephony.link import LinkDriver
from tws.telephony.model import LinkId, LinkState
from tws.telephony.network import Network
from tws.telephony.supervisor import Supervisor

PATIENCE = 15.0
"Seconds in which a PBX that lets us in has told who it is."
AT_ONCE = 4


class LinkTrials:
    """Raises nothing for a PBX that is not there: that is the answer."""

    def __init__(
        self,
        network: Network,
        *,
        driver: Callable[[Link], LinkDriver],
        carrier: Callable[[Link, CarrierUser], Carrier],
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        patience: float = PATIENCE,
    ) -> None:
        """`driver`: given a link whose secrets are open; ValueError with words."""
        self._network, self._driver, self._carrier = network, driver, carrier
        self._clock, self._new_id, self._patience = clock, new_id, patience
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def run(self, actor: Actor, draft: LinkDraft) -> LinkStatus:
        """How the link stands that a form has. The one that runs with just these settings is not
        called twice: some PBXs let each account in once."""
        may_change(actor, draft.link.company, "link")
        running = self._network.status(LinkId(draft.link.id)) if draft.stored else None
        if running is not None and running.state is LinkState.UP:
            return running
        async with self._turns:
            return await self._tried(draft.link)

    async def _tried(self, link: Link) -> LinkStatus:
        begun = LinkStatus(link=LinkId(link.id), state=LinkState.CONNECTING, since=self._clock())
        try:
            driver = self._driver(link)
        except ValueError as error:
            return replace(begun, state=LinkState.MISCONFIGURED, why=said(str(error)))
        told: asyncio.Queue[LinkStatus] = asyncio.Queue()

        def hear(event: object) -> None:
            if isinstance(event, LinkStatusChanged):
                told.put_nowait(event.status)

        supervisor = Supervisor(
            LinkId(link.id),
            driver=driver,
            carrier=partial(self._carrier, link),
            capacity=1,
            epoch=0,
            known={},
            publish=hear,
            clock=self._clock,
            new_id=self._new_id,
        )
        try:
            await supervisor.start()
            async with asyncio.timeout(self._patience):
                return await _settled(told)
        except TimeoutError:
            return self._late(supervisor.status)
        finally:
            await supervisor.stop()

    def _late(self, status: LinkStatus) -> LinkStatus:
        seconds = round(self._patience)
        if status.state is LinkState.STARTING:
            why = sentence(
                "the PBX was reached, and had not finished letting TWS in after {seconds} s",
                seconds=seconds,
            )
        else:
            why = sentence("nothing was heard from the PBX in {seconds} s", seconds=seconds)
        return replace(status, state=LinkState.DOWN, why=why)


async def _settled(told: asyncio.Queue[LinkStatus]) -> LinkStatus:
    """The first state that is an answer; a link that is down would be dialled again."""
    while True:
        status = await told.get()
        if status.state in (LinkState.UP, LinkState.DOWN, LinkState.MISCONFIGURED):
            return status
