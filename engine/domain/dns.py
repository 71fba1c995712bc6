"""Where a name leads by DNS, as this machine sees it."""

from __future__ import annotations

import socket


def leads_to(name: str, distribution: str) -> bool:
    """Whether ``name`` leads to the host ``distribution``: as its CNAME, or to an address that both have, as
    aliases do. False where DNS does not know one of them.
    """
    canonical, addresses = _resolved(name)
    if not addresses:
        return False
    return canonical == distribution or bool(addresses & _resolved(distribution)[1])


def _resolved(name: str) -> tuple[str, set[str]]:
    try:
        found = socket.getaddrinfo(name, 443, type=socket.SOCK_STREAM, flags=socket.AI_CANONNAME)
    except (OSError, UnicodeError):
        return "", set()
    return found[0][3].rstrip(".").lower(), {str(one[4][0]) for one in found}
