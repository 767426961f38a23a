"""What signing in can answer, besides `tws.errors`."""

from tws.errors import ServiceError


class LoginRefused(ServiceError):
    """The same words whether the name or the password was wrong."""

    code = "loginRefused"


class SecondFactorNeeded(ServiceError):
    """The first factor was right."""

    code = "secondFactorNeeded"
