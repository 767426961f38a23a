"""Whether what people sign in by, besides TWS, answers now: each product once, all at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import islice

from tws.access.login_method import Reached
from tws.access.methods import Methods
from tws.access.providers import Providers
from tws.organisation.actor import CompanyId
from tws.organisation.parameters.catalogue.server import OPENID_CONNECT
from tws.organisation.registry import Registry
from tws.sentences import sentence

MOST = 20
"Products of a kind that are asked."
WITHIN = 15.0
"Seconds, for all of them."


@dataclass(frozen=True, slots=True)
class Answered:
    company: CompanyId
    method: str
    reached: Reached


class Elsewhere:
    def __init__(self, registry: Registry, methods: Methods, providers: Providers) -> None:
        self._registry, self._methods, self._providers = registry, methods, providers

    async def examine(self, covers: Callable[[CompanyId], bool]) -> list[Answered]:
        """Of enabled users, and of the companies that `covers` says."""
        users = [u for u in self._registry.users.values() if u.enabled and covers(u.company)]
        asked: list[tuple[CompanyId, str, Awaitable[tuple[Reached, ...]]]] = [
            (user.company, name, method.reach(user))
            for name, method, user in islice(self._methods.reachable(users), MOST)
        ]
        companies = {user.company for user in users if OPENID_CONNECT in self._methods.of(user)}
        for company in islice(filter(companies.__contains__, self._providers.companies()), MOST):
            asked.append((company, OPENID_CONNECT, self._providers.reach(company)))
        answers = await asyncio.gather(*(_in_time(one) for _, _, one in asked))
        return [
            Answered(company, name, reached)
            for (company, name, _), found in zip(asked, answers, strict=True)
            for reached in found
        ]


async def _in_time(asked: Awaitable[tuple[Reached, ...]]) -> tuple[Reached, ...]:
    try:
        async with asyncio.timeout(WITHIN):
            return await asked
    except TimeoutError:
        said = sentence("It takes more than {seconds} seconds.", seconds=int(WITHIN))
        return (Reached(False, said),)
