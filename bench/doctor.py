"""``windlass check`` on a repository of 5,000 files, and on a small one."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.process import run
from bench.project import BIN

if TYPE_CHECKING:
    from pathlib import Path

    from bench.workshop import Workshop

FILES = 5_000
_BYTES = 3_000  # of a component: the median of large front ends is about that
_SPEC = """\
version: 1
frontend:
  phases:
    preBuild: {commands: [npm ci]}
    build: {commands: [npm run build]}
  artifacts: {baseDirectory: dist}
env: {variables: {VITE_API: "https://api.example.com"}}
"""
_PACKAGE = """\
{"name": "large", "scripts": {"build": "vite build"}, "engines": {"node": ">=20"},
 "dependencies": {"react": "19.2.0"}, "devDependencies": {"vite": "7.3.8"}}
"""


def measure(workshop: Workshop) -> list[Figure]:
    """Seconds of ``windlass check``; the repository is a checkout with five imports a file."""
    folder = workshop.scratch / "large"
    make(folder, FILES)
    line = [str(BIN / "windlass"), "check"]
    environment = {**os.environ, "HOME": str(workshop.scratch)}
    seconds = tuple(run(line, folder, environment).seconds for _ in range(2 * workshop.runs))
    return [Figure(f"windlass check, {FILES:,} files", seconds, goal=1.0)]


def make(folder: Path, files: int) -> None:
    """A Vite app of ``files`` components in folders of fifty, committed."""
    for number in range(files):
        path = folder / f"src/part{number // 50}/Component{number}.tsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_component(number, files))
    for name, text in {"amplify.yml": _SPEC, "package.json": _PACKAGE, "package-lock.json": "{}"}.items():
        (folder / name).write_text(text)
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=folder, check=True)


def _component(number: int, files: int) -> str:
    others = [(number * 7 + step) % files for step in range(5)]
    imports = [f'import {{ Component{n} }} from "../part{n // 50}/Component{n}";' for n in others]
    body = [f"  // what component {number} shows in line {line}: {line * number}" for line in range(40)]
    begin = (*imports, f"export function Component{number}() {{", "  const api = import.meta.env.VITE_API;")
    text = "\n".join((*begin, *body, "  return <p>{api}</p>;", "}"))
    return text.ljust(_BYTES) + "\n"
