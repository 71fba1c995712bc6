"""Secret values, taken out of what a build prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.secrets.forms import forms_of
from engine.secrets.model import SHORTEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MASK = "***"


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
            yield from (form for form, _ in forms_of(value))
