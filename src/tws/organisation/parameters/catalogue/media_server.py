"""TWS MediaServer: conferences and application sharing (9.7)."""

from functools import partial

from tws.organisation.parameters import checking
from tws.organisation.parameters.parameter import DOMAINS, Parameter, ValueKind

APPLICATION = "TWS MediaServer"

_of = partial(Parameter, application=APPLICATION, levels=DOMAINS, served=False)
_host = partial(_of, kind=ValueKind.TEXT, default="", check=checking.host)
_port = partial(_of, kind=ValueKind.NUMBER, least=1, most=65535)

PARAMETERS = (
    _host(
        name="AppSharingRouterIP",
        help="The machine through which applications are shared, by its name or its IP address.",
    ),
    _port(
        name="AppSharingRouterPort",
        default=8202,
        help="The port of that machine for application sharing.",
    ),
    _host(
        name="MediaServerSIP_IP",
        expert=True,
        help="The machine of the conferences, where it is another one than this server.",
    ),
    _port(
        name="MediaServerSIP_Port",
        default=8201,
        expert=True,
        help="The port of that machine for conferences.",
    ),
)
