"""2. One source of the frontend changed, against ``pulumi up`` + ``aws s3 sync`` + an invalidation."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bench.awscli import aws
from bench.figure import Figure
from bench.peer import peer
from bench.process import run
from bench.project import edit

if TYPE_CHECKING:
    from pathlib import Path

    from bench.peer import Peer
    from bench.project import Project
    from bench.workshop import Workshop

_STACK = "frontend"


def measure(workshop: Workshop) -> list[Figure]:
    """The build is left out on both sides and given for itself: ours is the step's time from the events."""
    project = workshop.project("notes-web")
    app = _their_app(project, workshop.folder("notes-web") / "peer-app")
    ours, theirs, our_builds, their_builds = [], [], [], []
    with peer(project, workshop.folder("notes-web")) as other:
        other.write(_STACK)
        other.create(_STACK)
        other.up(_STACK)
        names = tuple(other.output(_STACK, name) for name in ("bucket", "distribution_id"))
        for turn in range(-1, workshop.runs):  # the first is for the caches, and does not count
            project.edit(f"our change {turn}")
            done = project.windlass("deploy")
            assert done.result["uploaded"], "nothing was published"
            edit(app / "src/About.jsx", f"their change {turn}")
            built = run(["npm", "run", "build"], app, project.environment).seconds
            deployed = _deploy(other, project, app, *names)
            if turn >= 0:
                our_builds.append(done.step("build"))
                ours.append(done.seconds - done.step("build"))
                their_builds.append(built)
                theirs.append(deployed)
    instead = "pulumi up --yes; aws s3 sync; invalidation"
    return [
        Figure("deploy, one source changed", tuple(ours), "s", instead, tuple(theirs), 0.2, "ratio"),
        Figure("the build, left out above", tuple(our_builds), "s", "npm run build", tuple(their_builds)),
    ]


def _their_app(project: Project, folder: Path) -> Path:
    shutil.copytree(project.folder, folder, symlinks=True, ignore=shutil.ignore_patterns(".windlass", ".git"))
    return folder


def _deploy(other: Peer, project: Project, app: Path, bucket: str, distribution: str) -> float:
    """What a deploy script of an ordinary project does; gives seconds."""
    parts = [
        other.up(_STACK),
        aws(other, project.endpoint, "s3", "sync", str(app / "dist"), f"s3://{bucket}", "--delete"),
        aws(
            other,
            project.endpoint,
            "cloudfront",
            "create-invalidation",
            "--distribution-id",
            distribution,
            "--paths",
            "/*",
        ),
    ]
    return sum(part.seconds for part in parts)
