"""What detection is about: a framework as data, and what was found of one app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rendering = Literal["static", "server"]


@dataclass(frozen=True, slots=True)
class InConfig:
    """A config file of the framework has ``key`` (dotted, ``*`` for any one name) with one of ``values``;
    with no ``values``: with any but false and null.
    """

    key: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imports:
    """A config file of the framework names the npm package ``package``."""

    package: str


@dataclass(frozen=True, slots=True)
class InScript:
    """The script ``name`` of package.json has the ``words``; with no words: is there."""

    words: str
    name: str = "build"


Sign = InConfig | Imports | InScript

_BEFORE = frozenset(("{run}", "bundle", "exec"))  # what runs a program that is installed


@dataclass(frozen=True, slots=True)
class Framework:
    """One line of the table :data:`engine.detection.frameworks.FRAMEWORKS`.

    It is told by one of its npm ``packages`` (of the version ``major`` alone, if it has one); else by
    one of its ``marks`` (globs of files), or of its ``files`` where ``contents`` (a pattern) is in it.
    ``output`` is the folder of the static site, ``{project}`` the app's name;
    ``output_keys`` and ``output_calls`` of its ``config`` files (globs), ``output_flags`` of the build script
    and ``output_variable`` change it.
    ``rendering`` is what it does unless a sign of ``static`` or ``server`` says else (``static`` wins);
    files that match ``server_files`` need a server unless the build script itself says ``static``;
    ``hint`` tells how it makes a static site. Globs of files whose names are fingerprints
    (``fingerprinted``) and ``cache`` paths count from the output folder and from the app. ``install`` and
    ``build`` are commands for what package.json has no script for; ``{run}`` runs an installed program.
    A ``bundler`` also makes libraries, so that an app is told by its page. Where ``spa``, index.html answers
    for what no file does, unless there is a sign of ``spa_unless``; else a page that ``fallback_keys`` name.
    A variable that begins with one of ``public_prefixes`` reaches the browser.
    """

    id: str
    name: str
    output: str
    packages: tuple[str, ...] = ()
    major: int = 0
    marks: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    contents: str = ""
    install: str = ""
    build: str = ""
    script: str = "build"
    config: tuple[str, ...] = ()
    output_keys: tuple[str, ...] = ()
    output_calls: tuple[str, ...] = ()
    output_flags: tuple[str, ...] = ()
    output_variable: str = ""
    rendering: Rendering = "static"
    static: tuple[Sign, ...] = ()
    server: tuple[Sign, ...] = ()
    server_files: tuple[str, ...] = ()
    hint: str = ""
    fingerprinted: tuple[str, ...] = ()
    public_prefixes: tuple[str, ...] = ()
    cache: tuple[str, ...] = ()
    bundler: bool = False
    spa: bool = False
    spa_unless: tuple[Sign, ...] = ()
    fallback_keys: tuple[str, ...] = ()

    def runs(self, command: str) -> bool:
        """Whether ``command`` calls the program that :attr:`build` calls."""
        program = next((word for word in self.build.split() if word not in _BEFORE), "")
        return program != "" and program in (word.rpartition("/")[2] for word in command.split())


@dataclass(frozen=True, slots=True)
class Evidence:
    """``value`` was found for ``noun`` ("framework"), because of ``why`` ("package.json has vite")."""

    noun: str
    value: str
    why: str

    def __str__(self) -> str:
        return f"{self.noun}: {self.value} ({self.why})"


@dataclass(frozen=True, slots=True)
class Detection:
    """What one app looks like.

    ``app_root`` counts from the repository's root ("" for the root itself). ``framework`` is None where none
    is known, ``output`` is "" where the folder cannot be told; it counts from ``build_path``, which is the
    app's folder unless it is "/" (the repository's root, as Amplify's ``buildPath``). ``unpublished`` are
    patterns of what lies there and is no page. ``rendering`` is "server" where the build needs a server.
    ``fallback`` is the page for what no file answers, "" without one. ``advice`` is what the user should know
    or do.
    """

    app_root: str
    framework: Framework | None
    rendering: Rendering
    output: str
    install: tuple[str, ...] = ()
    build: tuple[str, ...] = ()
    manager: str = ""
    node: str = ""
    cache: tuple[str, ...] = ()
    fallback: str = ""
    unpublished: tuple[str, ...] = ()
    build_path: str = ""
    evidence: tuple[Evidence, ...] = ()
    advice: tuple[str, ...] = ()
