"""Telephony requests under way: sent, and not yet answered by the PBX."""

import asyncio
from typing import Any

import httpx

from tests.web.house import House
from tws.telephony.commands import Command


async def begin(
    house: House, client: httpx.AsyncClient, name: str, body: dict[str, Any], **headers: str
) -> "asyncio.Task[httpx.Response]":
    """Send a request that the PBX will have to answer."""
    sending = client.post(f"telephony/{name}", json=body, headers=headers)
    return asyncio.create_task(sending)


def asked_for(house: House, kind: type[Command[Any]]) -> int:
    """How often the PBX was asked."""
    return sum(isinstance(command, kind) for command in house.pbx().asked)
