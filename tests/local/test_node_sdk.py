"""The AWS SDK for JavaScript, for functions on this machine."""

import asyncio
import json

import pytest

from engine.build.toolchain.npm import NpmError
from engine.functions.sources import sources_of
from engine.local.node_sdk import install_sdk, pinned, sdk_modules, wants_sdk


class Npm:
    """Installs one package, or fails."""

    def __init__(self, error=None):
        self.runs, self.error = [], error

    async def clean_install(self, folder):
        self.runs.append(json.loads((folder / "package-lock.json").read_text()))
        (folder / "node_modules").mkdir()
        if self.error:
            raise self.error


def test_it_is_installed_once_and_said(tmp_path):
    npm, events = Npm(), []
    modules = sdk_modules({"XDG_CACHE_HOME": str(tmp_path)})
    for _ in range(2):
        asyncio.run(install_sdk(modules, npm, events.append))
    assert modules.is_dir()
    assert len(npm.runs) == len(events) == 1
    assert {path.name for path in modules.parent.parent.iterdir()} == {"lock", modules.parent.name}


def test_what_fails_leaves_nothing(tmp_path):
    modules = sdk_modules({"XDG_CACHE_HOME": str(tmp_path)})
    with pytest.raises(NpmError):
        asyncio.run(install_sdk(modules, Npm(NpmError("no network")), lambda event: None))
    assert {path.name for path in modules.parent.parent.iterdir()} == {"lock"}


def test_every_package_is_pinned_in_the_lock_file(tmp_path):
    npm = Npm()
    asyncio.run(install_sdk(tmp_path / "a/b/node_modules", npm, lambda event: None))
    (lock,) = npm.runs
    assert {f"node_modules/{name}" for name in pinned()} <= set(lock["packages"])
    assert all("integrity" in one for path, one in lock["packages"].items() if path)


@pytest.mark.parametrize(
    ("name", "text", "wants"),
    [
        ("app.mjs", "import { S3Client } from '@aws-sdk/client-s3'", True),
        ("lib/table.ts", "import type { X } from '@aws-sdk/client-dynamodb'", True),
        ("README.md", "we use @aws-sdk/client-s3", False),
        ("app.mjs", "export const handler = () => 1", False),
    ],
)
def test_who_wants_it(tmp_path, name, text, wants):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    assert wants_sdk(sources_of(tmp_path)) == wants
