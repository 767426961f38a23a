"""The parameters that there are: a file for each application, an entry for each parameter.

Who reads one names it by its constant there. To add one, write an entry in its application's file,
and the French of its help in `frontend/src/shared/i18n/parameters.fr.ts`.
"""

from tws.errors import NotFound
from tws.organisation.parameters.catalogue import (
    alerter,
    caller,
    media_server,
    rules,
    server,
    system,
)
from tws.organisation.parameters.parameter import Parameter
from tws.organisation.words import fold

DEFINITIONS: tuple[Parameter, ...] = (
    *server.PARAMETERS,
    *caller.PARAMETERS,
    *alerter.PARAMETERS,
    *rules.PARAMETERS,
    *media_server.PARAMETERS,
    *system.PARAMETERS,
)
_NAMED = {fold(name): each for each in DEFINITIONS for name in (each.name, *each.aliases)}


def parameter(name: str) -> Parameter:
    """By its name or an alias, case-blind; NotFound."""
    found = _NAMED.get(fold(name.strip()))
    if found is None:
        raise NotFound("There is no such parameter.", field="parameter")
    return found
