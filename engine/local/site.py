"""The address of a site on this machine, and what a ``Host`` header means here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

# Names under which AWS answers and the emulator looks at the Host header: S3 virtual hosts, AppSync, API
# Gateway, CloudFront, function URLs, the hosted sign-in pages.
_SERVICES = (
    ".amazonaws.com",
    ".cloudfront.net",
    ".on.aws",
    ".amazoncognito.com",
    ".execute-api.localhost",
    ".appsync-api.localhost",
    ".cloudfront.localhost",
)
_LOOPBACK = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True, order=True)
class Site:
    """An environment of an app, as its host name says it."""

    app: str
    environment: str

    @property
    def host(self) -> str:
        """``<environment>.<app>.localhost``; browsers resolve it to this machine (RFC 6761, 6.3)."""
        return f"{self.environment}.{self.app}.localhost"


class Place(Enum):
    """What a host name leads to."""

    CONTROL = "the AWS API"
    SERVICE = "a service that has its own host name"
    SITE = "the edge"
    FOREIGN = "nothing of ours"


def site_url(port: int, app: str, environment: str) -> str:
    """``http://<environment>.<app>.localhost:PORT/``, where the environment answers on this machine."""
    return f"http://{Site(app, environment).host}:{port}/"


def host_name(host: str) -> str:
    """A ``Host`` header without its port, in lower case, without the dot of the root."""
    name, colon, port = host.strip().lower().rpartition(":")
    return (name if colon and port.isdigit() else host.strip().lower()).rstrip(".")


def place(host: str) -> Place:
    """Where the ``Host`` header ``host`` leads."""
    name = host_name(host)
    if name in _LOOPBACK:
        return Place.CONTROL
    if name.endswith(_SERVICES):
        return Place.SERVICE
    return Place.SITE if name.endswith(".localhost") else Place.FOREIGN


def site_of(host: str) -> Site | None:
    """The site that the ``Host`` header ``host`` names, or None if it is not of that form."""
    labels = host_name(host).split(".")
    if len(labels) != 3 or labels[2] != "localhost" or not all(labels):
        return None
    return Site(app=labels[1], environment=labels[0])
