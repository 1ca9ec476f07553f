"""Settings come from the environment, and a wrong one is named."""

from pathlib import Path

import pytest

from muster.errors import MusterError
from muster.settings import Settings, read_settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert read_settings({"HOME": "/root"}) == Settings()


def test_values_are_read_by_name() -> None:
    given = {"MUSTER_WORKERS": "3", "MUSTER_TIMEOUT_S": "2.5", "MUSTER_ACQUIRED_BY": "R. Okafor"}
    assert read_settings(given) == Settings(workers=3, timeout_s=2.5, acquired_by="R. Okafor")


@pytest.mark.parametrize(("text", "n_bytes"), [("512M", 512 << 20), ("1 G", 1 << 30), ("300000K", 300_000 << 10)])
def test_bytes_may_be_given_in_units(text: str, n_bytes: int) -> None:
    assert read_settings({"MUSTER_READ_MEMORY_BYTES": text}).read_memory_bytes == n_bytes


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("MUSTER_WORKERS", "many"),
        ("MUSTER_WORKERS", "-1"),
        ("MUSTER_WORKERS", "2M"),
        ("MUSTER_WORKERS", "٣"),
        ("MUSTER_TIMEOUT_S", "0"),
        ("MUSTER_TIMEOUT_S", "nan"),
        ("MUSTER_TIMEOUT_S", "inf"),
        ("MUSTER_TIMEOUT_S", ""),
        ("MUSTER_READ_MEMORY_BYTES", "1"),
        ("MUSTER_MAX_FILE_BYTES", "9" * 400),
        ("MUSTER_EXTRACTION", "loose"),
        ("MUSTER_EXTRACTION", ""),
        ("MUSTER_LLM_CONSENT", "no"),
    ],
)
def test_a_wrong_value_stops_by_name(name: str, text: str) -> None:
    with pytest.raises(MusterError, match=name) as caught:
        read_settings({name: text})
    assert (caught.value.code, caught.value.exit_code) == ("wrong_setting", 2)


def test_a_misspelt_setting_is_refused_and_the_near_one_named() -> None:
    with pytest.raises(MusterError, match="MUSTER_TIMEOUT_S"):
        read_settings({"MUSTER_TIMEOUT": "30"})


def test_a_value_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "by").write_text("A. Secretary\n", encoding="utf-8")
    assert read_settings({"MUSTER_ACQUIRED_BY_FILE": str(tmp_path / "by")}).acquired_by == "A. Secretary"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MusterError, match="MUSTER_ACQUIRED_BY_FILE"):
        read_settings({"MUSTER_ACQUIRED_BY_FILE": str(tmp_path / "none")})


def test_a_secret_is_not_shown_with_the_settings() -> None:
    settings = read_settings({"MUSTER_DATABASE_URL": "postgresql://clerk:sesame@localhost/muster"})
    assert settings.database_url.endswith("sesame@localhost/muster")
    assert "sesame" not in repr(settings)
