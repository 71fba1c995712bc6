"""The words of shell commands, as far as they can be told without running them."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.spec.model import Spec

_ENDS = re.compile(r"[;&|()\n]+")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")
_BEFORE = frozenset(
    ("if", "then", "elif", "else", "while", "until", "do", "!", "{", "time", "sudo", "exec", "command", "env")
)

Words = tuple[str, ...]


def commands_of(spec: Spec) -> tuple[Words, ...]:
    """Every simple command of every phase of ``spec``, in order, each as its words without assignments."""
    from engine.build.model import SECTIONS
    from engine.build.steps import steps_of

    steps = (step for section in SECTIONS for step in steps_of(spec, section))
    return tuple(words for step in steps for words in simple_commands(step.command))


def simple_commands(text: str) -> tuple[Words, ...]:
    """The simple commands in ``text``: ``a && b; c`` has three. What cannot be parsed is split roughly."""
    try:
        tokens = list(_tokens(text))
    except ValueError:  # a quote that is not closed, as in a here-document
        tokens = [word for line in text.splitlines() for word in (*line.split(), "\n")]
    return tuple(words for found in _split(tokens) if (words := _command(found)))


def _tokens(text: str) -> Iterator[str]:
    lexer = shlex.shlex(text.replace("\\\n", " "), posix=True, punctuation_chars=";&|()\n")
    lexer.whitespace = " \t\r"
    lexer.whitespace_split = True
    lexer.commenters = ""  # shlex also takes a # inside of a word for a comment
    comment = False
    for token in lexer:
        comment = (comment or token.startswith("#")) and "\n" not in token
        if not comment:
            yield token


def _split(tokens: Iterable[str]) -> Iterator[list[str]]:
    current: list[str] = []
    for token in tokens:
        if _ENDS.fullmatch(token):
            yield current
            current = []
        else:
            current.append(token)
    yield current


def _command(words: list[str]) -> Words:
    while words and (words[0] in _BEFORE or _ASSIGNMENT.match(words[0])):
        words = words[1:]
    return tuple(words)
