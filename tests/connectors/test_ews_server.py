"""The EWS of the tests is no echo of our own reader: another client understands it as well."""

from pathlib import Path

import pytest

from tests.connectors.ews_server import PASSWORD, USER, Folder, contact, running_ews

exchangelib = pytest.importorskip("exchangelib")


def test_exchangelib_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ntlm").write_text(f"{USER.replace(chr(92), ':')}:{PASSWORD}\n")
    monkeypatch.setenv("NTLM_USER_FILE", str(tmp_path / "ntlm"))
    marie = "marie@arda.example"
    folder = Folder("marie", {f"id{n}": contact(n) for n in range(5)})
    with running_ews(Folder("public"), {marie: folder}) as server:
        account = exchangelib.Account(
            marie,
            config=exchangelib.Configuration(
                service_endpoint=server.url,
                credentials=exchangelib.Credentials(USER, PASSWORD),
                auth_type=exchangelib.NTLM,
                version=exchangelib.Version(exchangelib.version.EXCHANGE_2013),
            ),
            autodiscover=False,
            access_type=exchangelib.DELEGATE,
            locale="en",
            default_timezone=exchangelib.EWSTimeZone("UTC"),
        )
        try:
            found = list(
                exchangelib.services.FindItem(account=account).call(
                    folders=[
                        exchangelib.properties.DistinguishedFolderId(
                            id="contacts",
                            mailbox=exchangelib.properties.Mailbox(email_address=marie),
                        )
                    ],
                    additional_fields=None,
                    restriction=None,
                    order_fields=None,
                    shape="IdOnly",
                    query_string=None,
                    depth="Shallow",
                    calendar_view=None,
                    max_items=None,
                    offset=0,
                )
            )
            people = list(
                exchangelib.services.GetItem(account=account).call(
                    items=[exchangelib.properties.ItemId(*each) for each in found],
                    additional_fields=None,
                    shape="AllProperties",
                )
            )
        finally:
            account.protocol.close()
    assert [person.surname for person in people] == [f"Person {n}" for n in range(5)]
    assert [p.phone_numbers[0].phone_number for p in people] == [f"{4000 + n}" for n in range(5)]
