from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest

from engine.build.archive import Entry, index_of, packed
from engine.build.cache import Cache, restore_cache, save_cache
from engine.build.cache_key import CacheKey
from engine.build.cache_store import CacheStore
from engine.events import Event, Warned
from engine.state.backend import StateBackend

if TYPE_CHECKING:
    from pathlib import Path


class Kept:
    """A cache folder and a checkout, which `fresh` replaces by an empty one."""

    def __init__(self, folder: Path, *paths: str) -> None:
        self.folder = folder / "cache"
        self.root = folder / "app"
        self.root.mkdir()
        self.paths = paths
        self.events: list[Event] = []

    def write(self, path: str, text: str = "x") -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def fresh(self) -> None:
        self.root = self.root.parent / f"{self.root.name}-again"
        self.root.mkdir()

    def cache(self, environment: str = "main", lock: str = "1", node: str = "22") -> Cache:
        key = CacheKey("demo", environment, "main", lock, node)
        store = CacheStore(StateBackend.folder(self.folder))
        return Cache(store, key, self.root, self.paths)

    def save(self, environment: str = "main", **key: str) -> bool:
        return asyncio.run(save_cache(self.cache(environment, **key), self.events.append))

    def restore(self, environment: str = "main", **key: str) -> bool:
        return asyncio.run(restore_cache(self.cache(environment, **key), self.events.append))

    @property
    def archive(self) -> Path:
        (found,) = self.folder.rglob("*.zst")
        return found

    @property
    def files(self) -> list[str]:
        found = (path for path in self.root.rglob("*") if path.is_symlink() or path.is_file())
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    @property
    def warnings(self) -> list[str]:
        return [event.message for event in self.events if isinstance(event, Warned)]


def test_round_trip(tmp_path):
    kept = Kept(tmp_path, "node_modules/**/*", ".npm", "packages/*/dist/**", "!node_modules/.cache")
    tool = kept.write("node_modules/pkg/cli.js", "tool")
    tool.chmod(0o755)
    os.utime(tool, (1_000_000_000, 1_000_000_000))
    (kept.root / "node_modules/.bin").mkdir()
    (kept.root / "node_modules/.bin/cli").symlink_to("../pkg/cli.js")
    kept.write("node_modules/.cache/big")
    kept.write(".npm/日本 語")
    kept.write("packages/a/dist/deep/x")
    kept.write("packages/a/src/x")
    kept.write("src/index.ts")
    assert kept.save()
    kept.fresh()
    assert kept.restore()
    assert kept.files == [
        ".npm/日本 語",
        "node_modules/.bin/cli",
        "node_modules/pkg/cli.js",
        "packages/a/dist/deep/x",
    ]
    restored = kept.root / "node_modules/.bin/cli"
    assert restored.read_text() == "tool" and restored.is_symlink()
    assert restored.stat().st_mtime == 1_000_000_000 and os.access(restored, os.X_OK)
    assert not kept.warnings


def test_nothing_is_written_when_nothing_changed(tmp_path):
    kept = Kept(tmp_path, "node_modules/**/*")
    file = kept.write("node_modules/a")
    assert kept.save()
    before = kept.archive.stat()
    assert not kept.save()
    assert kept.archive.stat().st_mtime_ns == before.st_mtime_ns
    file.write_text("longer")
    assert kept.save()
    kept.fresh()
    assert kept.restore()
    assert (kept.root / "node_modules/a").read_text() == "longer"
    assert not kept.save(), "what was restored is what is kept"


def test_a_folder_that_is_there_is_left_alone(tmp_path):
    kept = Kept(tmp_path, "node_modules/**/*", ".npm/**/*")
    kept.write("node_modules/old")
    kept.write(".npm/a")
    kept.save()
    kept.fresh()
    kept.write("node_modules/new")
    (kept.root / ".npm").mkdir()
    assert kept.restore()
    assert kept.files == [".npm/a", "node_modules/new"]


def test_a_branch_starts_from_the_base_but_the_base_from_no_branch(tmp_path):
    kept = Kept(tmp_path, "node_modules/**/*")
    kept.write("node_modules/a", "of pr-1")
    kept.save("pr-1")
    kept.fresh()
    assert not kept.restore("main")
    kept.write("node_modules/a", "of main")
    kept.save("main")
    kept.fresh()
    assert kept.restore("pr-2")
    assert (kept.root / "node_modules/a").read_text() == "of main"
    kept.fresh()
    assert kept.restore("pr-1")
    assert (kept.root / "node_modules/a").read_text() == "of pr-1"


@pytest.mark.parametrize("path", ["../node_modules/**", "/root/.pnpm-store/**/*", "$(npm root -g)/**"])
def test_paths_outside_of_the_app_are_left_out(tmp_path, path):
    kept = Kept(tmp_path, path, "node_modules/**/*")
    kept.write("node_modules/a")
    assert kept.save()
    kept.fresh()
    assert kept.restore()
    assert kept.files == ["node_modules/a"]


