"""The register of what pushes messages to browsers. It is loaded when a server starts."""

import structlog

from tws.push.postman import MakePostman, Postman
from tws.register import NotInstalled, Register

POSTMEN: Register[MakePostman] = Register({"WebPush": "tws.connectors.web_push:WebPush [push]"})
log = structlog.get_logger(__name__)


def postman(subject: str, local: bool) -> Postman | None:
    """None where its libraries are not installed. `subject`: who we are, for the push services;
    `local`: addresses of this machine and its network are written to, too."""
    try:
        made = POSTMEN.load("WebPush")
    except NotInstalled as why:
        log.info("browsers are told of no calls", why=str(why))
        return None
    return made(subject, local)
