"""Mend what has only one meaning in the text of an ``amplify.yml``; comments and layout stay.

Each rule proposes new lines. A proposal is taken only where reading it again gives fewer problems and, unless
it mends an error, the very same spec, so that a mend can never change what a file means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.spec.examine import examine_spec
from engine.spec.files import find
from engine.spec.reader import contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from engine.errors import Problem
    from engine.spec.examine import Examined
    from engine.spec.model import SpecFile

    Lines = list[str]
    Propose = Callable[[Lines, Problem], Iterator[Lines]]

_MOST = 200
_MEANT = re.compile(r"Did you mean `([^`]+)`\?")


@dataclass(frozen=True, slots=True)
class Mended:
    """The new text, and the problems that are gone."""

    text: str
    problems: tuple[Problem, ...]


def mend(text: str, file: str) -> Mended:
    """``text`` with every problem mended that can be; ``file`` is only named in messages."""
    done: list[Problem] = []
    while len(done) < _MOST and (step := _one(text, file)):
        text, problem = step
        done.append(problem)
    return Mended(text, tuple(done))


def mend_file(folder: Path) -> tuple[Problem, ...]:
    """Mend the ``amplify.yml`` in ``folder`` in place; gives the problems that are gone."""
    file = find(folder).spec
    mended = mend(contents(file).decode(errors="surrogateescape"), str(file))
    if mended.problems:
        file.write_bytes(mended.text.encode(errors="surrogateescape"))
    return mended.problems


def _one(text: str, file: str) -> tuple[str, Problem] | None:
    before = examine_spec(text.encode(errors="surrogateescape"), file)
    end = "\r\n" if "\r\n" in text else "\n"
    for problem in before.problems:
        for lines in RULES.get(problem.rule, _nothing)(text.splitlines(), problem):
            proposed = end.join(lines) + (end if text.endswith("\n") else "")
            if _better(problem, before, examine_spec(proposed.encode(errors="surrogateescape"), file)):
                return proposed, problem
    return None


def _better(problem: Problem, before: Examined[SpecFile], after: Examined[SpecFile]) -> bool:
    # What an error stands for is in no model yet; what a warning stands for is, and must stay.
    same = problem.severity == "error" or before.model is None or after.model == before.model
    return same and len(after.problems) < len(before.problems)


def _nothing(lines: Lines, problem: Problem) -> Iterator[Lines]:
    yield from ()


def _rename(lines: Lines, problem: Problem) -> Iterator[Lines]:
    """The key in its right case."""
    at = _line(problem)
    meant = _MEANT.search(problem.hint)
    name = meant[1] if meant else "buildPath"
    column = ((problem.where.column if problem.where else None) or 1) - 1
    if lines[at][column : column + len(name)].lower() == name.lower():
        changed = lines[at][:column] + name + lines[at][column + len(name) :]
        yield [*lines[:at], changed, *lines[at + 1 :]]


def _put_below(key: str) -> Propose:
    """The block moves below a new line ``key:`` (or one that stands right above it)."""

    def propose(lines: Lines, problem: Problem) -> Iterator[Lines]:
        at = _line(problem)
        end, indent = _end(lines, at), _indent(lines[at])
        block = _shifted(lines[at:end], 2)
        yield [*lines[:at], *block, *lines[end:]]
        yield [*lines[:at], f"{' ' * indent}{key}:", *block, *lines[end:]]

    return propose


def _put_inside(key: str) -> Propose:
    """A line ``key:`` comes between the block's own key and what it holds."""

    def propose(lines: Lines, problem: Problem) -> Iterator[Lines]:
        at = _line(problem)
        end, indent = _end(lines, at), _indent(lines[at]) + 2
        if lines[at].rstrip().endswith(":"):
            inner = lines[at + 1 : end]
            deeper = min((_indent(line) for line in inner if line.strip()), default=indent)
            moved = _shifted(inner, max(2, indent + 2 - deeper))
            yield [*lines[: at + 1], f"{' ' * indent}{key}:", *moved, *lines[end:]]

    return propose


def _move_out(lines: Lines, problem: Problem) -> Iterator[Lines]:
    """The block moves two to the left, after everything its parent holds."""
    at = _line(problem)
    end, indent = _end(lines, at), _indent(lines[at])
    parent = next(
        (n for n in range(at - 1, -1, -1) if _is_key(lines[n]) and _indent(lines[n]) < indent), None
    )
    if parent is not None:
        block = _shifted(lines[at:end], _indent(lines[parent]) - indent)
        after = _end(lines, parent)
        yield [*lines[:at], *lines[end:after], *block, *lines[after:]]


def _take_out(lines: Lines, problem: Problem) -> Iterator[Lines]:
    """The line goes, where it is all there is and nobody has noted anything beside it."""
    at = _line(problem)
    if _is_key(lines[at]) and _end(lines, at) == at + 1 and "#" not in lines[at]:
        yield [*lines[:at], *lines[at + 1 :]]


RULES: dict[str, Propose] = {
    "wrong-case": _rename,
    "lower-case-build-path": _rename,
    "phase-without-phases": _put_below("phases"),
    "phase-is-list": _put_inside("commands"),
    "cache-is-list": _put_inside("paths"),
    "inside-phases": _move_out,
    "headers-in-frontend": _move_out,
    "headers-file-named": _take_out,
}


def _line(problem: Problem) -> int:
    return ((problem.where.line if problem.where else None) or 1) - 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_key(line: str) -> bool:
    return bool(re.match(r"\s*[\w-]+\s*:(\s|$)", line))


def _shifted(lines: Lines, by: int) -> Lines:
    if by >= 0:
        return [" " * by + line if line.strip() else line for line in lines]
    return [line[min(-by, _indent(line)) :] for line in lines]


def _end(lines: Lines, at: int) -> int:
    """Where the block that begins with the key in line ``at`` ends, after its last value: blank lines behind
    it stay outside, and so do comments that are not indented like it.
    """
    indent, end = _indent(lines[at]), at + 1
    for number in range(at + 1, len(lines)):
        line, deep = lines[number].lstrip(" "), _indent(lines[number])
        if deep > indent or (deep == indent and line.startswith("- ")):
            end = number + 1 if line.strip() else end
        elif line.strip() and not line.startswith("#"):
            break
    return end
