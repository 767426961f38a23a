"""What signing in can answer, besides `tws.organisation.errors`."""

from tws.organisation.errors import ServiceError


class LoginRefused(ServiceError):
    """The same words whether the name or the password was wrong."""

    code = "loginRefused"
