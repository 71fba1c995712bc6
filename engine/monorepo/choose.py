"""Which application of the file is meant, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "AMPLIFY_MONOREPO_APP_ROOT"


@dataclass(frozen=True, slots=True)
class Wanted:
    """``app_root`` as somebody wrote it, None where nobody did, and the ``origin`` of it for people."""

    app_root: str | None = None
    origin: str = "the only application of the file"


def wanted(
    app_root: str | None, variables: Mapping[str, str], host: Mapping[str, str], origin: str = "--app-root"
) -> Wanted:
    """What is said about the application: ``app_root`` (by ``origin``), else AMPLIFY_MONOREPO_APP_ROOT in
    ``variables`` (--var), else in ``host``, the environment Windlass runs in.
    """
    if app_root is not None:
        return Wanted(app_root, origin)
    if variables.get(VARIABLE):
        return Wanted(variables[VARIABLE], f"--var {VARIABLE}")
    if host.get(VARIABLE):
        return Wanted(host[VARIABLE], f"{VARIABLE} of this shell")
    return Wanted()
