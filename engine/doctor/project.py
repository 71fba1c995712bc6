"""What the rules look at: read once, and only when a rule asks for it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from engine.detection.detect import detect
from engine.doctor.calls import calls_of
from engine.doctor.configs import CONFIGURATION, configs
from engine.doctor.dotenv import dotenv_files, entries
from engine.doctor.environments import places_of
from engine.doctor.listing import list_files
from engine.doctor.managers import LOCKFILES, script_of
from engine.doctor.package import read_package
from engine.doctor.sources import is_comment, line_at, scan_all
from engine.environment.policy import policies
from engine.errors import Where
from engine.monorepo.workspace import read_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.detection.model import Detection, Framework
    from engine.doctor.calls import Call
    from engine.doctor.dotenv import Entry
    from engine.doctor.environments import Place
    from engine.doctor.listing import Listing
    from engine.doctor.package import PackageFile
    from engine.doctor.sources import Source
    from engine.monorepo.workspace import Workspace
    from engine.spec.model import Spec


# Frameworks that detection does not know, made of one that it knows.
_ON_TOP = frozenset(
    (
        *("vike", "vite-ssg", "vite-plugin-ssr", "electron-vite", "waku", "@analogjs/platform"),
        *("@tanstack/react-start", "@redwoodjs/vite"),
    )
)


@dataclass(frozen=True)
class Project:
    """``folder`` holds ``amplify.yml``, ``specs`` are its applications, ``host`` the process' variables,
    ``stacks`` the platform team's policies, where they are not in ``folder``.

    Paths inside of it count from ``folder``, with ``/``; "" is the folder itself.
    """

    folder: Path
    specs: tuple[Spec, ...]
    host: Mapping[str, str] = field(default_factory=dict)
    stacks: Path | None = None

    @cached_property
    def listing(self) -> Listing:
        """All files, without what git ignores."""
        return list_files(self.folder, self.host)

    @cached_property
    def apps(self) -> tuple[App, ...]:
        """The applications whose folders are there."""
        found = (App(self, spec) for spec in self.specs)
        return tuple(app for app in found if (self.folder / app.folder).is_dir())

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source that reads a variable or imports a file by its path, sorted by path."""
        return scan_all(self.folder, sorted(self.listing.files))

    @cached_property
    def workspace(self) -> Workspace:
        """The packages of the repository, and which needs which."""
        return read_workspace(self.folder, [app.folder for app in self.apps])

    def lockfiles(self, folder: str) -> tuple[str, ...]:
        """The lockfiles in ``folder`` or, where it has none, in the nearest one above it."""
        while True:
            paths = [posixpath.join(folder, name) for name in LOCKFILES]
            found = tuple(path for path in paths if (self.folder / path).is_file())
            if found or not folder:
                return found
            folder = posixpath.dirname(folder)

    def package(self, folder: str) -> PackageFile | None:
        """The package.json in ``folder`` or, where it has none, in the nearest one above it."""
        while True:
            if (found := read_package(self.folder / folder)) or not folder:
                return found
            folder = posixpath.dirname(folder)

    def where(self, file: str, line: int | None = None) -> Where:
        """A place in a file of the project."""
        return Where(str(self.folder / file), line)

    def where_in(self, source: Source, offset: int) -> Where:
        """The place of ``offset`` in a source."""
        return self.where(source.file, line_at(self.folder, source.file, offset))

    def is_comment(self, source: Source, offset: int) -> bool:
        """Whether what stands at ``offset`` in a source is in a comment."""
        return is_comment((self.folder / source.file).read_bytes(), offset)

    def is_ignored(self, file: str) -> bool:
        """Whether ``file`` is there and git ignores it, so that no other machine has it."""
        listing = self.listing
        return listing.tracked is not None and file not in listing.files and (self.folder / file).is_file()

    def is_tracked(self, file: str) -> bool:
        """Whether git keeps ``file``."""
        return file in (self.listing.tracked or ())


@dataclass(frozen=True)
class App:
    """One application of the project."""

    project: Project
    spec: Spec

    @property
    def folder(self) -> str:
        """The application's own folder."""
        return self.spec.app_root

    @property
    def working(self) -> str:
        """The folder in which the commands of the frontend run."""
        path = self.spec.frontend.build_path
        return self.folder if path is None else path

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The working folder and those above it, up to the project's."""
        parts = self.working.split("/") if self.working else []
        return tuple("/".join(parts[:end]) for end in range(len(parts), -1, -1))

    @cached_property
    def package(self) -> PackageFile | None:
        """The package.json of the working folder."""
        return read_package(self.project.folder / self.working)

    @cached_property
    def detection(self) -> Detection:
        """What its files look like."""
        return detect(self.project.folder, self.working)

    @property
    def framework(self) -> Framework | None:
        """What it is made with; None where that is not known, or something stands on it that is not."""
        needs = self.package.needs.keys() if self.package else ()
        return None if _ON_TOP.intersection(needs) else self.detection.framework

    @cached_property
    def lockfiles(self) -> tuple[str, ...]:
        """The lockfiles of the nearest folder that has any."""
        return self.project.lockfiles(self.working)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The environments that the application has, with their variables."""
        return places_of(self.spec, policies(self.project.folder, self.project.stacks))

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Every simple command of the application, in order."""
        return calls_of(self.spec, self.folder, self.working)

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """What the frontend's commands run: each command, and the text of the script that it calls."""
        own = self.package.scripts if self.package else {}
        calls = [call for call in self.calls if call.step.section == "frontend"]
        called = (own.get(script_of(call.words), "") for call in calls)
        return tuple(text for text in (*(call.step.command for call in calls), *called) if text)

    @cached_property
    def configuration(self) -> str:
        """The text of all its tools' configuration: `define`, `env`, `envPrefix` stand there."""
        return "\n".join(config.text for config in configs(self, *CONFIGURATION))

    @cached_property
    def dotenv(self) -> tuple[Entry, ...]:
        """What the ``.env`` files of the application say."""
        top = self.project.folder / self.working
        names = dotenv_files(path.name for path in top.iterdir()) if top.is_dir() else ()
        files = [posixpath.join(self.working, name) for name in sorted(names)]
        return tuple(entry for file in files for entry in entries(self.project.folder, file))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources in the application's own folder, and in the packages of the workspace that it needs."""
        if not self.folder:
            return self.project.sources
        folders = (self.folder, *self.project.workspace.needed_by(self.folder))
        prefixes = tuple(f"{folder}/" for folder in folders)
        return tuple(source for source in self.project.sources if source.file.startswith(prefixes))

    def where(self, key: str) -> Where:
        """The place of a dotted key of its spec, or of the nearest key above it."""
        from engine.build.steps import where_of

        return where_of(self.spec, key) or Where(self.spec.file)
