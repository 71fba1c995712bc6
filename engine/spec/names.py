"""Names made from text that people chose freely: the app's default name, DNS labels."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LABEL_LIMIT = 40  # leaves room for an environment and a hash in one DNS label of 63 (RFC 1035, 2.3.4)

_ORIGIN = re.compile(r'^\s*\[remote "origin"\]\s*$(?P<body>(?:\n(?!\s*\[).*)*)', re.MULTILINE)
_URL = re.compile(r'^\s*url\s*=\s*"?(?P<url>[^"\n]+?)"?\s*$', re.MULTILINE)


def slug(text: str, limit: int = LABEL_LIMIT) -> str:
    """``text`` as a DNS label: lower case, ``[a-z0-9-]``, at most ``limit`` characters, never empty.

    Accents are dropped (``Café`` -> ``cafe``); where nothing is left the label is ``x``. Different texts can
    have the same slug: whoever needs uniqueness adds a hash.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:limit].strip("-") or "x"


def default_app(folder: Path) -> str:
    """The name of an app that does not say its own: the slug of the repository's name (remote origin), where
    ``folder`` is the top of a git checkout; else of the folder's own name.

    Only the text of ``.git/config`` is read; no process is started.
    """
    return slug(_repository(folder) or folder.absolute().resolve().name)


def _repository(folder: Path) -> str:
    try:
        config = (_git_folder(folder) / "config").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    origin = _ORIGIN.search(config)
    url = _URL.search(origin["body"]) if origin else None
    return re.split(r"[/:\\]", url["url"].rstrip("/"))[-1].removesuffix(".git") if url else ""


def _git_folder(folder: Path) -> Path:
    """The folder that holds ``config``, also for a worktree or a submodule, where ``.git`` is a file
    (https://git-scm.com/docs/gitrepository-layout).
    """
    git = folder / ".git"
    if not git.is_file():
        return git
    own = folder / git.read_text(encoding="utf-8", errors="replace").removeprefix("gitdir:").strip()
    common = own / "commondir"
    return own / common.read_text(encoding="utf-8").strip() if common.is_file() else own
