"""The hook of mkdocs: a line ``<!-- from the code: NAME -->`` of a page becomes the block of that name."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from mkdocs.exceptions import PluginError

sys.path.insert(
    0, str(Path(__file__).resolve().parents[2])
)  # mkdocs loads hooks by path, outside of any package

from tools.docs.blocks import BLOCKS

_MARK = re.compile(r"^<!-- from the code: ([\w-]+) -->$", re.MULTILINE)


def on_page_markdown(markdown: str, **_: object) -> str:
    """The page with its blocks; mkdocs calls this for every page."""
    return _MARK.sub(_block, markdown)


def _block(mark: re.Match[str]) -> str:
    if mark[1] not in BLOCKS:
        raise PluginError(f"no block is called {mark[1]}; there are: {', '.join(BLOCKS)}")
    return BLOCKS[mark[1]]()
