"""``envCache --set NAME VALUE`` and ``envCache --get NAME``: values kept from one build to the next.

Amplify has the command in its build image
(https://docs.aws.amazon.com/amplify/latest/userguide/environment-variables.html).
"""

from __future__ import annotations

import shlex
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.events import Warned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.events import Emit

_MOST = 1_000_000  # bytes of all values together

_SCRIPT = """\
#!/usr/bin/env bash
# Values kept from one build of this environment to the next, one file each.
store={store}
usage() {{ echo 'usage: envCache --set NAME VALUE | envCache --get NAME' >&2; exit 2; }}
[[ "$2" =~ ^[A-Za-z0-9_-][A-Za-z0-9_.-]{{0,199}}$ ]] || usage
case "$1/$#" in
  --set/3) printf '%s' "$3" > "$store/$2" ;;
  --get/2) [ ! -f "$store/$2" ] || cat "$store/$2"; echo ;;
  *) usage ;;
esac
"""


@contextmanager
def env_cache(kept: Path, scratch: Path, emit: Emit) -> Iterator[None]:
    """Put ``envCache`` into :func:`commands_folder` while the block runs, with the values of the folder
    ``kept``; what the build set goes back there, also where it failed.

    A name that was never set gives an empty line. More than 1 MB in all is not kept, with a Warned event.
    """
    store = scratch / "env-cache"
    store.mkdir(parents=True)
    for file in _values(kept):
        shutil.copyfile(file, store / file.name)
    _install(commands_folder(scratch) / "envCache", store)
    try:
        yield
    finally:
        _keep(store, kept, emit)


def commands_folder(scratch: Path) -> Path:
    """The folder of the commands that Windlass gives to a build; it belongs on the PATH."""
    return scratch / "bin"


def _install(script: Path, store: Path) -> None:
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(_SCRIPT.format(store=shlex.quote(str(store))))
    script.chmod(0o755)


def _values(folder: Path) -> list[Path]:
    # A link made by the build could bring any file of the host along.
    found = folder.iterdir() if folder.is_dir() and not folder.is_symlink() else ()
    return sorted(file for file in found if file.is_file() and not file.is_symlink())


def _keep(store: Path, kept: Path, emit: Emit) -> None:
    values = _values(store)
    if sum(file.stat().st_size for file in values) > _MOST:
        emit(
            Warned(
                "the values of envCache are over 1 MB together and are not kept",
                hint="cache.paths is for files",
            )
        )
        return
    shutil.rmtree(kept, ignore_errors=True)
    if values:
        kept.mkdir(parents=True)
    for file in values:
        shutil.copyfile(file, kept / file.name)
