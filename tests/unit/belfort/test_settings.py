"""Settings come from BELFORT_* alone; a value that cannot work is refused by the name of its variable."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from belfort.errors import SettingsError
from belfort.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BELFORT_{name.upper()}", raising=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BELFORT_PORT", "0"),
        ("BELFORT_PORT", "70000"),
        ("BELFORT_PORT", "tachtig"),
        ("BELFORT_PORT", ""),
        ("BELFORT_WEB_THREADS", "1e9"),
        ("BELFORT_LOG_LEVEL", "loud"),
        ("BELFORT_LOG_FORMAT", "xml"),
        ("BELFORT_HTTP_TIMEOUT", "nan"),
        ("BELFORT_HTTP_TIMEOUT", "-1"),
        ("BELFORT_HTTP_MAX_BODY", "1"),
        ("BELFORT_WITHDRAWAL_THRESHOLD", "1.5"),
        ("BELFORT_SPARQL_SECONDS", "0"),
        ("BELFORT_DEMO_SIZE", "-3"),
    ],
)
def test_a_bad_value_names_its_variable(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message has the variable, the value as given, and where to look."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    line = caught.value.one_line()
    assert line.startswith(f"{name}={value!r}: ")
    assert "belfort settings" in line


def test_defaults_need_nothing() -> None:
    """Without any variable there are settings: SQLite in the data folder, the site on loopback."""
    found = load_settings()
    assert found.database_url == "sqlite:///data/records.sqlite"
    assert (found.host, found.base_url) == ("127.0.0.1", "http://localhost:8080")


def test_every_setting_is_described() -> None:
    """Every setting has a default that is valid itself, and a sentence that says what it is for."""
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
        assert not field.is_required(), name
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    assert Settings(**defaults).model_dump() == defaults


def test_lists_are_split_on_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list is comma-separated text, blanks and empty parts are no members."""
    monkeypatch.setenv("BELFORT_HTTP_ALLOW", " a:1, b:2 ,,")
    assert load_settings().http_allow == ("a:1", "b:2")


def test_values_given_in_code_win(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command-line option goes before the environment, and is checked just the same."""
    monkeypatch.setenv("BELFORT_PORT", "9000")
    assert load_settings(port=9001).port == 9001
    with pytest.raises(SettingsError, match="BELFORT_PORT=0"):
        load_settings(port=0)


def test_settings_are_frozen() -> None:
    """Nobody changes a setting after the start."""
    with pytest.raises(ValidationError):
        load_settings().port = 1  # type: ignore[misc]


def test_all_data_lies_under_one_folder() -> None:
    """Every folder is inside BELFORT_DATA, and the private one holds none of the public ones."""
    found = Settings(data=Path("/srv/belfort"))
    public = [found.index, found.sparql, found.dumps]
    assert all(folder.is_relative_to("/srv/belfort") for folder in [*public, found.private])
    assert not any(folder.is_relative_to(found.private) for folder in public)


def test_the_public_address_has_no_slash_at_its_end() -> None:
    """Addresses are made by appending a path."""
    assert Settings(public_url="https://belfort.example/").base_url == "https://belfort.example"
