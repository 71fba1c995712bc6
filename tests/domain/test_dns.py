"""Where a name leads, with a resolver that knows a few."""

import socket

import pytest

from engine.domain import dns
from engine.domain.dns import leads_to

OURS = "d1.cloudfront.net"
KNOWN = {
    OURS: (OURS, "192.0.2.1", "192.0.2.2"),
    "alias.example.com": ("alias.example.com", "192.0.2.2"),
    "cname.example.com": ("D1.cloudfront.net.", "192.0.2.9"),
    "old.example.com": ("old-server.example.com", "198.51.100.1"),
}


@pytest.fixture(autouse=True)
def _resolver(monkeypatch):
    def getaddrinfo(host, port, **_):
        if host not in KNOWN:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        canonical, *addresses = KNOWN[host]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, canonical, (a, port)) for a in addresses]

    monkeypatch.setattr(dns.socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize(
    ("name", "leads"),
    [
        ("alias.example.com", True),
        ("cname.example.com", True),
        ("old.example.com", False),
        ("unknown.example.com", False),
    ],
)
def test_a_name_leads_to_the_distribution_by_cname_or_address(name, leads):
    assert leads_to(name, OURS) is leads
