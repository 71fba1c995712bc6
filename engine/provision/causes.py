"""What AWS says when it refuses a resource, and what to do about it: one entry a cause."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

OTHERWISE = "Read the lines above. Nothing that was live has changed; run the same command again."
_AGAIN = "then run the same command again: what was made is kept."

# The first that matches wins. The codes: "Common errors" of each service's API reference, and
# https://docs.aws.amazon.com/cloudfront/latest/APIReference/ for TooMany*.
CAUSES = (
    (
        re.compile(r"ExpiredToken|security token included in the request is expired|SSO session .*expired"),
        f"The AWS credentials have expired: sign in again (`aws sso login`), {_AGAIN}",
    ),
    (
        re.compile(r"InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AuthFailure"),
        f"AWS does not know these credentials: look at `aws sts get-caller-identity`, {_AGAIN}",
    ),
    (
        re.compile(r"AccessDenied|UnauthorizedOperation|not authorized to perform"),
        "These credentials may not do it: the line above names the action that whoever deploys must be "
        f"allowed to perform; {_AGAIN}",
    ),
    (
        re.compile(r"Throttling|TooManyRequests|Rate exceeded|SlowDown"),
        f"AWS asks for fewer requests: wait a minute, {_AGAIN}",
    ),
    (
        re.compile(r"TooMany(?:Cache|OriginRequest|ResponseHeaders)Policies"),
        "CloudFront allows an account 20 policies of its own of a kind, and each environment has one: "
        f"destroy environments that nobody needs, or ask for more in Service Quotas, {_AGAIN}",
    ),
    (
        re.compile(r"TooMany\w+|LimitExceeded|QuotaExceeded|QuotaCode"),
        "The account has as many of these as it may: destroy environments that nobody needs, or ask for more "
        f"in Service Quotas, {_AGAIN}",
    ),
    (
        re.compile(r"CNAMEAlreadyExists"),
        "Another distribution answers for that domain: take the alias off it, or change `domain:`, " + _AGAIN,
    ),
    (
        re.compile(r"no such host|connection refused|i/o timeout|TLS handshake timeout"),
        f"AWS could not be reached: look at the network and the proxy variables, {_AGAIN}",
    ),
)


def advice_on(lines: Iterable[str]) -> str:
    """The hint for what the ``lines`` of a failed operation say; a general one where no cause is known."""
    said = "\n".join(lines)
    return next((hint for pattern, hint in CAUSES if pattern.search(said)), OTHERWISE)
