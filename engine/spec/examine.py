"""The bytes of a file -> its model and everything that is wrong with it, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from engine.errors import Problem, SpecError, Where
from engine.spec import limits, rules, suggest
from engine.spec.base import Model
from engine.spec.keys import without_unknown
from engine.spec.model import HeadersFile, SpecFile
from engine.spec.node import Node, short
from engine.spec.reader import parse
from engine.spec.shapes import TOP_NAMES, straightened
from engine.spec.validate import validated

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Examined(Generic[M]):
    """A file as its model (None where it cannot be made), its tree as it was meant, all its problems."""

    model: M | None
    root: Node
    problems: tuple[Problem, ...]


def examine_spec(data: bytes, file: str) -> Examined[SpecFile]:
    """The ``amplify.yml`` in ``data``; ``file`` is only named in messages. Raises nothing."""
    root, told = _parsed(data, file, SpecFile, TOP_NAMES)
    if root is None:
        return Examined(None, _nothing(file), told)
    root, shapes = straightened(root)
    known, unknown = without_unknown(root, SpecFile)
    model, wrong = validated(SpecFile, known)
    return Examined(model, known, _in_order(*told, *shapes, *unknown, *wrong, *rules.broken(known)))


def examine_headers(data: bytes, file: str) -> Examined[HeadersFile]:
    """The ``customHttp.yml`` in ``data``; ``file`` is only named in messages. Raises nothing."""
    root, told = _parsed(data, file, HeadersFile, frozenset())
    if root is None:
        return Examined(None, _nothing(file), told)
    known, unknown = without_unknown(root, HeadersFile)
    model, wrong = validated(HeadersFile, known)
    return Examined(model, known, _in_order(*told, *unknown, *wrong))


def _parsed(
    data: bytes, file: str, model: type[Model], also: frozenset[str]
) -> tuple[Node | None, tuple[Problem, ...]]:
    try:
        document = parse(data, file)
    except SpecError as error:
        return None, error.problems
    names = {field.alias or name for name, field in model.model_fields.items()}
    if any(suggest.same_but_case(key, names | also) for key in document.root.mapping):
        return document.root, document.problems
    return None, (*document.problems, _another_kind(document.root, file, tuple(names)))


def _another_kind(root: Node, file: str, names: tuple[str, ...]) -> Problem:
    if not root.mapping:
        said = f"the file holds {root.kind}, where a mapping (lines of `key: value`) is due"
        return Problem("not-a-spec", said, root.where, "`windlass init` writes an amplify.yml to begin with.")
    seen = short(", ".join(list(root.mapping)[:3]))
    hint = f"Known at the top: {', '.join(sorted(names))}."
    said = f"the file is something else: no key at the top is known (`{seen}`)"
    return Problem("not-a-spec", said, Where(file, root.where.line, root.where.column), hint)


def _nothing(file: str) -> Node:
    return Node({}, Where(file))


def _in_order(*problems: Problem) -> tuple[Problem, ...]:
    ordered = sorted(problems, key=_place)
    errors = [problem for problem in ordered if problem.severity == "error"][: limits.PROBLEMS]
    warnings = [problem for problem in ordered if problem.severity != "error"][: limits.PROBLEMS]
    return tuple(sorted((*errors, *warnings), key=_place))


def _place(problem: Problem) -> tuple[int, int]:
    where = problem.where
    return (where.line or 0, where.column or 0) if where else (0, 0)
