"""Providers of text messages that do not work."""

from collections.abc import Iterator
from datetime import timedelta

from tws.maintenance.findings import (
    Check,
    Finding,
    Running,
    Severity,
    Sight,
    of_running,
)
from tws.sentences import sentence

PASSING = timedelta(minutes=2)
"That a gateway does not answer for so long is none of our troubles."


def sms_providers(sight: Sight) -> Iterator[Finding]:
    well = sentence("Every provider of text messages worked when it was asked last.")
    return of_running(Check.SMS_PROVIDERS, sight, _sms_providers, well)


def _sms_providers(sight: Sight, running: Running) -> Iterator[Finding]:
    """Of those that send; another one of the same domain is asked nothing."""
    for row in running.sms_providers.all_active():
        state = running.sms_providers.state(row.id)
        if not sight.covers(row.company) or state is None or state.failed is None:
            continue
        lasts = state.since is not None and sight.now - state.since >= PASSING
        yield Finding(
            check=Check.SMS_PROVIDERS,
            outcome=Severity.FAILED,
            said=sentence(
                "The SMS provider {provider} does not work: {why}",
                provider=row.name,
                why=state.failed.said,
            ),
            todo=sentence("Test the provider: its form tells more."),
            page="smsProviders",
            row=row.id,
            about=row.name,
            company=row.company,
            unsure=state.failed.problem == "unreachable" and not lasts,
        )
