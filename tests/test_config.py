"""Settings from the environment."""

import base64
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from tws.config import Settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/tws")


def test_without_any_variable() -> None:
    settings = Settings()
    assert settings.data_dir == Path("/home/tws/.local/share/tws")
    assert settings.state_dir == Path("/home/tws/.local/state/tws")
    assert settings.database == "sqlite:////home/tws/.local/share/tws/tws.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.hosts == ("127.0.0.1", "::1", "localhost")
    assert settings.proxies == ()


def test_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "XDG_DATA_HOME": "/data",
        "XDG_STATE_HOME": "relative is ignored",
        "TWS_PORT": "0",
        "TWS_HOST": "",
        "TWS_HOSTS": "tws, tws.company.example ,",
        "TWS_PUBLIC_URL": "https://calls.company.example/",
        "TWS_PROXIES": "127.0.0.1",
        "TWS_DATABASE": "postgresql://tws:hidden@db/tws",
        "TWS_LOG_FORMAT": "json",
    }.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.data_dir == Path("/data/tws")
    assert settings.state_dir == Path("/home/tws/.local/state/tws")
    assert (settings.host, settings.port) == ("127.0.0.1", 0)
    assert settings.hosts == ("tws", "tws.company.example", "calls.company.example")
    assert settings.public_url == "https://calls.company.example"
    assert settings.proxies == ("127.0.0.1",)
    assert settings.log_format == "json"
    assert "hidden" not in repr(settings)


def test_what_is_given_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWS_PORT", "1")
    monkeypatch.setenv("TWS_DATA_DIR", "/elsewhere")
    settings = Settings(port=2, data_dir=Path("/here"))
    assert settings.port == 2
    assert settings.database == "sqlite:////here/tws.db"


def test_a_key_is_written_in_base64_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    written = base64.b64encode(bytes(range(32))).decode()
    monkeypatch.setenv("TWS_SECRET_KEY", written)
    settings = Settings()
    assert settings.secret_key == (bytes(range(32)),)
    assert written not in repr(settings) and "x1f" not in repr(settings)
    for wrong in ("short", "=", written[:-4], base64.b64encode(bytes(33)).decode()):
        monkeypatch.setenv("TWS_SECRET_KEY", wrong)
        with pytest.raises(ValidationError, match="openssl rand -base64 32") as refused:
            Settings()
        assert wrong not in str(refused.value) or wrong == "="


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TWS_PORT", "65536"),
        ("TWS_PORT", "http"),
        ("TWS_DATABASE", "mysql://secret@db/tws"),
        ("TWS_TLS_CERTIFICATE", "/no/such/file"),
        ("TWS_TLS_CERTIFICATE", __file__),
        ("TWS_PUBLIC_URL", "tws.company.example"),
        ("TWS_PUBLIC_URL", "https://company.example/tws"),
        ("TWS_LOG_FORMAT", "xml"),
    ],
)
def test_what_cannot_be_is_refused(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert "secret" not in str(refused.value)


def test_one_page_lists_every_setting_and_nothing_else() -> None:
    root = Path(__file__).parents[1]
    lists: dict[str, set[str]] = {}
    for page in (root / "docs").rglob("*.md"):
        rows = re.findall(r"^\| *(`TWS_[^|]*)\|", page.read_text(), re.MULTILINE)
        if rows:
            named = re.findall(r"`(TWS_\w+)`", "".join(rows))
            lists[str(page.relative_to(root))] = set(named)
    wanted = {f"TWS_{name.upper()}" for name in Settings.model_fields}
    assert lists == dict.fromkeys(("docs/admin/settings.md", "docs/admin/fr/settings.md"), wanted)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TWS_HOST", "0.0.0.0"),  # noqa: S104 - not bound here
        ("TWS_HOST", "192.0.2.1"),
        ("TWS_PROXIES", "127.0.0.1"),
        ("TWS_PUBLIC_URL", "https://tws.company.example"),
    ],
)
def test_who_can_be_reached_from_elsewhere_answers_to_any_name(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert Settings().hosts == ()
