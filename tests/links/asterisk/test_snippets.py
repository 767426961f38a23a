"""`tws snippets` prints what an administrator pastes beneath an ordinary configuration."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from tests.house.commands import tws
from tests.links.asterisk.pump import Pump
from tests.peers import require_peer
from tests.peers.asterisk import Asterisk, running_asterisk
from tws.telephony.event_reports import LinkStarted, LinkStopped

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.peer("asterisk")]

OF_THE_TESTS = "[general](+)"
"Where the part of TWS begins in the manager.conf of the tests."


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pbx() -> AsyncIterator[Asterisk]:
    require_peer("asterisk")
    async with running_asterisk() as running:
        yield running


async def paste(pbx: Asterisk, *options: str) -> None:
    """Append what the command prints to a plain manager.conf, and let Asterisk read it."""
    given = ("--dialect=asterisk", "--user=desk", "--secret=hush", "--file=manager.conf")
    printed = await tws("snippets", *given, *options)
    assert (printed.code, printed.error) == (0, "")
    conf = pbx.folder / "etc/manager.conf"
    plain, _, _ = conf.read_text().partition(OF_THE_TESTS)
    conf.write_text(plain + printed.out)
    await pbx.cli("manager reload")


async def comes_to(pbx: Asterisk, kind: type[LinkStarted] | type[LinkStopped]) -> object:
    pump = Pump(replace(pbx.settings, user="desk", password="hush"))
    pump.start()
    try:
        return await pump.event(kind)
    finally:
        await pump.stop()


async def test_the_manager_user_connects_once_the_text_is_appended(pbx: Asterisk) -> None:
    await paste(pbx, "--host=127.0.0.1")
    await comes_to(pbx, LinkStarted)
    (line,) = [
        x for x in (await pbx.cli("manager show settings")).splitlines() if "Channel vars" in x
    ]
    assert line.split()[-1] == "TWS_CALL"


async def test_the_user_is_admitted_from_the_addresses_that_were_named(pbx: Asterisk) -> None:
    await paste(pbx, "--from=192.0.2.10")
    stopped = await comes_to(pbx, LinkStopped)
    assert isinstance(stopped, LinkStopped) and "Authentication failed" in str(stopped.why)
    await paste(pbx, "--from=192.0.2.10", "--from=127.0.0.1", "--from=2001:db8::1")
    await comes_to(pbx, LinkStarted)


async def test_the_dialplan_is_read_beneath_one_that_is_there(pbx: Asterisk) -> None:
    """All of it, the example too: it changes nothing of the site's own contexts."""
    before = await pbx.cli("dialplan show internal")
    printed = await tws(
        "snippets", "--dialect=asterisk", "--context=internal", "--file=extensions.conf"
    )
    conf = pbx.folder / "etc/extensions.conf"
    conf.write_text(conf.read_text().partition("\n[cti]\n")[0] + "\n" + printed.out)
    assert "[cti]" in printed.out and "[tws-user]" in printed.out
    await pbx.cli("dialplan reload")
    assert "'hold'" in await pbx.cli("dialplan show cti")
    assert contents(await pbx.cli("dialplan show internal")) == contents(before)


def contents(shown: str) -> list[str]:
    """The extensions and includes of a context, without the counts above and below."""
    return [line for line in shown.splitlines() if "=>" in line]
