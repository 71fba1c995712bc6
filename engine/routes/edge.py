"""The edge function that ships, run by Node on this machine, with the same shim as the embedded AWS's."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import LocalTargetError, PrerequisiteError
from engine.publish.code import function_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SECONDS = 60.0


def said(
    entries: Mapping[str, str],
    proxied: Iterable[str],
    requests: Iterable[Mapping[str, object]],
    host: Mapping[str, str],
) -> list[dict[str, Any]]:
    """What ``explain.js`` says about each of ``requests``, in the form of CloudFront's events; blocking.

    ``entries`` are those of the KeyValueStore, ``proxied`` the path patterns that lead to other hosts,
    ``host`` the variables of this machine. Raises PrerequisiteError where there is no Node.
    """
    node = shutil.which("node", path=host.get("PATH"))
    if node is None:
        raise PrerequisiteError("the edge function needs Node to run here", hint="Install Node 20 or newer.")
    code = function_code(proxied) + (files("engine.routes") / "explain.js").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="windlass-routes-") as folder:
        store = Path(folder) / "entries.json"
        store.write_text(json.dumps(dict(entries)), encoding="utf-8")
        call = {
            "code": code,
            "runtime": "cloudfront-js-2.0",
            "store": {"path": str(store), "id": "", "created": "", "updated": ""},
        }
        events = ({"number": n, "request": request} for n, request in enumerate(requests))
        lines = [json.dumps({**call, "event": event}) for event in events]
        answers = [json.loads(line) for line in _ran(node, "\n".join(lines), host).splitlines()]
    if wrong := next((answer for answer in answers if answer["status"] == "error"), None):
        raise LocalTargetError(f"the edge function failed: {wrong['message']}")
    return sorted((answer["value"] for answer in answers), key=lambda value: int(value["number"]))


def _ran(node: str, given: str, host: Mapping[str, str]) -> str:
    shim = files("engine.local.emulator") / "functions.js"
    done = subprocess.run(
        [node, str(shim)],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        env={"PATH": host.get("PATH", "")},
        check=False,
    )
    if done.returncode:
        raise LocalTargetError(f"Node ended with {done.returncode}", details=(done.stderr[-2000:],))
    return done.stdout
