"""The nodes of one server: whether they hear each other, and hold every link between them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from tws.maintenance.findings import Check, Finding, Running, Severity, Sight
from tws.maintenance.nodes import Standing
from tws.organisation.model import Link
from tws.sentences import Sentence, sentence

PASSING = timedelta(seconds=15)
"What a node held is another's within less; NATS is reached again, too."


async def nodes(sight: Sight, running: Running) -> list[Finding]:
    """For super users."""
    standing = await running.nodes.standing(sight.actor)
    if standing is None:
        said = sentence("This server is one node.")
        return [Finding(check=Check.NODES, outcome=Severity.NOT_APPLICABLE, said=said)]
    found = [*among(standing, sight.registry.links)]
    failed = {_key(one) for one in found if one.outcome is Severity.FAILED}
    since = running.nodes.wrong_since(failed, sight.now)
    return [
        replace(one, unsure=sight.now - since[_key(one)] < PASSING) if _key(one) in since else one
        for one in found
    ]


def among(standing: Standing, links: Mapping[str, Link]) -> Iterator[Finding]:
    """Where they cannot be heard nothing else is known of them."""
    if not standing.reached:
        said = sentence("The other nodes cannot be heard: NATS is not reached.")
        todo = sentence("Look whether NATS runs, and whether this machine reaches it.")
        yield _failed(said, todo)
        return
    wrong = [*_silent(standing), *_unheld(standing, links), *_versions(standing)]
    yield from wrong
    if not wrong:
        names = ", ".join(node.name for node in standing.nodes)
        said = sentence("The nodes hear each other: {nodes}.", nodes=names)
        yield Finding(check=Check.NODES, outcome=Severity.OK, said=said)


def _silent(standing: Standing) -> Iterator[Finding]:
    for node in standing.nodes:
        if node.info is None:
            said = sentence("The node {node} does not answer.", node=node.name)
            yield _failed(said, sentence("Look at its log and its machine."), about=node.name)


def _unheld(standing: Standing, links: Mapping[str, Link]) -> Iterator[Finding]:
    for id in standing.unheld:
        link = links.get(id)
        if link is not None and link.enabled:
            said = sentence("No node holds the link {link}.", link=link.name)
            todo = sentence("Look whether the service links runs at each node.")
            yield replace(_failed(said, todo, about=link.name), row=link.id, page="links")


def _versions(standing: Standing) -> Iterator[Finding]:
    of = {node.name: node.info.version for node in standing.nodes if node.info is not None}
    if len({*of.values()}) > 1:
        told = ", ".join(f"{name} {version}" for name, version in of.items())
        yield Finding(
            check=Check.NODES,
            outcome=Severity.WARNING,
            said=sentence("The nodes have different versions: {versions}.", versions=told),
            todo=sentence("Renew those that have the older one."),
            page="services",
        )


def _failed(said: Sentence, todo: Sentence, about: str = "") -> Finding:
    return Finding(
        check=Check.NODES,
        outcome=Severity.FAILED,
        said=said,
        todo=todo,
        page="services",
        about=about,
    )


def _key(found: Finding) -> str:
    return found.row or found.about
