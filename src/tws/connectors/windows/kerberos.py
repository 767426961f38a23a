"""Tickets of Kerberos, as the domain of a Windows session gives them: accepted with the keys of a
keytab. No domain controller is asked."""

import asyncio
from pathlib import Path

from tws.access.negotiator import Proven, TicketRefused
from tws.connectors.windows import gssapi, keytab
from tws.errors import TooMany, Unavailable
from tws.sentences import Sentence, sentence

AT_ONCE, WAITING = 4, 200
"Tickets looked at in threads, and those who wait for it: each takes a fraction of a millisecond."
LONGEST = 64 * 1024
"Bytes of a token: what Windows sends at most, with the groups of its user, is 48,000."
SERVICE = "HTTP/"


class Kerberos:
    def __init__(self, keytab: Path) -> None:
        self._keytab = keytab
        self._free = asyncio.Semaphore(AT_ONCE)
        self._inside = 0

    async def verify(self, token: bytes) -> Proven:
        if len(token) > LONGEST:
            raise TicketRefused("the token is too long")
        if self._inside >= AT_ONCE + WAITING:
            raise TooMany("Too many are signing in: try again.", retry_after=1)
        self._inside += 1
        try:
            async with self._free:
                shown = await asyncio.to_thread(self._accepted, token)
        except gssapi.MoreNeeded:
            raise TicketRefused("the token is none of Kerberos") from None
        except gssapi.GssError as error:
            raise TicketRefused(str(error)) from error
        finally:
            self._inside -= 1
        return _proven(shown)

    def _accepted(self, token: bytes) -> gssapi.Shown:
        try:
            return gssapi.library().accepted(self._keytab, token)
        except (gssapi.GssError, OSError) as error:
            well, said = self.standing()
            if well:
                raise
            raise Unavailable(str(said), why="said", parameters={"said": said}) from error

    def standing(self) -> tuple[bool, Sentence]:
        """Whether tickets can be read, and what there is to read them with."""
        try:
            gssapi.library()
        except OSError:
            return False, sentence(
                "Tickets of Kerberos cannot be read: install the package {package} of this"
                " system.",
                package=gssapi.PACKAGE,
            )
        return self._keys()

    def _keys(self) -> tuple[bool, Sentence]:
        file = str(self._keytab)
        try:
            found = keytab.keys(self._keytab.read_bytes())
        except (OSError, keytab.NoKeytab) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            return False, sentence("The keytab {file} cannot be read: {why}", file=file, why=why)
        ours = [key for key in found if key.principal.startswith(SERVICE)]
        if not ours:
            return False, sentence(
                "The keytab {file} has no key of a service {service}.",
                file=file,
                service=f"{SERVICE}…",
            )
        listed = "; ".join(_named(ours))
        if all(key.encryption in keytab.WEAK for key in ours):
            return True, sentence(
                "The keytab has weak keys only, which a domain may refuse: {keys}.", keys=listed
            )
        return True, sentence("The keytab has keys of {keys}.", keys=listed)


def _proven(shown: gssapi.Shown) -> Proven:
    """A person of a realm: no service, no computer, and no name that is written otherwise."""
    account, _, realm = shown.name.rpartition("@")
    if not account or any(sign in account for sign in "/\\@$") or "\\" in realm:
        raise TicketRefused(f"{shown.name} is no person")
    return Proven(account, realm, shown.answer)


def _named(keys: list[keytab.Key]) -> list[str]:
    kinds: dict[tuple[str, int], list[str]] = {}
    for key in keys:
        kinds.setdefault((key.principal, key.version), []).append(key.encryption)
    return [
        f"{principal}, version {version} ({', '.join(dict.fromkeys(encryptions))})"
        for (principal, version), encryptions in kinds.items()
    ]
