"""Which names an environment answers for, worked out from the ``domain`` of its rule alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_WILDCARD = "*."
_WWW = "www."


@dataclass(frozen=True, slots=True)
class Domain:
    """The names that an environment shall answer for.

    ``name`` is the canonical one, and ``other`` redirects to it ("" for none). ``wildcard`` is the name of
    the certificate where all environments of a rule share one (``*.preview.example.com``), else "".
    ``zone`` is the id of the hosted zone that the spec or policy names, ``none`` where DNS is elsewhere, ""
    where the zone is looked for.
    """

    name: str
    other: str = ""
    wildcard: str = ""
    zone: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, the canonical one first."""
        return (self.name, self.other) if self.other else (self.name,)


def domain_of(written: str, environment: str, *, www: bool | None = None, zone: str = "") -> Domain:
    """The names for ``domain: <written>``. In ``*.preview.example.com`` the environment's name takes the
    place of the star.

    ``www`` says whether the name with ``www.`` before it, or without it, redirects to the written one; by
    default it does where one of the two is a registrable domain (example.com, example.co.uk), as in Amplify.
    """
    if written.startswith(_WILDCARD):
        return Domain(f"{environment}.{written.removeprefix(_WILDCARD)}", wildcard=written, zone=zone)
    bare = written.removeprefix(_WWW)
    wanted = registrable(bare) if www is None else www
    other = "" if not wanted else bare if bare != written else _WWW + bare
    return Domain(written, other, zone=zone)


def covers(certificate: str, name: str) -> bool:
    """Whether the name ``certificate`` of a certificate stands for ``name``; a star is exactly one label."""
    if certificate.startswith(_WILDCARD):
        return name.partition(".")[2] == certificate.removeprefix(_WILDCARD)
    return certificate == name


def registrable(name: str) -> bool:
    """Whether anybody can register ``name``, by the Public Suffix List (https://publicsuffix.org)."""
    return bool(_suffixes().privatesuffix(name) == name)


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # a fifth of a second, and most deployments have no domain

    return PublicSuffixList()
