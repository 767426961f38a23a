"""What happens to mails, published after the commit."""

from msgspec import Struct

from tws.organisation.actor import CompanyId


class MailQueued(Struct, frozen=True):
    """By the server of this company."""

    company: CompanyId
