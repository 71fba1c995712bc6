"""The folder of the static site: where the framework writes, unless config, script or variable say else."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from engine.build.toolchain.manifest import text_in
from engine.detection.angular import angular_output
from engine.detection.config import read_config, text_of
from engine.detection.literals import COMPUTED, HERE, argument
from engine.detection.model import Evidence
from engine.spec.names import slug

if TYPE_CHECKING:
    from engine.detection.config import Config
    from engine.detection.model import Framework
    from engine.detection.source import Source

NOUN = "output folder"
_COMPILES = re.compile(r"\b(?:tsc|vue-tsc|babel|swc)\b")  # for programs, not for browsers
_USUAL_FLAGS = ("--outdir", "--outDir", "--out-dir", "--dist-dir", "--output-path")


def output_of(framework: Framework, source: Source, config: Config) -> tuple[str, Evidence]:
    """The folder, relative to the app with ``/``, and why; "" where it is computed or leaves the app."""
    if source.is_nx:
        return _nx(framework, source, config)
    folder, why = _told(framework, source, config) or (_usual(framework, source), "")
    if folder.startswith(HERE):
        folder = folder.removeprefix(HERE)
    elif framework.id == "vite" and folder:
        root = _root(source, config)
        if root == COMPUTED:
            return "", Evidence(NOUN, "not known", "its root is computed")
        folder = posixpath.join(root, folder)
    folder = posixpath.normpath(folder) if folder else ""
    if folder.startswith(("../", "/")) or folder == "..":
        return "", Evidence(NOUN, "not known", f"{why}: {folder} is outside of the app")
    usual = "where its index.html is" if framework.id == "html" else f"where {framework.name} writes"
    return folder, Evidence(NOUN, folder or "not known", why or usual)


def _told(framework: Framework, source: Source, config: Config) -> tuple[str, str] | None:
    return (
        _flag(framework, source)
        or _variable(framework, source)
        or (angular_output(config) if framework.id == "angular" else None)
        or _call(framework, config)
        or _key(framework, config)
    )


def _flag(framework: Framework, source: Source) -> tuple[str, str] | None:
    """Of the framework's own command: `--outDir` is also tsc's."""
    for command in source.commands(framework.script):
        for flag in framework.output_flags if framework.runs(command) else ():
            if found := re.search(rf"(?:^|\s){re.escape(flag)}[=\s]+[\"']?([\w./-]+)", command):
                return found[1], f"script {framework.script}: {command}"
    return None


def output_of_none(source: Source) -> tuple[str, Evidence]:
    """The folder of an app of no known framework: by an option that many tools have, unless it compiles."""
    for command in source.commands("build"):
        for flag in () if _COMPILES.search(command) else _USUAL_FLAGS:
            if found := re.search(rf"\s{flag}[=\s]+[\"']?([\w./-]+)", command):
                folder = posixpath.normpath(found[1])
                if not folder.startswith(("..", "/")):
                    return folder, Evidence(NOUN, folder, f"script build: {command}")
    return "", Evidence(NOUN, "not known", "nothing tells")


def _variable(framework: Framework, source: Source) -> tuple[str, str] | None:
    """In the script before the command, else in the files that Create React App reads in a build."""
    if not framework.output_variable:
        return None
    setting = re.compile(rf"(?:^|\s){framework.output_variable}=[\"']?([\w./-]+)", re.MULTILINE)
    script = source.script(framework.script)
    places = [(f"script {framework.script}: {script}", script)]
    places += [(f, text_of(source.folder / f)) for f in (".env.production", ".env")]
    return next(((found[1], why) for why, text in places if (found := setting.search(text))), None)


def _key(framework: Framework, config: Config) -> tuple[str, str] | None:
    for key in framework.output_keys:
        for setting in config.find(key):
            if setting.value == COMPUTED:
                return "", f"{setting.key} in {setting.file} is computed"
            return setting.value, f"{setting.key} in {setting.file}"
    return None


def _call(framework: Framework, config: Config) -> tuple[str, str] | None:
    for name in framework.output_calls:
        for file, text in config.texts:
            if given := argument(text, name):
                return given, f"{name} in {file}"
    return None


def _nx(framework: Framework, source: Source, config: Config) -> tuple[str, Evidence]:
    """Counted from the repository's root (https://nx.dev/reference/project-configuration)."""
    if framework.id == "next":
        return "", Evidence(NOUN, "not known", "it depends on the version of Nx's plugin")
    if framework.id == "angular" and (told := angular_output(config, source.app_root)):
        return told[0], Evidence(NOUN, *told)
    settings = read_config(source.folder, ("project.json",)).find("targets.build.options.outputPath")
    if setting := next(settings, None):
        return setting.value, Evidence(NOUN, setting.value, f"{setting.key} in {setting.file}")
    folder = f"dist/{source.app_root}"
    return folder, Evidence(NOUN, folder, "where Nx writes")


def _root(source: Source, config: Config) -> str:
    """What Vite's output counts from (measured for ``--outDir`` as well): ``vite build ROOT``, or ``root``.

    https://vite.dev/config/build-options#build-outdir
    """
    for command in source.commands("build"):
        if found := re.search(r"\bvite build\s+([\w./][\w./-]*)", command):
            return found[1]
    return next((setting.value.removeprefix(HERE) for setting in config.find("root")), "")


def _usual(framework: Framework, source: Source) -> str:
    if framework.id == "html":
        files = (file for file in framework.files if (source.folder / file).is_file())
        return posixpath.dirname(next(files, "")) or "."
    name = text_in(source.package, "name").rpartition("/")[2] or slug(source.folder.name)
    folder = framework.output.format(project=name)
    found = re.search(r"\d+", source.version("@angular/core")) if framework.id == "angular" else None
    is_old = found and int(found[0][:4]) < 17  # the folder `browser` came with Angular 17
    return posixpath.dirname(folder) if is_old else folder
