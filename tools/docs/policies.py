"""The policies that come with Windlass."""

from __future__ import annotations

from engine.shipped import shipped

_ORDER = ("prod", "staging", "dev", "preview", "local")


def shipped_policies() -> str:
    """Each shipped file as it is."""
    found = {file.stem: file for file in shipped("stacks").glob("*.yaml")}
    names = sorted(found, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))
    return "\n\n".join(
        f'```yaml title="stacks/{name}.yaml"\n{found[name].read_text().strip()}\n```' for name in names
    )
