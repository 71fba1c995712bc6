"""What looks like a secret, by the rules of detect-secrets (https://github.com/Yelp/detect-secrets).

Only rules that are seldom wrong: tokens with a prefix of their own, and private keys. Hashes, chunk names
and keys that are public on purpose (of Google Maps, of Firebase) are in every bundle, so nothing goes by
entropy or by the name of a variable.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detect_secrets.plugins.base import BasePlugin

LONGEST = 352  # bytes of what is looked at around a sign

# Where to ask the rules, which are many and slow. Each sign begins with fixed letters: so `re` is as fast as
# `find`, and one pattern of all of them would take five times as long. A private key must have a body:
# libraries that read keys have the line alone.
_SIGNS = tuple(
    map(
        re.compile,
        (
            *(rb"AKIA[0-9A-Z]{16}", rb"ASIA[0-9A-Z]{16}", rb"ABIA[0-9A-Z]{16}", rb"ACCA[0-9A-Z]{16}"),
            *(rb"k_live_\w", rb"xox[abposr]-\d", rb"hooks\.slack\.com/services/T", rb"T3BlbkFJ"),
            *(rb"gh[pousr]_[A-Za-z0-9_]{36}", rb"glpat-", rb"SG\.[\w-]{22}\.", rb"sq0csp-", rb"pypi-AgE"),
            rb"PRIVATE KEY(?: BLOCK)?-{5}(?:\\[rn]|\s){1,4}[\w+/=]{32}",
        ),
    )
)
_BEFORE = 96  # bytes of a token that may stand before its sign
_DOCUMENTED = re.compile(r"EXAMPLE|(.)\1{9}|0123456789|1234567890")  # as pages and tests have them


def lookalikes(text: bytes) -> Iterator[tuple[int, str]]:
    """Where something that looks like a secret begins in ``text``, and its kind, such as "AWS Access Key"."""
    for found in (found for sign in _SIGNS for found in sign.finditer(text)):
        first = max(found.start() - _BEFORE, 0)
        line = text[first : found.start() + LONGEST - _BEFORE].decode("latin-1")
        for rule in _rules():
            values = [value for value in rule.analyze_string(line) if not _DOCUMENTED.search(value)]
            if values:
                yield first + line.find(values[0]), rule.secret_type
                break


@cache
def _rules() -> tuple[BasePlugin, ...]:
    from detect_secrets.plugins.aws import AWSKeyDetector
    from detect_secrets.plugins.github_token import GitHubTokenDetector
    from detect_secrets.plugins.gitlab_token import GitLabTokenDetector
    from detect_secrets.plugins.openai import OpenAIDetector
    from detect_secrets.plugins.private_key import PrivateKeyDetector
    from detect_secrets.plugins.pypi_token import PypiTokenDetector
    from detect_secrets.plugins.sendgrid import SendGridDetector
    from detect_secrets.plugins.slack import SlackDetector
    from detect_secrets.plugins.square_oauth import SquareOAuthDetector
    from detect_secrets.plugins.stripe import StripeDetector

    kinds = (
        *(AWSKeyDetector, GitHubTokenDetector, GitLabTokenDetector, OpenAIDetector, PrivateKeyDetector),
        *(PypiTokenDetector, SendGridDetector, SlackDetector, SquareOAuthDetector, StripeDetector),
    )
    return tuple(kind() for kind in kinds)
