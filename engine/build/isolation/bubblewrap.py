"""Isolation by bubblewrap (https://github.com/containers/bubblewrap): namespaces of the kernel, without a
daemon or root.

A build has its own checkout, /usr, the few files of /etc that programs need, a /tmp, /proc and /dev of its
own, and the network of the host. Not there: the home folder, other builds, the project's ``.windlass``,
/etc/shadow, /var, /run and the sockets in it, the processes of the host. ``.git`` is read-only, because git
runs commands that its configuration names (core.fsmonitor, filters), and the engine asks git later on.

bubblewrap itself runs outside, so nothing that a project chooses may reach it: its path is that of the
system, its environment empty (LD_PRELOAD), and the variables of the build come to it through a descriptor,
which also keeps them out of the list of processes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from engine.build.isolation.system import ETC, system_folders
from engine.build.launch import Launch
from engine.errors import PrerequisiteError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.build.isolation.model import Folders

# Inside; outside, files belong to the user who deploys. Not root, because root gives files away (tar does).
_USER = 1000
_NAMESPACES = (
    *("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"),
    *("--uid", str(_USER), "--gid", str(_USER), "--hostname", "build", "--die-with-parent"),
)
_PASSWD = f"build:x:{_USER}:{_USER}::{{home}}:/bin/bash\nnobody:x:65534:65534::/:/usr/sbin/nologin\n"
_GROUP = f"build:x:{_USER}:\nnogroup:x:65534:\n"


@dataclass(frozen=True, slots=True)
class Bubblewrap:
    """``private`` is a folder for the caches of the environment that is built: shared ones could be
    poisoned."""

    private: Path
    name: Literal["bubblewrap"] = "bubblewrap"

    def check(self) -> None:
        """Raise PrerequisiteError where bubblewrap is missing or the kernel does not let it work."""
        line = [_program(), *_NAMESPACES, "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"]
        done = subprocess.run(line, capture_output=True, text=True, env={}, check=False)
        if done.returncode:
            raise PrerequisiteError(
                f"bubblewrap does not work on this machine: {done.stderr.strip()}",
                hint="It needs user namespaces: `sysctl kernel.unprivileged_userns_clone=1` on Debian, "
                "`sysctl kernel.apparmor_restrict_unprivileged_userns=0` on Ubuntu; a container needs "
                "`--security-opt seccomp=unconfined --security-opt systempaths=unconfined`.",
            )

    def wrap(self, launch: Launch, folders: Folders) -> Launch:
        """The command in namespaces of its own. Makes the folders it needs below the scratch folder."""
        options = (
            *_NAMESPACES,
            *self._mounts(folders),
            "--chdir",
            str(folders.work),
            *_set(launch.variables),
        )
        return Launch(
            command=(_program(), "--args", str(handed := _handed(options)), "--", *_visible(launch.command)),
            variables={},
            descriptors=(*launch.descriptors, handed),
        )

    def _mounts(self, folders: Folders) -> Iterator[str]:
        yield from system_folders()
        yield from ("--proc", "/proc", "--dev", "/dev")
        yield from _bind(_made(folders.scratch / "tmp"), "/tmp")  # noqa: S108
        yield from _bind(_made(folders.scratch / "shm"), "/dev/shm")  # noqa: S108
        yield from ("--remount-ro", "/dev", "--symlink", "../tmp", "/var/tmp", "--dir", "/run")  # noqa: S108
        yield from _etc(folders.scratch)
        for path in folders.read:
            yield from ("--ro-bind-try", str(path), str(path))
        for path in folders.written:
            yield from _bind(_made(self.private / hashlib.sha256(bytes(path)).hexdigest()[:16]), path)
        yield from _checkout(folders)
        yield from ("--remount-ro", "/")


def _checkout(folders: Folders) -> Iterator[str]:
    project = folders.project
    yield from _bind(project, project)
    for path in _git_folders(project):
        yield from ("--ro-bind", str(path), str(path))
    ours = project / ".windlass"
    if ours.is_dir():
        yield from ("--tmpfs", str(ours), "--ro-bind-try", str(ours / ".gitignore"), str(ours / ".gitignore"))
    yield from _bind(folders.scratch, folders.scratch)
    if ours.is_dir():
        yield from ("--remount-ro", str(ours))


def _git_folders(project: Path) -> list[Path]:
    """``.git`` of the checkout, and where it leads to in a worktree (gitrepository-layout(5))."""
    git = next((at / ".git" for at in (project, *project.parents) if (at / ".git").exists()), None)
    if git is None or git.is_dir():
        return [git] if git else []
    folder = git.parent / git.read_text(errors="replace").strip().removeprefix("gitdir: ")
    common = folder / "commondir"
    shared = folder / common.read_text().strip() if common.is_file() else folder
    return [path for path in (git, shared.resolve()) if path.exists()]


def _etc(scratch: Path) -> Iterator[str]:
    for name in ETC:
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    folder = _made(scratch / "etc")
    for name, text in (("passwd", _PASSWD.format(home=scratch / "home")), ("group", _GROUP)):
        (folder / name).write_text(text)
        yield from ("--ro-bind", str(folder / name), f"/etc/{name}")


def _set(variables: Mapping[str, str]) -> Iterator[str]:
    for name, value in {**variables, "TMPDIR": "/tmp"}.items():  # noqa: S108
        yield from ("--setenv", name, value)


def _bind(source: Path, at: Path | str) -> tuple[str, str, str]:
    return ("--bind", str(source), str(at))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _handed(options: tuple[str, ...]) -> int:
    """A descriptor from which bubblewrap reads its options."""
    descriptor = os.memfd_create("windlass-bubblewrap")
    with open(os.dup(descriptor), "wb") as file:  # noqa: PTH123
        file.write(b"".join(option.encode(errors="surrogateescape") + b"\0" for option in options))
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _visible(command: tuple[str, ...]) -> tuple[str, ...]:
    # A bash elsewhere, such as in the home folder, is not there inside.
    return (shutil.which(Path(command[0]).name, path=os.defpath) or command[0], *command[1:])


def _program() -> str:
    found = shutil.which("bwrap", path=f"{os.defpath}:/usr/local/bin")
    if found is None:
        raise PrerequisiteError(
            "the isolation of builds needs bubblewrap, which is not installed",
            hint="On Linux: `apt-get install bubblewrap` or `dnf install bubblewrap`. Other systems have no "
            "such thing: build in CI, or in a Linux container.",
        )
    return found
