"""Is the live frontend linked to this environment, and to no other?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from engine.link.public import public_outputs
from engine.verify.model import Check

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.publish.manifest import ManifestFile
    from engine.verify.backend.model import Visit

_TEXTS = (".html", ".js", ".mjs", ".json")
_LARGEST = 8 * 1024 * 1024  # bytes of a file worth reading
_AT_ONCE = 8
_POOLS = ("auth_user_pool_id", "auth_user_pool_client_id")


def check(visit: Visit) -> Check | None:
    """What is live names ids of this environment, and none of another one of the app.

    A frontend that names none is all right where there is no ``auth``: it may be told at run time.
    """
    own = _ids(visit.request.outputs)
    if not own:
        return None
    foreign = {
        value: f"{name} of {environment}"
        for environment, outputs in visit.request.foreign.items()
        for value, name in _ids(outputs).items()
        if value not in own
    }
    wrong, named = [], set()
    for path, text in _pages(visit):
        wrong += [f"{path} has {whose} ({value})" for value, whose in foreign.items() if value in text]
        named |= {name for value, name in own.items() if value in text}
    if not wrong and visit.request.spec.auth and not named.intersection(_POOLS):
        wrong = ["no file names the user pool of this environment: nobody can sign in"]
    seen = ", ".join(sorted(named)) or "no id of a backend"
    return Check("frontend-ids", not wrong, "; ".join(wrong) or f"what is live names {seen}")


def _ids(outputs: Mapping[str, str]) -> dict[str, str]:
    """Value -> name, of the outputs that tell one environment from another."""
    return {value: name for name, value in public_outputs(outputs).items() if len(value) > 8}


def _pages(visit: Visit) -> Iterator[tuple[str, str]]:
    """The texts of the release as they are answered; one that a rule leads elsewhere is passed over."""
    files = [f"/{f.path}" for f in visit.request.manifest.files if _is_text(f)]
    with ThreadPoolExecutor(_AT_ONCE, "windlass-verify") as pool:
        for path, answer in zip(files, pool.map(visit.request.page, files), strict=True):
            if answer.status_code == 200:
                yield path, answer.content.decode(errors="replace")


def _is_text(file: ManifestFile) -> bool:
    return file.path.endswith(_TEXTS) and file.size <= _LARGEST
