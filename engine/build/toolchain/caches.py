"""Where package managers keep downloads (the user's cache) and global installs (the build's scratch)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from engine.build.toolchain.managers import Manager
    from engine.build.toolchain.model import Wish


def manager_variables(
    cache: Path, tools: Path, managers: Iterable[tuple[Wish, Manager]], folders: Sequence[Path]
) -> Mapping[str, str]:
    """The variables that lead npm, pnpm, Yarn and Bun there; ``tools`` is the toolchain's folder.

    Yarn 1 and 2 mean different things by the same names. pnpm's store: :func:`configure_pnpm`.
    """
    installed = tools / "global"
    found = {
        "npm_config_prefix": str(installed),
        "PNPM_HOME": str(installed / "pnpm"),
        "BUN_INSTALL": str(installed / "bun"),
        "BUN_INSTALL_CACHE_DIR": str(cache / "bun"),
        "COREPACK_ENABLE_DOWNLOAD_PROMPT": "0",
    }
    return found | _yarn(cache / "yarn", managers, folders)


def configure_pnpm(home: Path, cache: Path) -> None:
    """Lead pnpm to its store, by its files in the HOME of the commands.

    It must be the same path in every build, because pnpm notes it in ``node_modules``. A variable would be
    another from pnpm 11 on, and npm 11 warns of those that it does not know
    (https://pnpm.io/configuring: ``rc`` until pnpm 10, ``config.yaml`` since).
    """
    store = cache / "pnpm"
    for folder in (home / ".config" / "pnpm", home / "Library" / "Preferences" / "pnpm"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "rc").write_text(f"store-dir={store}\n")
        (folder / "config.yaml").write_text(f"storeDir: {json.dumps(str(store))}\n")


def _yarn(cache: Path, managers: Iterable[tuple[Wish, Manager]], folders: Sequence[Path]) -> dict[str, str]:
    yarn = next((manager for _, manager in managers if manager.name == "yarn"), None)
    berry = any((folder / ".yarnrc.yml").is_file() for folder in folders)
    if berry or (yarn is not None and not yarn.version.startswith("1.")):
        return {"YARN_GLOBAL_FOLDER": str(cache / "berry")}
    return {"YARN_CACHE_FOLDER": str(cache / "classic")}
