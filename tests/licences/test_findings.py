"""What *Troubleshooting* says of a licence, and so whom it is mailed to: before it is too late."""

from types import SimpleNamespace
from typing import cast

from tests import granting
from tests.licences.test_service import Till, till
from tws.licences.service import LicenceService
from tws.maintenance.checks.machine import licences
from tws.maintenance.findings import Severity, Sight
from tws.organisation.actor import SYSTEM

__all__ = ["till"]


def said(service: LicenceService, till: Till) -> list[tuple[Severity, str]]:
    sight = cast(Sight, SimpleNamespace(licences=service, now=till.clock()))
    return [(found.outcome, str(found.said)) for found in licences(sight)]


async def test_the_last_one_is_said_before_one_is_refused(till: Till) -> None:
    await till.install(2)
    assert said(till.licences, till) == []
    await till.service.grants.create_grant(
        SYSTEM, **granting.application("TWS Caller", user=till.place.bob.id)
    )
    words = "TWS Caller: all 2 are in use; nobody more is let in."
    assert said(till.licences, till) == [(Severity.WARNING, words)]
    await till.install(1)
    words = "TWS Caller: 2 use it, the licence has 1."
    assert said(till.licences, till) == [(Severity.FAILED, words)]
