"""``_LIVE_UPDATES``: the versions that Amplify's console sets before a build.

A JSON list such as ``[{"pkg": "node", "type": "nvm", "version": "18"}]``
(https://docs.aws.amazon.com/amplify/latest/userguide/custom-build-image.html, "live package updates").
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.build.toolchain.manifest import text_in
from engine.build.toolchain.model import Wish
from engine.events import Warned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.events import Emit

VARIABLE = "_LIVE_UPDATES"
_OURS = frozenset({"@aws-amplify/cli"})  # what it would do, Windlass does


def live_updates(variables: Mapping[str, str], emit: Emit) -> tuple[Wish, ...]:
    """What the variable asks for: Node (``nvm``) as the tool ``node``, npm packages by their names.

    What is asked for in another way is named in a Warned event; so is a value that is no such list.
    """
    text = variables.get(VARIABLE, "").strip()
    if not text:
        return ()
    try:
        entries = json.loads(text)
    except ValueError:
        entries = None
    if not isinstance(entries, list):
        emit(
            Warned(
                f"{VARIABLE} is not a JSON list and is ignored",
                hint='write [{"pkg": "node", "type": "nvm", "version": "22"}], or use .nvmrc',
            )
        )
        return ()
    return tuple(wish for entry in entries if (wish := _wish(entry, emit)))


def _wish(entry: Any, emit: Emit) -> Wish | None:
    package, kind = text_in(entry, "pkg"), text_in(entry, "type")
    version = text_in(entry, "version") or "latest"
    if kind == "nvm":
        return Wish("node", version, VARIABLE)
    if kind == "npm" and package and package not in _OURS:
        return Wish(package, version, VARIABLE)
    if package not in _OURS and not package.startswith("next-version"):  # Amplify's own switch for Next.js
        emit(
            Warned(
                f"{VARIABLE} names `{package or entry}` of type `{kind}`, which is not set up here",
                hint="types: nvm, npm; other tools are used as they are on PATH",
            )
        )
    return None
