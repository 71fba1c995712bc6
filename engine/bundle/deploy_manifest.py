"""``.amplify-hosting/deploy-manifest.json``, which adapters for Amplify write.

https://docs.aws.amazon.com/amplify/latest/userguide/ssr-deployment-specification.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.errors import BuildError, Where

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".amplify-hosting"
NAME = "deploy-manifest.json"


def needs_compute(hosting: Path) -> bool:
    """Whether the app below ``hosting`` has compute resources; False where there is no manifest.

    Raises BuildError for a manifest that is no such JSON.
    """
    manifest = _read(hosting / NAME)
    routes = manifest.get("routes") or []
    targets = [route.get(key) for route in routes for key in ("target", "fallback")]
    computes = any(target and target.get("kind") == "Compute" for target in targets)
    return bool(manifest.get("computeResources")) or computes


def static_folder(hosting: Path) -> Path | None:
    """The folder of the files of an app that is static only: what ``nuxt generate`` makes where AWS_APP_ID
    is set. None where there is no manifest, or no such folder.
    """
    folder = hosting / "static"
    return folder if (hosting / NAME).is_file() and folder.is_dir() else None


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_bytes())
        if isinstance(found, dict) and all(isinstance(route, dict) for route in found.get("routes") or []):
            return found
        reason = "it is no mapping with a list of routes"
    except (ValueError, TypeError) as error:
        reason = str(error)
    raise BuildError(
        f"`{FOLDER}/{NAME}` cannot be read: {reason}",
        where=Where(str(file)),
        hint="an adapter writes it: update the adapter, or remove the folder before the build",
    )
