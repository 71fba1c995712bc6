"""Docstrings with Sphinx's roles, for mkdocstrings: ``:class:`~engine.run.Run` `` becomes ```Run```."""

from __future__ import annotations

import re
from typing import Any

import griffe

from tools.docs.markdown import without_roles

_BLOCK = re.compile(r"::\n\n((?:    .*\n|\n)+)")


class Roles(griffe.Extension):  # type: ignore[misc]
    """Rewrites every docstring as Markdown."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called by griffe for every module, class, function and attribute."""
        if obj.docstring:
            obj.docstring.value = without_roles(_BLOCK.sub(r":\n\n\1", obj.docstring.value))
