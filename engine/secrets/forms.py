"""The forms in which a secret can be read, for whoever must hide or find it."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator


def forms_of(value: str) -> Iterator[tuple[str, str]]:
    """The forms of ``value``, each with its name in words; the first is the value as it is.

    As inside a JSON string, URL-encoded, and in base64 (standard and URL-safe) at any offset inside of a
    longer text.
    """
    yield value, "as it is"
    yield json.dumps(value)[1:-1], "in JSON"
    yield json.dumps(value, ensure_ascii=False)[1:-1], "in JSON"
    for form in _url_forms(value):
        yield form, "URL-encoded"
    for form in _base64_forms(value.encode(errors="surrogateescape")):
        yield form, "in base64"


def _url_forms(value: str) -> Iterator[str]:
    for encode in (quote, quote_plus):
        encoded = encode(value, safe="", errors="surrogateescape")
        yield encoded
        yield re.sub(r"%[0-9A-F]{2}", lambda match: match.group().lower(), encoded)


def _base64_forms(value: bytes) -> Iterator[str]:
    # Base64 packs three bytes into four characters, so a value reads differently at each of three offsets.
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + value).decode()
        whole = encoded[(offset * 8 + 5) // 6 : (offset + len(value)) * 8 // 6]
        yield whole
        yield whole.replace("+", "-").replace("/", "_")
