"""The literal values of a JavaScript, TypeScript or JSON file, read and never run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Path = tuple[str, ...]

COMPUTED = "\0computed"
"""The value of a key that something other than a literal is given to."""

HERE = "\0here/"
"""How the value of ``path.resolve(__dirname, "www")`` begins: a path from the folder of the file."""

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)
    |(?P<word>[A-Za-z_$][\w$]*|-?\d[\w.]*)
    |(?P<open>[{(\[])|(?P<close>[})\]])|(?P<mark>[^\s])""",
    re.VERBOSE | re.DOTALL,
)
_ENDS = frozenset({",", "}", ")", "]", ";", ""})
_WORDS = frozenset({"true", "false", "null", "undefined"})


def literals(text: str) -> Iterator[tuple[Path, str]]:
    """The names on the way to every ``key: value``, and the value as text: ``("build", "outDir"), "out"``.

    Calls and arrays around an object add no name, so that ``defineConfig({a: 1})`` has ``a`` at its top. An
    object or a call gives COMPUTED for its own key, besides what is in it.
    """
    tokens = _tokens(text)
    way: list[str] = []
    key = ""
    for at, (kind, part) in enumerate(tokens):
        if kind == "open":
            way.append(key)
            key = ""
        elif kind == "close":
            key = way.pop() if way else ""
        elif part in (",", ";") or (part == "=" and _follows(tokens, at) != ">"):
            key = ""  # after `=`: what stood before the colon was a variable, and its type after
        elif kind in ("word", "text") and _follows(tokens, at) == ":" and not _is_choice(tokens, at):
            key = _plain(part)
            if key:
                yield (*filter(None, way), key), _value(tokens, at + 2)


def imports(text: str, package: str) -> bool:
    """Whether ``text`` names the npm ``package`` in a string, outside of comments."""
    return any(m["text"] and m["text"][1:-1] == package for m in _TOKEN.finditer(text))


def argument(text: str, function: str) -> str:
    """The literal text that the first call of ``function`` is given; "" where there is none."""
    tokens = _tokens(text)
    for at in range(len(tokens) - 3):
        called = tokens[at][1] == function and tokens[at + 1][1] == "("
        if called and tokens[at + 2][0] == "text" and tokens[at + 3][1] in (")", ","):
            return _plain(tokens[at + 2][1])
    return ""


def _tokens(text: str) -> list[tuple[str, str]]:
    return [(str(m.lastgroup), m[0]) for m in _TOKEN.finditer(text) if m.lastgroup != "comment"]


def _value(tokens: list[tuple[str, str]], at: int) -> str:
    kind, part = tokens[at] if at < len(tokens) else ("", "")
    if below := _below_here(tokens, at):
        return below
    after = _follows(tokens, at)
    if after not in _ENDS and not (kind == "text" and after == "as"):
        return COMPUTED
    if kind == "text" and not (part[0] == "`" and "${" in part):
        return _plain(part)
    return part if part in _WORDS or part[:1].isdigit() else COMPUTED


def _below_here(tokens: list[tuple[str, str]], at: int) -> str:
    """The path of ``path.resolve(__dirname, "www")``; "" for anything else."""
    words = [part for _, part in tokens[at : at + 8]]
    if words[1:2] == ["."]:
        words, at = words[2:], at + 2
    is_one = (
        words[:1] in (["resolve"], ["join"]) and words[1:4] == ["(", "__dirname", ","] and words[5:6] == [")"]
    )
    return HERE + _plain(words[4]) if is_one and tokens[at + 4][0] == "text" and "${" not in words[4] else ""


def _follows(tokens: list[tuple[str, str]], at: int) -> str:
    return tokens[at + 1][1] if at + 1 < len(tokens) else ""


def _is_choice(tokens: list[tuple[str, str]], at: int) -> bool:
    """Whether the colon is one of ``a ? b : c``."""
    return at > 0 and tokens[at - 1][1] == "?"


def _plain(part: str) -> str:
    return re.sub(r"\\(.)", r"\1", part[1:-1]) if part[:1] in "\"'`" else part
