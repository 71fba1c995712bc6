from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.build.toolchain.versions import best, exact, lts_lines, range_of, satisfies

AUTUMN = datetime.date(2026, 11, 1)
SUMMER = datetime.date(2026, 7, 1)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("18", "18"),
        (" v18.17 ", "18.17"),
        ("node-v20.1.0", "20.1.0"),
        ("lts/*", "26"),
        ("lts/gallium", "16"),
        ("Gallium", "16"),
        ("lts/-1", "24"),
        ("node", "latest"),
        ("stable", "latest"),
        ("system", "system"),
        (">=18 <21", ">=18 <21"),
    ],
)
def test_names_are_those_of_nvm(text, wanted):
    assert range_of(text, AUTUMN) == wanted


def test_a_line_is_lts_from_october():
    assert range_of("lts/*", SUMMER) == "24"
    assert lts_lines(SUMMER)[-1] == 24


@pytest.mark.parametrize(
    ("wanted", "version"),
    [
        ("20", "20.19.0"),
        ("^20.19||>=22.12", "24.1.0"),
        (">= 20.20.0", "24.1.0"),
        ("12 - 20.9", "20.9.0"),
        ("18.x", ""),
        ("lts/nonsense", ""),
        ("latest", ""),
    ],
)
def test_best_is_the_highest_by_npm_rules(wanted, version):
    assert best(["20.9.0", "24.1.0", "20.19.0", "25.0.0-rc.1"], wanted) == version


@given(st.text())
def test_no_text_is_a_crash(text):
    assert isinstance(satisfies("20.1.0", range_of(text, AUTUMN)), bool)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_an_exact_version_satisfies_itself(major, minor, patch):
    version = f"{major}.{minor}.{patch}"
    assert exact(f"v{version}") == version
    assert satisfies(version, version) and satisfies(version, f"~{version}")
    assert exact(f"{major}.{minor}") == ""
