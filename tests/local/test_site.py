import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.local.site import Place, Site, host_name, place, site_of, site_url

LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)


@given(LABELS, LABELS, st.integers(1, 65535))
def test_the_address_of_a_site_leads_back_to_it(app, environment, port):
    host = site_url(port, app, environment).removeprefix("http://").removesuffix("/")
    assert site_of(host) == Site(app, environment)
    assert host.endswith(f":{port}")


@pytest.mark.parametrize(
    ("host", "where"),
    [
        ("127.0.0.1:4610", Place.CONTROL),
        ("LOCALHOST.", Place.CONTROL),
        ("bucket.s3.amazonaws.com", Place.SERVICE),
        ("d1.cloudfront.net:4610", Place.SERVICE),
        ("abcdef01.execute-api.localhost:4610", Place.SERVICE),
        ("dev.notes.localhost:4610", Place.SITE),
        ("nothing.localhost", Place.SITE),
        ("evil.example", Place.FOREIGN),
        ("evil-amazonaws.com", Place.FOREIGN),
        ("127.0.0.1.evil.example:4610", Place.FOREIGN),
        ("notlocalhost", Place.FOREIGN),
        ("localhost:4610@evil.example", Place.FOREIGN),
        ("", Place.FOREIGN),
    ],
)
def test_a_host_leads_to_one_place(host, where):
    assert place(host) is where


@pytest.mark.parametrize(
    "host", ["localhost", "notes.localhost", "a.b.c.localhost", ".notes.localhost", "a.b.c"]
)
def test_a_host_of_another_form_is_no_site(host):
    assert site_of(host) is None


@given(st.text(max_size=40))
def test_any_text_has_a_name_and_a_place(text):
    assert host_name(f"{text}:80") == host_name(f"{text}:8080")
    place(text)
    site_of(text)
