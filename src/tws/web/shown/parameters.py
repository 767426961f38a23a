"""What parameters are for a user."""

from typing import Annotated

import msgspec

from tws.organisation.parameters.parameter import Data
from tws.web.shown.values import Value


class MyParametersValue(Value):
    """The parameters of TWS Caller that are of use already."""

    values: Annotated[dict[str, Data], msgspec.Meta(description="By name, as `MapServiceURL`.")]
    mail_server: Annotated[
        bool,
        msgspec.Meta(
            description="Whether a mail server is set for you: else no e-mail comes to you."
        ),
    ]
