"""The names of an environment, from the domain of its rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.names import Domain, covers, domain_of

LABEL = st.from_regex(r"[a-z]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
HOST = st.lists(LABEL, min_size=1, max_size=4).map(lambda labels: ".".join([*labels, "example.com"]))


@pytest.mark.parametrize(
    ("written", "www", "names"),
    [
        ("example.com", None, ("example.com", "www.example.com")),
        ("www.example.com", None, ("www.example.com", "example.com")),
        ("example.co.uk", None, ("example.co.uk", "www.example.co.uk")),
        ("notes.example.com", None, ("notes.example.com",)),
        ("www.notes.example.com", None, ("www.notes.example.com",)),
        ("example.com", False, ("example.com",)),
        ("notes.example.com", True, ("notes.example.com", "www.notes.example.com")),
        ("www.notes.example.com", True, ("www.notes.example.com", "notes.example.com")),
    ],
)
def test_the_other_of_apex_and_www_comes_along(written, www, names):
    assert domain_of(written, "prod", www=www).names == names


def test_a_wildcard_gives_each_environment_a_name():
    found = domain_of("*.preview.example.com", "pr-42", zone="Z1")
    assert found == Domain("pr-42.preview.example.com", wildcard="*.preview.example.com", zone="Z1")


@given(LABEL, HOST)
def test_the_shared_certificate_covers_the_name_of_every_environment(environment, host):
    found = domain_of(f"*.{host}", environment)
    assert covers(found.wildcard, found.name)
    assert not covers(found.wildcard, host)
    assert not covers(found.wildcard, f"x.{found.name}")


@given(HOST, st.booleans())
def test_the_written_name_is_canonical_and_the_other_leads_back(host, www):
    found = domain_of(host, "prod", www=www)
    assert found.name == host
    assert len(set(found.names)) == 1 + www
    if www:
        assert domain_of(found.other, "prod", www=True).names == (found.other, host)
