"""Accounts with people outside: they go with all that is of them, and many that fail are seen."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.web.house import PAPER, running_house
from tests.web.outside import state
from tests.web.problems import problem
from tests.web.test_doctor import examined
from tws.maintenance.checks.messaging import MANY
from tws.messaging.external import store
from tws.messaging.external.model import OpenedAccount
from tws.messaging.external.network import Hearer, Line
from tws.register import NotInstalled
from tws.storage import StorageUnavailable, Transaction


def not_installed(account: OpenedAccount, hearer: Hearer) -> Line:
    raise NotInstalled("Not installed: install tws[xmpp].")


async def test_an_account_goes_with_all_or_stays_with_all(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = replace(PAPER, external_chat=not_installed)
    async with running_house(database, outside=outside) as house:
        await house.parameter("AuthorizedExternalChat", True, "alice")
        alice, row = await house.sign_in("alice"), house.users["alice"]
        body = {"address": "alice@there.example", "password": "sesame0outside"}
        assert (await alice.put("external-chat/account", json=body)).status_code == 200
        for name in ("one", "two"):
            address = f"{name}@there.example"
            await house.rooms.external.book.add(row.id, row.company, address, "", asked_for=True)

        async def seen() -> tuple[bool, int]:
            found = (await alice.get("external-chat")).json()
            return found["account"] is not None, len(found["contacts"])

        delete = store.contacts.delete

        async def away(tx: Transaction, contact: Any) -> None:
            if contact.address.startswith("two"):
                raise StorageUnavailable("away")
            await delete(tx, contact)

        with monkeypatch.context() as broken:
            broken.setattr(store.contacts, "delete", away)
            problem(await alice.delete("external-chat/account"), 503, "unavailable")
        assert await seen() == (True, 2)
        assert (await alice.delete("external-chat/account")).status_code == 204
        assert await seen() == (False, 0)


async def test_many_that_are_not_connected_are_seen(database: Path) -> None:
    outside = replace(PAPER, external_chat=not_installed)
    async with running_house(database, outside=outside) as house:
        admin, other = [await house.administrator(one) for one in ("SSDEI", "Other")]
        for many, name in enumerate(("alice", "bob", "carol"), 1):
            await house.parameter("AuthorizedExternalChat", True, name)
            body = {"address": f"{name}@there.example", "password": "sesame0outside"}
            client = await house.sign_in(name)
            async with house.page(client) as page:
                assert (await client.put("external-chat/account", json=body)).status_code == 200
                await page.until(lambda page: state(page) == "refused")
            [found] = (await examined(admin))["externalChat"]
            assert found["outcome"] == ("ok" if many < MANY else "warning")
        [found] = (await examined(admin))["externalChat"]
        assert found["said"]["words"] == (
            "3 of 3 accounts with there.example are not connected:"
            " Not installed: install tws[xmpp]."
        )
        assert found["company"] == house.companies["SSDEI"].id
        [theirs] = (await examined(other))["externalChat"]
        assert theirs["outcome"] == "ok"
        await (await house.administrator("all")).post("admin/services/externalChat/stop")
        [found] = (await examined(admin))["externalChat"]
        assert found["outcome"] == "ok"  # that it does not run is another finding
