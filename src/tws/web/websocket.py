"""The WebSocket of the live stream: who may open it, the hello, and then whom the page shows.

Close codes: 4401 signed out, 1008 the client said something it should not, 1013 try again later
(after a `restart`, or when there are too many), 4409 the stream was resumed on another connection.
"""

import asyncio

import msgspec
from fastapi import WebSocket

from tws.organisation.actor import Actor
from tws.storage import StorageUnavailable
from tws.undecodable import UNDECODABLE
from tws.web.errors import REFUSED, problem
from tws.web.identity import comes_by_cookie, from_elsewhere, rooms_of, token_of, where_from
from tws.web.live.connections import Connections
from tws.web.live.frames import LiveHello, LiveSight, LiveWatch
from tws.web.live.hub import Hub
from tws.web.live.stream import Stream
from tws.web.live.wire import EXTENSION, SIGNED_OUT, TRY_AGAIN, LiveProtocol

POLICY = 1008
"Close code of RFC 6455: a message that violates policy."
PATH = "/live"
PAUSE = 0.05
"Seconds before the next message of a client is heard: nobody can ask faster than it is answered."
_hello = msgspec.json.Decoder(LiveHello)
_later: msgspec.json.Decoder[LiveWatch | LiveSight] = msgspec.json.Decoder(LiveWatch | LiveSight)


async def live(websocket: WebSocket) -> None:
    if comes_by_cookie(websocket) and from_elsewhere(websocket):
        websocket.scope[REFUSED] = "foreignOrigin", None
        await websocket.send_denial_response(
            problem("foreignOrigin", "This connection was asked for by a page of another site.")
        )
        return
    wire = websocket.scope["extensions"][EXTENSION]
    assert isinstance(wire, LiveProtocol)
    await websocket.accept()
    hub = websocket.app.state.hub
    assert isinstance(hub, Hub)
    hello = await _greeting(websocket, hub.limits.hello)
    if hello is None:
        wire.leave(None, POLICY, "say hello first")
        return
    token = token_of(websocket)
    try:
        actor = None if token is None else await _whoever_shows(websocket, token)
    except StorageUnavailable:
        wire.leave(None, TRY_AGAIN, "the database is away")
        return
    if token is None or actor is None:
        wire.leave(None, SIGNED_OUT, "signed out")
        return
    if not rooms_of(websocket).live.started:
        wire.leave(None, TRY_AGAIN, "the live stream is stopped")
        return
    # A program that listens does not sit at the desk.
    page, address = comes_by_cookie(websocket), where_from(websocket)
    connections = hub.connections
    stream = connections.open(token, actor, hello, wire, page=page, address=address)
    del hello  # it would be held as long as the connection
    if stream is None:
        return
    try:
        while await _heard(websocket, connections, stream, wire):
            pass
    finally:
        connections.lost(stream, wire)


async def _heard(
    websocket: WebSocket, connections: Connections, stream: Stream, wire: LiveProtocol
) -> bool:
    """Take the next word of a client, and pause; False: there is none, or none that is expected.
    What it said is held no longer than that."""
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        return False
    told = said(message.get("text") or "")
    if told is None:
        wire.leave(None, POLICY, "nothing but whom to watch, or by whom, is expected")
        return False
    if isinstance(told, LiveWatch):
        connections.watch(stream, told.users)
    else:
        connections.attendance.look(stream, told.visible)
    await asyncio.sleep(PAUSE)
    return True


async def _whoever_shows(websocket: WebSocket, token: str) -> Actor | None:
    return await rooms_of(websocket).access.sessions.whoever_shows(token)


async def _greeting(websocket: WebSocket, seconds: float) -> LiveHello | None:
    """The first message; None when it is not a hello, or does not come."""
    try:
        async with asyncio.timeout(seconds):
            message = await websocket.receive()
    except TimeoutError:
        return None
    return hello_of(message.get("text") or "")


def hello_of(text: str) -> LiveHello | None:
    """The first message of a client; None: it is another one, or none."""
    try:
        return _hello.decode(text)
    except UNDECODABLE:
        return None


def said(text: str) -> LiveWatch | LiveSight | None:
    """A later one; None: it is another one, or none."""
    try:
        return _later.decode(text)
    except UNDECODABLE:
        return None
