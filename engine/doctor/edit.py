"""A change of one line of a file that has only one meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Edit:
    """In ``line`` (from 1) of ``path``, ``before`` becomes ``after``.

    An empty ``after`` takes the whole line out. Without a ``line`` the file is made, with the text ``after``.
    ``in_source`` says that the file is code of the app, which is only changed when that was asked for.
    """

    path: Path
    line: int | None
    before: str
    after: str
    in_source: bool = False


def apply(edit: Edit) -> bool:
    """Make the change; False where the file is no longer what the edit is about."""
    if edit.line is None:
        return _made(edit)
    lines = edit.path.read_bytes().decode(errors="surrogateescape").splitlines(keepends=True)
    at = edit.line - 1
    if at >= len(lines) or lines[at].count(edit.before) != 1:
        return False
    changed = lines[at].replace(edit.before, edit.after) if edit.after else ""
    text = "".join((*lines[:at], changed, *lines[at + 1 :]))
    edit.path.write_bytes(text.encode(errors="surrogateescape"))
    return True


def _made(edit: Edit) -> bool:
    if edit.path.exists():
        return False
    edit.path.write_text(edit.after)
    return True
