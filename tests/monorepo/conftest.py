from __future__ import annotations

import json

import pytest


@pytest.fixture
def package(tmp_path):
    """Writes a package.json: ``package("apps/web", name="web", dependencies={...})``."""

    def write(folder: str, **fields: object) -> None:
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "package.json").write_text(json.dumps(fields))

    return write


@pytest.fixture
def acme(package, tmp_path):
    """A workspace: web needs ui through kit, admin needs icons; nothing needs docs."""
    package("", name="acme", workspaces=["packages/*", "apps/*"])
    package("packages/ui", name="@acme/ui")
    package("packages/icons", name="@acme/icons")
    package("packages/kit", name="@acme/kit", dependencies={"@acme/ui": "workspace:*", "react": "^19"})
    package("apps/web", name="web", devDependencies={"@acme/kit": "^1.0.0"})
    package("apps/admin", name="admin", dependencies={"@acme/icons": "workspace:^", "web-vitals": "5"})
    return tmp_path
