"""What carries a mail to a server: a window of the wall to other products."""

from collections.abc import Awaitable, Callable

from tws.mail.model import MailServer
from tws.sources.errors import Refused

Transport = Callable[[MailServer, str, bytes], Awaitable[None]]
"""The server, the recipient's address, the message (RFC 5322). ConnectorError in words: whatever
it is the mail may be tried again, but for RecipientRefused."""


class RecipientRefused(Refused):
    """The server does not take this mail for this recipient, whenever it is asked (RFC 5321,
    4.2.1: 5yz)."""
