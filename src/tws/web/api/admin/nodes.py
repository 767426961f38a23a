"""The nodes of this server, for who looks after it: who is there, what each holds, how far behind
it is (10.4)."""

from datetime import datetime
from typing import Annotated

from fastapi import Response
from msgspec import Meta

from tws.maintenance.nodes import NodeStanding, Standing
from tws.organisation.registry import Registry
from tws.telephony.model import LinkId
from tws.web.answers import answer, answers
from tws.web.identity import Administrator, InRooms
from tws.web.operation import Operations
from tws.web.shown.values import Value

router = Operations("/admin", tags=["administration"])


class NodeLinkValue(Value):
    id: str
    name: str


class NodeValue(Value):
    """One process of this server; what it does not say is null while it does not answer."""

    name: str
    here: Annotated[bool, Meta(description="The one that was asked.")]
    answers: bool
    version: str | None
    started: datetime | None
    works: Annotated[bool, Meta(description="It does what one node does for all.")]
    links: Annotated[list[NodeLinkValue], Meta(description="Those that it holds.")]
    pages: Annotated[int | None, Meta(description="Live streams open at it.")]
    database: Annotated[bool | None, Meta(description="Whether its database answers.")]
    milliseconds: Annotated[float | None, Meta(description="Until it answered.")]
    behind: Annotated[int | None, Meta(description="News of others not heard there yet.")]


class NodesValue(Value):
    several: Annotated[bool, Meta(description="Whether there can be more than this one.")]
    reached: Annotated[bool, Meta(description="Whether they can hear each other now.")]
    nodes: list[NodeValue]
    unheld: Annotated[list[NodeLinkValue], Meta(description="Links that no node holds.")]


@router.get(
    "/nodes",
    operation_id="listNodes",
    responses=answers(NodesValue, "notSignedIn", "notAllowed"),
)
async def list_nodes(rooms: InRooms, admin: Administrator) -> Response:
    """The nodes of this server, and which links each of them holds; for super users."""
    standing = await rooms.nodes.standing(admin)
    return answer(_shown(standing, rooms.registry))


def _shown(standing: Standing | None, registry: Registry) -> NodesValue:
    if standing is None:
        return NodesValue(several=False, reached=True, nodes=[], unheld=[])
    return NodesValue(
        several=True,
        reached=standing.reached,
        nodes=[_node(one, registry) for one in standing.nodes],
        unheld=[_link(id, registry) for id in standing.unheld],
    )


def _node(one: NodeStanding, registry: Registry) -> NodeValue:
    info = one.info
    return NodeValue(
        name=one.name,
        here=one.here,
        answers=info is not None,
        version=None if info is None else info.version,
        started=None if info is None else info.started,
        works=info is not None and info.works,
        links=[] if info is None else [_link(id, registry) for id in info.links],
        pages=None if info is None else info.pages,
        database=None if info is None else info.database,
        milliseconds=None if one.seconds is None else round(one.seconds * 1000, 2),
        behind=one.behind,
    )


def _link(id: LinkId, registry: Registry) -> NodeLinkValue:
    row = registry.links.get(id)
    return NodeLinkValue(id=id, name=id if row is None else row.name)
