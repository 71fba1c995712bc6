"""What ``windlass init`` tells of real projects, beside ``@netlify/build-info`` of npm, by a judged table.

Where the corpus has only the names of a project's files (``tree.txt``), both see them empty. The table of
frameworks has grown by what earlier runs of this got wrong, so the score is no forecast for other projects.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figure import Figure
from engine.detection.detect import detect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.workshop import Workshop

_HERE = Path(__file__).resolve().parent
_TRUTH = _HERE / "detection.tsv"
_PEER = "@netlify/build-info@10.3.0"  # the last for Node 20
_CACHE = _HERE / ".cache" / "build-info"
_CALL = """
import { getBuildInfo } from '@netlify/build-info/node';
for (const projectDir of process.argv.slice(1)) {
  const { frameworks } = await getBuildInfo({ projectDir, rootDir: projectDir });
  console.log(JSON.stringify(frameworks.map((one) => [one.id, one.build.directory])));
}
"""
# What the table of truth calls otherwise; pages that nothing builds have no framework.
_IDS = {
    "svelte-kit": "sveltekit",
    "vue": "vue-cli",
    "nuxt3": "nuxt",
    "nuxt2": "nuxt",
    "solid-js": "vite",
    "html": "",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a project: "" where nothing is. ``rendering`` is static or server."""

    framework: str
    output: str
    rendering: str = ""

    def __str__(self) -> str:
        words = (self.framework or "none", self.output or "no folder", self.rendering)
        return " ".join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class Judged:
    """One line of the table: what is true of ``folder`` of the corpus, and what that follows from."""

    folder: str
    told: Told
    why: str


def measure(workshop: Workshop) -> list[Figure]:
    """How many of the projects are told right. WINDLASS_CORPUS names the folder of the corpus; without it
    there is nothing to measure.
    """
    corpus = os.environ.get("WINDLASS_CORPUS")
    if not corpus:
        return []
    judged = tuple(_judged())
    folders = [_copied(Path(corpus), one.folder, workshop.scratch / "detection") for one in judged]
    began = time.monotonic()
    ours = [_ours(folder) for folder in folders]
    middle = time.monotonic()
    theirs = _theirs(folders)
    seconds = (middle - began, time.monotonic() - middle)
    return [
        *_scores(judged, ours, theirs),
        Figure("detection of all (instead: with the start of Node)", seconds[:1], "s", _PEER, seconds[1:]),
    ]


def _judged() -> Iterator[Judged]:
    with _TRUTH.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            told = Told(row["framework"], row["output"], row["rendering"])
            yield Judged(row["folder"], told, row["why"])


def _copied(corpus: Path, name: str, scratch: Path) -> Path:
    """The project in the folder ``name`` of the corpus, with empty files for those that are only listed."""
    target = scratch / name
    project, _, below = name.partition("/")
    tree = corpus / project / "tree.txt"
    for path in tree.read_text(encoding="utf-8").splitlines() if tree.is_file() else ():
        if path.startswith(f"{below}/" if below else "") and "node_modules/" not in path:
            file = target / path.removeprefix(f"{below}/" if below else "")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("{}" if file.suffix == ".json" else "", encoding="utf-8")
    shutil.copytree(corpus / name, target, dirs_exist_ok=True)
    (target / "tree.txt").unlink(missing_ok=True)
    return target


def _ours(folder: Path) -> Told:
    found = detect(folder)
    id = found.framework.id if found.framework else ""
    return Told(_IDS.get(id, id), found.output, found.rendering)


def _theirs(folders: Sequence[Path]) -> list[Told]:
    """The first framework that it names, and the folder it has for it."""
    if not (_CACHE / "node_modules").is_dir():
        _CACHE.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(_CACHE), _PEER]
        subprocess.run(install, check=True, capture_output=True)
    line = ["node", "--input-type=module", "-e", _CALL, "--", *map(str, folders)]
    done = subprocess.run(line, cwd=_CACHE, capture_output=True, text=True, check=True, timeout=300)
    answers = [json.loads(text) for text in done.stdout.splitlines() if text.startswith("[")]
    named = ((answer[0] if answer else ("", "")) for answer in answers)
    return [Told(_IDS.get(id, id), (folder or "").rstrip("/")) for id, folder in named]


def _scores(judged: Sequence[Judged], ours: Sequence[Told], theirs: Sequence[Told]) -> Iterator[Figure]:
    """Folders count where a site is made of files: for a server each tool means another folder."""
    rows = list(zip(judged, ours, theirs, strict=True))
    static = [row for row in rows if row[0].told.output]
    yield _score("frameworks", rows, "framework", notes=tuple(_differences(rows)))
    yield _score("output folders of static sites", static, "output")
    right = sum(mine.rendering == true.told.rendering for true, mine, _ in rows)
    yield Figure(f"static or server, of {len(rows)}", (right,), "right")


def _score(
    what: str, rows: Sequence[tuple[Judged, Told, Told]], field: str, notes: tuple[str, ...] = ()
) -> Figure:
    mine = sum(getattr(ours, field) == getattr(true.told, field) for true, ours, _ in rows)
    others = sum(getattr(theirs, field) == getattr(true.told, field) for true, _, theirs in rows)
    return Figure(f"{what}, of {len(rows)}", (mine,), "right", _PEER, (others,), notes=notes)


def _differences(rows: Sequence[tuple[Judged, Told, Told]]) -> Iterator[str]:
    for true, mine, other in rows:
        if not (_is_right(mine, true.told) and _is_right(other, true.told)):
            shown = ["right" if _is_right(one, true.told) else f"WRONG ({one})" for one in (mine, other)]
            yield f"{true.folder}: {true.told}; Windlass {shown[0]}, build-info {shown[1]}. {true.why}"


def _is_right(told: Told, true: Told) -> bool:
    folder = told.output == true.output or not true.output
    return told.framework == true.framework and folder and told.rendering in (true.rendering, "")
