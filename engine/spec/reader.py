"""A YAML file -> :class:`Document`: values, and the place of each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import yaml

from engine.errors import Problem, SpecError, UsageError, Where
from engine.spec import limits, syntax
from engine.spec.compose import SMALLER, Composing
from engine.spec.node import Node, dotted

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Document:
    """A file's ``root``, and what is wrong with it that need not stop the reading (duplicate keys)."""

    file: str
    root: Node
    problems: tuple[Problem, ...] = ()

    @property
    def value(self) -> Any:
        """The values alone: dicts, lists, texts, None. Numbers and truth values are texts as written."""
        return self.root.plain()

    def where(self, key: str) -> Where:
        """The place of the dotted ``key``; of the whole file where there is no such key."""
        return self._places.get(key, Where(self.file))

    @cached_property
    def _places(self) -> dict[str, Where]:
        return {dotted(path): node.where for path, node in self.root.walk()}


def read(path: Path) -> Document:
    """The YAML file at ``path``. Raises SpecError for all that :func:`parse` does and for duplicate keys, and
    UsageError where the file cannot be read.
    """
    document = parse(contents(path), str(path))
    if document.problems:
        raise SpecError(document.problems)
    return document


def contents(path: Path) -> bytes:
    """The bytes of the file, at most one more than :data:`limits.FILE_BYTES`. Raises UsageError."""
    try:
        with path.open("rb") as file:
            return file.read(limits.FILE_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            f"cannot read the file: {reason}", where=Where(str(path)), hint="Check it."
        ) from None


def parse(data: bytes, file: str) -> Document:
    """The document in ``data``; ``file`` is only named in messages.

    Raises SpecError where the text is no YAML, is empty, is not UTF-8 or is over the limits of
    :mod:`engine.spec.limits`.
    """
    if len(data) > limits.FILE_BYTES:
        said = f"the file has more than {limits.FILE_BYTES:,} bytes"
        raise SpecError((Problem("too-large", said, Where(file), SMALLER),))
    text = syntax.decoded(data, file)
    if found := syntax.conflict(text, file):
        raise SpecError((found,))
    reading = Composing(file, text)
    try:
        return Document(file, reading.document(), tuple(reading.problems))
    except yaml.YAMLError as error:
        raise SpecError((syntax.explained(error, text, file),)) from None
