"""Secret values, taken out of what a build prints."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MASK = "***"
SHORTEST = 6  # characters; anything shorter is found in ordinary words


class Mask:
    """Replaces secret values by ``***``.

    Known forms: as it is, each line of it, base64 (standard and URL-safe, at any offset inside a longer
    text), URL-encoded, and as inside a JSON string. Values below six characters are left alone.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets for form in _forms(secret) if len(form) >= SHORTEST}
        ordered = sorted((form.encode(errors="surrogateescape") for form in forms), key=len, reverse=True)
        self.longest = len(ordered[0]) if ordered else 0
        self._found = re.compile(b"|".join(re.escape(form) for form in ordered)) if ordered else None

    def line(self, line: bytes, limit: int) -> str:
        """``line`` as text, masked and then cut to about ``limit`` bytes.

        To mask a value that lies across the limit, ``line`` must hold ``longest`` bytes more than that.
        """
        end = min(limit, len(line))
        if self._found:
            across = (m.end() for m in self._found.finditer(line) if m.start() < limit < m.end())
            end = next(across, end)
        cut = "…" if end < len(line) else ""
        return self._masked(line[:end]).decode(errors="replace") + cut

    def text(self, text: str) -> str:
        """``text`` with every secret value masked."""
        return self._masked(text.encode(errors="surrogateescape")).decode(errors="replace")

    def _masked(self, data: bytes) -> bytes:
        return self._found.sub(MASK.encode(), data) if self._found else data


def _forms(secret: str) -> Iterator[str]:
    if len(secret) < SHORTEST:
        return
    for value in {secret, *(line.strip() for line in secret.splitlines())}:
        if len(value) >= SHORTEST:
            yield value
            yield json.dumps(value)[1:-1]
            yield json.dumps(value, ensure_ascii=False)[1:-1]
            yield from _url_forms(value)
            yield from _base64_forms(value.encode(errors="surrogateescape"))


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
