"""Reverse proxies: rules with status 200 whose target is another host.

Each becomes an origin and a cache behavior of the distribution, which caches nothing and passes on method,
body, query, cookies and headers (all but ``Host``). Which origin a request goes to is decided by the edge
function, by the same rules in the same order as everything else, with ``cf.selectRequestOriginById``:
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/helper-functions-origin-modification.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from engine.publish.edge_rule import RuleError
from engine.publish.environments import Names, applies
from engine.publish.source import ABSOLUTE, PLACEHOLDER, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.spec.model import Redirect

MOST = 60  # behaviors; CloudFront allows 75 besides the default one, and 100 origins
_PATTERN_LIMIT = 255
_SECURE = "https"


@dataclass(frozen=True, slots=True)
class Proxy:
    """``pattern`` is the path pattern of the cache behavior; ``port`` belongs to ``scheme``."""

    pattern: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """The id of the origin in the distribution."""
        usual = self.port == (443 if self.scheme == _SECURE else 80)
        return f"{self.scheme}-{self.host}" + ("" if usual else f"-{self.port}")


def is_proxy(redirect: Redirect) -> bool:
    """Whether the rule fetches from another host."""
    return redirect.status == "200" and ABSOLUTE.match(redirect.target.strip()) is not None


def proxy_of(redirect: Redirect) -> Proxy:
    """The proxy that the rule asks for.

    :raises RuleError: CloudFront cannot do it; the message says what would.
    """
    source = source_of(redirect.source.strip())
    if not source.pattern:
        raise _refused(
            "cannot be found by a regular expression, or for a whole host",
            "write the source as a path, such as /api/<*>",
        )
    if redirect.condition:
        raise _refused("cannot depend on the country", "redirect by country (302), or let the API decide")
    if len(source.pattern) > _PATTERN_LIMIT:
        raise _refused(f"takes a path of at most {_PATTERN_LIMIT} characters", "shorten the source")
    return _of_target(source.pattern, urlsplit(_absolute(redirect.target)))


def proxies_of(redirects: Iterable[Redirect], names: Names) -> tuple[Proxy, ...]:
    """The proxies that an environment called ``names`` needs, in the order of their rules, each once.

    :raises RuleError: as :func:`proxy_of`.
    """
    wanted = (rule for rule in redirects if is_proxy(rule) and applies(rule, names))
    return tuple(dict.fromkeys(proxy_of(rule) for rule in wanted))


def target_path(redirect: Redirect) -> str:
    """The path of the target at the other host, with its placeholders."""
    return urlsplit(_absolute(redirect.target)).path or "/"


def _absolute(target: str) -> str:
    text = target.strip()
    return f"{_SECURE}:{text}" if text.startswith("//") else text


def _of_target(pattern: str, url: SplitResult) -> Proxy:
    if PLACEHOLDER.search(url.netloc):
        raise _refused("needs one host, not one from a placeholder", "write a rule for each host")
    scheme = url.scheme.lower()
    host, port = _host(url)
    if url.query:
        raise _refused("passes the visitor's own query string on", "take the `?...` out of the target")
    if not 0 < port < 65536 or (port < 1024 and port not in (80, 443)):
        raise _refused("reaches the ports 80, 443 and 1024 to 65535", "use one of them")
    return Proxy(pattern, scheme, host, port)


def _host(url: SplitResult) -> tuple[str, int]:
    try:
        host, port = url.hostname or "", url.port
        usable = re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", host) and not url.username
    except ValueError:
        usable = None
    if not usable or _is_address(host):
        raise _refused("needs the name of a host (no address, no password)", "write https://name/path")
    return host, port or (443 if url.scheme.lower() == _SECURE else 80)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _refused(what: str, hint: str) -> RuleError:
    return RuleError("redirect-proxy", f"a reverse proxy (status 200, another host) {what}", hint)
