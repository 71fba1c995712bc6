"""An import that names a file in another case than the file has."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from engine.doctor.aliases import Aliases
from engine.doctor.edit import Edit
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.project import Project
    from engine.doctor.sources import Import, Source

_ENDS = (
    "",
    *(".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".vue", ".svelte", ".astro", ".json", ".css"),
    *(".d.ts", ".scss", ".sass", ".less"),
    *(f"/index{end}" for end in (".ts", ".tsx", ".js", ".jsx", ".mjs", ".vue")),
)
_WRITTEN_IN = {
    ".js": (".ts", ".tsx"),
    ".jsx": (".tsx",),
    ".mjs": (".mts",),
}  # TypeScript names what it compiles to


def _look(project: Project) -> Iterator[Finding]:
    files, aliases = project.listing.files, Aliases(project.folder)
    for source in project.sources:
        folder = posixpath.dirname(source.file)
        for found in source.imports:
            is_relative = found.path[0] == "."
            path = joined(folder, found.path) if is_relative else aliases.whole(folder, found.path)
            if path is None or any(path + end in files for end in _ENDS):
                continue
            if (other := _in_another_case(project, path)) and not project.is_comment(source, found.offset):
                yield _finding(project, source, found, path, other)


def joined(folder: str, path: str) -> str:
    """``path``, relative to ``folder``, from the top; what most look like is put together in little time."""
    above, rest = folder, path.removeprefix("./")
    while rest.startswith("../") and above:
        above, rest = above.rpartition("/")[0], rest[3:]
    if not rest or rest[0] in "./" or rest[-1] in "./" or "/." in rest or "//" in rest:
        return posixpath.normpath(posixpath.join(folder, path))
    return f"{above}/{rest}" if above else rest


def _in_another_case(project: Project, path: str) -> str:
    """The one file that ``path`` would be but for its case, if it is not there in its own."""
    base, end = posixpath.splitext(path)
    candidates = [path + end for end in _ENDS] + [base + other for other in _WRITTEN_IN.get(end, ())]
    if any(name in project.listing.files or _is_there(project, name) for name in candidates):
        return ""
    found = [other for name in candidates for other in project.listing.folded.get(name.lower(), ())]
    return found[0] if found else ""


def _is_there(project: Project, path: str) -> bool:
    """Whether the disk has ``path`` in this very case, as it has what a tool wrote and git ignores."""
    folder = project.folder / posixpath.dirname(path)
    return (project.folder / path).is_file() and any(
        entry.name == posixpath.basename(path) for entry in folder.iterdir()
    )


def _finding(project: Project, source: Source, found: Import, path: str, other: str) -> Finding:
    written = _as_the_file(found.path, path, other)
    where = project.where_in(source, found.offset)
    edit = Edit(project.folder / source.file, where.line, found.path, written, in_source=True)
    said = f"`{found.path}` is imported, and the file is `{other}`"
    return Finding(said, where, f"Write `{written}`.", edit=edit)


def _as_the_file(written: str, path: str, other: str) -> str:
    """What the code has ``written`` for ``path``, with each part in the case that it has in ``other``.

    Only what differs in case changes: ``./Api.js`` stays ``.js`` where the file is ``api.ts``.
    """
    words, names = written.split("/"), other.split("/")
    at = path.count("/") + 1
    for number in range(len(words) - 1, -1, -1):
        if words[number] != ".":
            at -= 1
            if words[number] == ".." or at < 0:
                break
            words[number] = _cased(words[number], names[at])
    return "/".join(words)


def _cased(word: str, name: str) -> str:
    """``word`` as far as it is the beginning of ``name``, in the case of that."""
    same = len(posixpath.commonprefix((word.lower(), name.lower())))
    return name[:same] + word[same:]


RULE = Rule(
    name="import-case",
    severity="error",
    what="An import differs from the name of the file in upper and lower case.",
    why="macOS and Windows find the file all the same; on Linux, where builds run, it is not found.",
    fix="Write the path as the file is called. `--fix-sources` does.",
    look=_look,
)
