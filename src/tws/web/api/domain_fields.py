"""The members of a domain, for its creation and for the first start."""

from typing import Annotated

from pydantic import Field
from pydantic import StringConstraints as Str

from tws.web.shapes import Body, Name

Digits = Annotated[str, Str(max_length=8, pattern=r"^[0-9*#]*$")]


class DomainFields(Body):
    """Dial plan settings that are left out get the usual ones of France."""

    name: Name = Field(examples=["Paris"])
    time_zone: Name = Field(description="IANA name.", examples=["Europe/Paris"])
    internal_length: int = Field(4, ge=1, le=20, description="Digits of an internal number.")
    country_prefix: Digits = Field("33", description="Country code.")
    external_prefix: Digits = Field("0", description="Dialled to get an outside line.")
    international_prefix: Digits = "00"
    national_prefix: Digits = Field("0", description="May be empty, as in Spain and Italy.")
    inverse_length: int = Field(
        9, ge=1, le=20, description="Last digits by which an outside number is recognised."
    )
    incoming_remove: Digits = Field(
        "0", description="Taken off the front of an outside caller's number."
    )
    incoming_add: Digits = Field("", description="Put in front of it afterwards.")
