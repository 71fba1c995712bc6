"""10. Large outputs: one file of 1 GB, and 50,000 files; time, and the memory of the engine's process."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bench.awscli import aws
from bench.figure import Figure
from bench.peer import peer
from bench.project import BIN, project

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import psutil

    from bench.project import Project
    from bench.workshop import Workshop

_LARGE = 1024  # MB
_MANY = 50_000
_MEMORY = 150  # MB
_BUCKET = (str(BIN / "windlass"), "outputs", "bucket", "--target", "local")
_SPEC = "version: 1\napp: plain-site\nfrontend: {artifacts: {baseDirectory: made}}\n"


def measure(workshop: Workshop) -> list[Figure]:
    """A deploy of an environment that is provisioned; ``aws s3 sync`` of the same files to the same S3."""
    large = _measured(workshop.scratch / "large", _one_large_file, min(workshop.runs, 2))
    return [*large, *_measured(workshop.scratch / "many", _many_files, 1)]


def _measured(scratch: Path, make: Callable[[Path], str], runs: int) -> list[Figure]:
    what, ours, peaks, theirs, their_peaks = "", [], [], [], []
    with _project(scratch) as project, peer(project, scratch) as other:
        made = project.folder / "made"
        bucket = project.run(*_BUCKET).strip()
        for turn in range(runs):
            what = make(made)
            done = project.windlass("deploy", "--rebuild", counted=_is_the_engine)
            assert done.result["uploaded"], "nothing was published"
            target = f"s3://{bucket}/theirs-{turn}"
            copied = aws(other, project.endpoint, "s3", "sync", str(made), target, counted=_is_python)
            ours.append(done.seconds)
            peaks.append(done.peak)
            theirs.append(copied.seconds)
            their_peaks.append(copied.peak)
    return [
        Figure(f"deploy of {what}", tuple(ours), instead="aws s3 sync", theirs=tuple(theirs)),
        Figure("memory of it", tuple(peaks), "MB", "aws s3 sync", tuple(their_peaks), _MEMORY),
    ]


@contextmanager
def _project(scratch: Path) -> Iterator[Project]:
    """A project of its own, provisioned, that publishes what is put into its folder ``made``."""
    with project("plain-site", scratch) as made:
        (made.folder / "amplify.yml").write_text(_SPEC)
        (made.folder / ".gitignore").write_text("made/\n.windlass/\n")
        (made.folder / "made").mkdir()
        (made.folder / "made/index.html").write_text("first")
        made.commit("publish what is made")
        made.windlass("deploy")
        yield made


def _one_large_file(folder: Path) -> str:
    with (folder / "film.mp4").open("wb") as file:
        for _ in range(_LARGE):
            file.write(os.urandom(1024 * 1024))
    return "one file of 1 GB"


def _many_files(folder: Path) -> str:
    for number in range(_MANY):
        page = folder / f"{number // 500}" / f"page-{number}.html"
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"<!doctype html><title>{number}</title>{os.urandom(300).hex()}")
    return f"{_MANY:,} files"


def _is_the_engine(process: psutil.Process) -> bool:
    return process.name().startswith("windlass")


def _is_python(process: psutil.Process) -> bool:
    return process.name().startswith(("aws", "python"))
