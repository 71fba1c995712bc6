"""What is wrong with text that is no YAML, in words that help.

The parsers' own messages name tokens ("did not find expected '-' indicator"); the table below turns the
usual causes into what to do. js-yaml, which Amplify uses, words them differently again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import Problem, SpecError, Where
from engine.spec.node import short

if TYPE_CHECKING:
    import yaml

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})(?: |\r?$)", re.MULTILINE)
_BREAK = re.compile("\r\n?|[\n\x85\u2028\u2029]")  # what YAML 1.1 counts as a line


@dataclass(frozen=True, slots=True)
class _Cause:
    """``line`` matches the line the parser stopped at, ``problem`` its message."""

    rule: str
    message: str
    hint: str
    line: str = ""
    problem: str = ""

    def fits(self, line: str, problem: str) -> bool:
        return bool(re.search(self.line, line) and re.search(self.problem, problem))


_CAUSES = (
    _Cause(
        "tab",
        "the line is indented with a tab",
        "YAML allows only spaces there: replace each tab with two spaces.",
        line=r"^ *\t",
    ),
    _Cause(
        "alias",
        "a value begins with `*`, which in YAML means an alias",
        "Put it in quotes, e.g. '**/*'. A placeholder copied from a page gives way to the real command.",
        line=r"(?:^\s*|[:,\[{-]\s+)\*",
    ),
    _Cause(
        "quote",
        "a sign stands where YAML keeps it for itself",
        "Put the whole value in single quotes.",
        problem="cannot start any token",
    ),
    _Cause(
        "comma",
        "a comma follows a list item",
        "Take the comma out: each item stands on its own line after `- `.",
        line=r"[\"'],\s*(?:#.*)?$",
    ),
    _Cause(
        "unclosed",
        "a quote is opened and never closed",
        "Close it, or put the value on a `|` block.",
        problem="scanning a quoted scalar|unexpected end of stream",
    ),
    _Cause(
        "escape",
        "a backslash in double quotes begins an escape that YAML does not know",
        "Use single quotes around the value.",
        problem="escape",
    ),
    _Cause(
        "colon",
        "a second `: ` stands where only a value may",
        "Put the value in quotes, or check the indentation of this line and the one above.",
        problem="(?:mapping values|mapping keys) are not allowed|unexpected ':'",
    ),
    _Cause(
        "bracket",
        "a `{` or `[` is opened and not closed",
        "Close it, or put the value in quotes if it is text.",
        problem="flow (?:mapping|sequence)|expected ',' or",
    ),
    _Cause(
        "indentation",
        "the line does not line up with those above it",
        "Keys and items of one level begin in the same column.",
        problem="did not find expected|expected <block end>|could not find expected|block sequence",
    ),
)


def decoded(data: bytes, file: str) -> str:
    """The text of ``data``, its byte order mark dropped. Raises SpecError where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        found = "UTF-16" if utf16 else "not UTF-8"
        where = Where(file) if utf16 else Where(file, line)
        hint = "Save the file as UTF-8."
        raise SpecError((Problem("encoding", f"the text is {found}", where, hint),)) from None


def conflict(text: str, file: str) -> Problem | None:
    """The merge conflict that git left in ``text``, if there is one."""
    marks = list(_CONFLICT.finditer(text))
    if {mark[1][0] for mark in marks} < {"<", ">"} or not marks or marks[0][1][0] != "<":
        return None
    line = text.count("\n", 0, marks[0].start()) + 1
    return Problem(
        "merge-conflict",
        "git left a merge conflict here",
        Where(file, line, 1),
        "Choose one side, and take out the lines <<<<<<<, ======= and >>>>>>>.",
    )


def explained(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """The parser's ``error`` about ``text`` as a problem with its usual cause."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _unreadable(error, text, file)
    lines = _BREAK.split(text)
    line = lines[mark.line] if mark.line < len(lines) else ""
    said = (getattr(error, "context", None), getattr(error, "problem", None))
    problem = " ".join(part for part in said if part)
    cause = next((cause for cause in _CAUSES if cause.fits(line, problem)), None)
    opened = error.context_mark if cause and cause.rule in ("unclosed", "bracket") else None  # type: ignore[attr-defined]
    at = opened or mark
    where = Where(file, at.line + 1, at.column + 1)
    if cause is None:
        return Problem("yaml", f"the file is no YAML: {problem}", where, "Look at this line.")
    return Problem(cause.rule, cause.message, where, cause.hint)


def tagged(tag: str, where: Where) -> SpecError:
    """The error for a value that begins with ``!`` (a YAML tag)."""
    hint = (
        "If it is text, such as a path to leave out of the cache, put it in quotes: '!node_modules/**'."
        " A CloudFormation template (`!Ref`, `!GetAtt`) is no build spec."
    )
    return SpecError((Problem("tag", f"a value begins with `{short(tag, 30)}`, a YAML tag", where, hint),))


def _unreadable(error: yaml.YAMLError, text: str, file: str) -> Problem:
    position = getattr(error, "position", None)
    line = text.count("\n", 0, position) + 1 if isinstance(position, int) else None
    return Problem(
        "character",
        "a control character stands here",
        Where(file, line),
        "Take it out: text and spaces only.",
    )