def test_an_older_lock_file_then_the_base_then_nothing(tmp_path):
    kept = Kept(tmp_path, "node_modules/**/*")

    def restored(environment: str, lock: str, **key: str) -> str:
        kept.fresh()
        found = kept.restore(environment, lock=lock, **key)
        return (kept.root / "node_modules/a").read_text() if found else ""

    for environment, lock in (("main", "1"), ("main", "2"), ("pr-1", "3")):
        kept.fresh()
        kept.write("node_modules/a", f"{environment} {lock}")
        kept.save(environment, lock=lock)
    assert restored("main", "1") == "main 1"
    assert restored("main", "9") == "main 2", "the newest of its own"
    assert restored("pr-1", "1") == "pr-1 3", "its own comes before what fits better"
    assert restored("pr-2", "1") == "main 1", "the base with the same lock files"
    assert restored("pr-2", "3") == "main 2", "the base, never another preview"
    assert restored("main", "1", node="20") == "", "another Node starts anew"


def test_links_out_of_the_app_are_neither_kept_nor_followed(tmp_path):
    secret = tmp_path / "outside"
    secret.mkdir()
    (secret / "key").write_text("secret")
    kept = Kept(tmp_path, "node_modules/**/*", "linked/**/*")
    kept.write("node_modules/a")
    (kept.root / "node_modules/shared").symlink_to(secret)
    (kept.root / "node_modules/up").symlink_to("../../outside/key")
    (kept.root / "linked").symlink_to(secret)
    assert kept.save()
    kept.fresh()
    kept.restore()
    assert kept.files == ["node_modules/a"]


def test_no_cache_paths_no_cache(tmp_path):
    kept = Kept(tmp_path)
    kept.write("node_modules/a")
    assert not kept.save() and not kept.restore()
    assert not kept.folder.exists()


@pytest.mark.parametrize("damage", ["cut", "flip", "text", "empty"])
def test_a_broken_archive_is_dropped(tmp_path, damage):
    kept = Kept(tmp_path, "node_modules/**/*")
    kept.write("node_modules/a", "".join(str(n * n) for n in range(9999)))
    kept.save()
    data = bytearray(kept.archive.read_bytes())
    data[len(data) // 2] ^= 0xFF
    damaged = {"cut": data[: len(data) // 2], "flip": data, "text": b"no archive", "empty": b""}
    kept.archive.write_bytes(damaged[damage])
    kept.fresh()
    assert not kept.restore()
    assert kept.files == []
    assert "broken" in kept.warnings[0]
    assert not list(kept.folder.rglob("*.zst"))


def test_a_broken_archive_gives_way_to_the_next(tmp_path):
    kept = Kept(tmp_path, "node_modules/**/*")
    kept.write("node_modules/a")
    kept.save("main")
    other = kept.folder / "demo/pr-1/node22-1.zst"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"no archive")
    kept.fresh()
    assert kept.restore("pr-1")
    assert kept.files == ["node_modules/a"]
    assert "broken" in kept.warnings[0] and not other.exists()


def test_a_malicious_archive_is_dropped_and_leaves_nothing(tmp_path):
    kept = Kept(tmp_path, "**/*")
    kept.write("node_modules/a")
    kept.save()
    evil = [Entry("harmless", "", 0, 0, False, ""), Entry("../escaped", "", 0, 0, False, "")]
    kept.archive.write_bytes(b"".join(packed(evil, index_of(evil))))
    kept.fresh()
    assert not kept.restore()
    assert kept.files == [] and not list(tmp_path.rglob("escaped"))
    assert "outside of the app" in kept.warnings[0]
    assert not list(kept.folder.rglob("*.zst"))


def test_only_what_the_spec_names_now_is_put_back(tmp_path):
    kept = Kept(tmp_path, "**/*")
    kept.write("src/index.ts")
    kept.write("node_modules/a")
    kept.save()
    kept.fresh()
    kept.paths = ("node_modules/**/*",)
    assert kept.restore()
    assert kept.files == ["node_modules/a"]


def test_a_link_in_the_checkout_is_not_written_through(tmp_path):
    (tmp_path / "outside").mkdir()
    kept = Kept(tmp_path, "packages/a/dist/**/*")
    kept.write("packages/a/dist/x")
    kept.save()
    kept.fresh()
    (kept.root / "packages").symlink_to(tmp_path / "outside")
    kept.restore()
    assert not list((tmp_path / "outside").iterdir())


def test_an_interrupted_save_leaves_the_archive_whole(tmp_path, monkeypatch):
    kept = Kept(tmp_path, "node_modules/**/*")
    file = kept.write("node_modules/a", "first")
    kept.save()
    before = kept.archive.read_bytes()
    file.write_text("second!")
    monkeypatch.setattr("engine.build.archive._content", lambda entry: (_ for _ in ()).throw(OSError("full")))
    assert not kept.save()
    assert kept.archive.read_bytes() == before
    assert "full" in kept.warnings[0]
    assert [path.name for path in kept.archive.parent.iterdir()] == [kept.archive.name]


def test_a_store_that_cannot_be_reached_is_a_warning(tmp_path):
    kept = Kept(tmp_path, "node_modules/**/*")
    kept.write("node_modules/a")
    kept.folder.write_text("a file where the folder should be")
    assert not kept.save() and not kept.restore()
    assert len(kept.warnings) == 2 and "could not be" in kept.warnings[0]
