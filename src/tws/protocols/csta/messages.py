"""Every message this engine reads and writes, by the name of its root element.

Grouped by subject in the modules beside this one; whoever builds messages imports them from here.
"""

from collections.abc import Mapping

from tws.protocols.csta import (
    call_control,
    call_events,
    call_setup_events,
    devices,
    errors,
    monitoring,
    session,
    supervision,
    system_status,
)
from tws.protocols.csta.call_control import *  # noqa: F403
from tws.protocols.csta.call_events import *  # noqa: F403
from tws.protocols.csta.call_setup_events import *  # noqa: F403
from tws.protocols.csta.devices import *  # noqa: F403
from tws.protocols.csta.errors import *  # noqa: F403
from tws.protocols.csta.message import Event, Message, Request, Response, Unknown
from tws.protocols.csta.monitoring import *  # noqa: F403
from tws.protocols.csta.session import *  # noqa: F403
from tws.protocols.csta.supervision import *  # noqa: F403
from tws.protocols.csta.system_status import *  # noqa: F403

KINDS = (Message, Request, Response, Event, Unknown, call_events.CallEvent)
MODULES = (
    call_control,
    call_events,
    call_setup_events,
    devices,
    errors,
    monitoring,
    session,
    supervision,
    system_status,
)

BY_NAME: Mapping[str, type[Message]] = {
    name: kind
    for module in MODULES
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Message) and kind not in KINDS
}
