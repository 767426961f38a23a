"""Licence files: nobody but who holds the key makes one, or changes one."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tws.cli import cli
from tws.errors import Invalid
from tws.licences import document
from tws.licences.dongle import new_dongle, written
from tws.licences.model import Licence

KEY, STRANGER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
DONGLE = "EFFA-607C-EEAF-4707-40CA-3B27-F5F4-4716"
VOUCHER = "d726f59e-ad1b-45cf-b995-08f97f7701b0"


def licence(**other: object) -> Licence:
    fields = {
        "voucher": VOUCHER,
        "dongle": DONGLE,
        "holder": "SSDEI",
        "issued": datetime(2026, 11, 1, tzinfo=UTC),
        "expires": None,
        "applications": {"TWS Caller": 30, "TWS Toolkit": 20},
        **other,
    }
    return Licence(**fields)  # type: ignore[arg-type]


def test_what_was_signed_is_read() -> None:
    for made in (licence(), licence(expires=datetime(2027, 1, 1, tzinfo=UTC))):
        assert document.read(document.signed(made, KEY), [KEY.public_key()]) == made


def test_a_mail_may_have_broken_its_lines() -> None:
    text = document.signed(licence(), KEY)
    broken = "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76))
    assert document.read(broken, [KEY.public_key()]) == licence()


def test_that_of_a_stranger_is_refused() -> None:
    text = document.signed(licence(), STRANGER)
    with pytest.raises(Invalid, match="does not trust"):
        document.read(text, [KEY.public_key()])
    assert document.read(text, [KEY.public_key(), STRANGER.public_key()]) == licence()


@given(data=st.data())
def test_no_character_can_be_changed(data: st.DataObject) -> None:
    text = document.signed(licence(), KEY).strip()
    at = data.draw(st.integers(0, len(text) - 1))
    new = data.draw(st.sampled_from("ABCxyz019-_."))
    changed = text[:at] + new + text[at + 1 :]
    try:
        found = document.read(changed, [KEY.public_key()])
    except Invalid:
        return
    # The last character of base64 has bits that mean nothing.
    assert found == licence() and (changed == text or at == len(text) - 1)


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256", "typ": "tws-licence"}, []])
def test_an_unsigned_one_is_refused_whatever_it_says(header: object) -> None:
    _, said, _ = document.signed(licence(), KEY).split(".")
    other = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    for signature in ("AA", "A" * 86):
        with pytest.raises(Invalid):
            document.read(f"{other}.{said}.{signature}", [KEY.public_key()])


@given(text=st.text(max_size=300))
def test_anything_else_is_no_licence(text: str) -> None:
    with pytest.raises(Invalid):
        document.read(text, [KEY.public_key()])


@given(number=st.binary(min_size=16, max_size=16))
def test_a_dongle_number_is_written_in_one_way(number: bytes) -> None:
    text = written(number.hex())
    assert len(text) == 39 and text.count("-") == 7
    assert written(text.lower().replace("-", " ")) == text
    with pytest.raises(ValueError, match="8 groups"):
        written(text[:-1])


def test_no_two_installations_have_one_number() -> None:
    assert new_dongle() != new_dongle()


def test_the_tool_issues_what_a_server_takes(tmp_path: Path) -> None:
    run, key = CliRunner(), str(tmp_path / "issuer.pem")
    made = run.invoke(cli, ["licence", "new-key", "--key", key])
    assert made.exit_code == 0
    issuer = made.output.strip()
    assert run.invoke(cli, ["licence", "new-key", "--key", key]).exit_code != 0  # never over it
    given = ["--key", key, "--voucher", VOUCHER, "--dongle", DONGLE.lower(), "--holder", "SSDEI"]
    counts = ["--application", "tws caller=30", "--expires", "2027-06-30"]
    issued = run.invoke(cli, ["licence", "issue", *given, *counts])
    assert issued.exit_code == 0, issued.output
    found = document.read(issued.output, [document.public_key(issuer)])
    assert (found.dongle, dict(found.applications)) == (DONGLE, {"TWS Caller": 30})
    file = tmp_path / "licence"
    file.write_text(issued.output)
    shown = run.invoke(cli, ["licence", "show", str(file), "--issuer", issuer])
    assert "30  TWS Caller" in shown.output and "2027-06-30" in shown.output
    for wrong in (["--application", "Minesweeper=3"], ["--application", "TWS Caller=-1"]):
        assert run.invoke(cli, ["licence", "issue", *given, *wrong]).exit_code != 0
