"""Passwords that anybody tries first are none."""

import pytest

from tws.access.known_passwords import known_to_all


@pytest.mark.parametrize(
    "password",
    [
        *(
            "tws",
            "motdepasse",
            "password",
            "Password12",
            "P@ssword".replace("@", "a"),
            "azerty123",
        ),
        *("tws4tws4tw", "aaaaaaaaaa", "12345678", "1234567890", "87654321", "administrator"),
        *("iloveyou1234567", "1qaz2wsx3edc", "Liverpool-2026", "q1w2e3r4t5y6"),
        *("alice", "ALICE", "alice2026", "alicealicealice", "2026-alice!", "Bienvenue1!"),
    ],
)
def test_these_are_known(password: str) -> None:
    assert known_to_all(password, "alice")


@pytest.mark.parametrize(
    "password",
    [
        "a long password",
        "correct horse battery staple",
        "83746152",
        "alicebob99",
        "tr0mpette!",
    ],
)
def test_these_are_not(password: str) -> None:
    assert not known_to_all(password, "alice")
