"""The prefix by which an app's bundler tells what the browser may know from what it may not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Package -> prefix; a framework before the bundler that it is made of.
_PREFIXES = {
    "next": "NEXT_PUBLIC_",
    "gatsby": "GATSBY_",
    "nuxt": "NUXT_PUBLIC_",
    "astro": "PUBLIC_",
    "@sveltejs/kit": "PUBLIC_",
    "expo": "EXPO_PUBLIC_",
    "react-scripts": "REACT_APP_",
    "@vue/cli-service": "VUE_APP_",
    "vite": "VITE_",
}


def public_prefix_of(folder: Path) -> str:
    """The prefix of the app in ``folder``; "" where its bundler has none, or there is no package.json."""
    try:
        package = json.loads((folder / "package.json").read_text())
        packages = {**package.get("dependencies", {}), **package.get("devDependencies", {})}
    except (OSError, ValueError, AttributeError, TypeError):
        return ""
    return next((prefix for name, prefix in _PREFIXES.items() if name in packages), "")
