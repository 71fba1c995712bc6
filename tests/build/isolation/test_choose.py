"""Which isolation it is: an option may only make it stricter than the policy."""

from __future__ import annotations

import pytest

from engine.build.isolation.choose import isolation_of
from engine.errors import GuardError, UsageError


@pytest.mark.parametrize(
    ("demanded", "asked", "got"),
    [
        ("none", None, "none"),
        ("none", "none", "none"),
        ("none", "bubblewrap", "bubblewrap"),
        ("bubblewrap", None, "bubblewrap"),
        ("bubblewrap", "bubblewrap", "bubblewrap"),
    ],
)
def test_the_stricter_one_counts(tmp_path, demanded, asked, got):
    assert isolation_of(demanded, asked, tmp_path).name == got


def test_less_than_the_policy_is_refused(tmp_path):
    with pytest.raises(GuardError, match="preview demands the isolation bubblewrap"):
        isolation_of("bubblewrap", "none", tmp_path, "preview")


def test_a_name_that_there_is_not(tmp_path):
    with pytest.raises(UsageError, match="docker"):
        isolation_of("none", "docker", tmp_path)
