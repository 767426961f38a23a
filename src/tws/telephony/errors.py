"""How a command can end without the PBX having done it."""

from tws.errors import ServiceError, Unavailable


class Refused(ServiceError):
    """The PBX said no; `cause` is its ECMA-269 error."""

    code = "refused"


class NoAnswer(ServiceError):
    """The PBX did not answer in time: it may have done it all the same."""

    code = "noAnswer"


class LinkDown(Unavailable):
    """The link is down: the PBX was not asked."""

    code = "linkDown"


class LinkLost(LinkDown):
    """The link went down before the answer came: the PBX may have done it all the same."""
