"""A stored secret goes to the stored address only: each form says which of its fields that is."""

import pytest

from tws import connectors
from tws.forms import describe, secret_fields, where_fields
from tws.register import NotInstalled

CERTIFICATES = {"verify", "ca_file", "tls", "port"}
"Say how well it is kept on the way, not to whom it goes."


@pytest.mark.parametrize("name", [*connectors.REGISTER])
def test_a_form_with_a_secret_says_to_whom_it_is_told(name: str) -> None:
    found = connectors.connectors()[name]
    assert not isinstance(found, NotInstalled)
    fields, where = {each.name for each in describe(found.Settings)}, where_fields(found.Settings)
    assert where <= fields - secret_fields(found.Settings)
    if secret_fields(found.Settings):
        assert where - CERTIFICATES
        assert fields & CERTIFICATES <= where
