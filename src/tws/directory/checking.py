"""Whether a mapping can be used, asked before it is stored."""

from collections.abc import Mapping

from tws.directory.cards import ADDRESSES, FIELDS
from tws.directory.mapping import mapping
from tws.errors import Invalid


def checked_mapping(written: Mapping[str, str]) -> dict[str, str]:
    """The mapping without the fields that were left empty, as it is stored. Invalid names the
    internal field (`field`)."""
    for field in written:
        if field not in FIELDS:
            raise Invalid(f"No such field of a contact: {field}.", field=field)
    used = mapping(written)
    for field, source in used.items():
        if source.address and field not in ADDRESSES:
            words = (
                "option a is for the company and the private fields: the card has no map for this"
            )
            raise Invalid(f"{field}: {words}.", field=field)
    return {field: written[field].strip() for field in FIELDS if field in used}
