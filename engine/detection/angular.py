"""Where Angular writes: ``outputPath`` of the first application in angular.json, or of an Nx project.json.

https://angular.dev/reference/configs/workspace-config, https://angular.dev/tools/cli/build-system-migration
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.detection.config import Config, Setting

_BUILDS = ("projects.*.architect.build", "projects.*.targets.build", "targets.build")


def angular_output(config: Config, project: str = "") -> tuple[str, str] | None:
    """The folder of the files for the browser, and the key that says so; None without a build target.

    ``project`` is the folder of an Nx project, whose files go to the same one below ``dist``.
    """
    builders = (s for at in _BUILDS for key in ("builder", "executor") for s in config.find(f"{at}.{key}"))
    builder = next((found for found in builders if "packagr" not in found.value), None)  # a library
    if builder is None:
        return None
    build = builder.key.rpartition(".")[0]
    base, browser = f"{build}.options.outputPath", "browser"
    if builder.value.endswith(":browser"):  # the builder of Angular 16 and before has no folder `browser`
        browser = ""
    told = _first(config, f"{base}.base") or _first(config, base)
    own = _first(config, f"{base}.browser")
    folder = told.value if told else f"dist/{project or build.split('.')[1]}"
    why = f"{told.key if told else builder.key} in {builder.file}"
    return posixpath.join(folder, own.value if own else browser), why


def _first(config: Config, key: str) -> Setting | None:
    return next((s for s in config.find(key) if "\0" not in s.value), None)
