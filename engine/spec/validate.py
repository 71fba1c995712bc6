"""Values against a pydantic model -> problems with a place, in the words of people who write YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.spec import suggest
from engine.spec.keys import allowed
from engine.spec.node import Keys, Node, dotted, problem, short

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from engine.errors import Problem
    from engine.spec.reader import Document

M = TypeVar("M", bound=BaseModel)

_MAPPING = (
    "kind",
    "must be a mapping (lines of `key: value`), not {kind}",
    "Write its keys below it, indented.",
)
_LIST = (
    "kind",
    "must be a list (lines that begin with `- `), not {kind}",
    "Write one `- item` a line below it.",
)
_CHOICE = ("value", "must be {expected}, not `{value}`", "")

# pydantic's error type -> our rule, the sentence after the key's name, the hint ("": ask `windlass explain`)
_SENTENCES = {
    "missing": ("missing", "is missing", "Add it."),
    "string_type": ("kind", "must be text, not {kind}", "Write text after the colon, on the same line."),
    "bool_type": ("kind", "must be true or false, not {kind}", "Write `true` or `false`."),
    "bool_parsing": ("value", "must be true or false, not `{value}`", "Write `true` or `false`."),
    "int_type": ("kind", "must be a whole number, not {kind}", "Write a number."),
    "int_parsing": ("value", "must be a whole number, not `{value}`", "Write a number."),
    "literal_error": _CHOICE,
    "enum": _CHOICE,
    "model_type": _MAPPING,
    "dict_type": _MAPPING,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "string_too_short": ("value", "must not be empty", "Write a value, or take the key out."),
    "greater_than_equal": ("value", "must be at least {ge}, not `{value}`", ""),
    "greater_than": ("value", "must be more than {gt}, not `{value}`", ""),
    "less_than_equal": ("value", "must be at most {le}, not `{value}`", ""),
    "too_long": ("value", "must have at most {max_length} entries", "Take some out."),
    "string_pattern_mismatch": ("value", "is not of the form it must have: `{value}`", ""),
    "string_too_long": ("value", "must have at most {max_length} characters", "Shorten it."),
}

# The last key -> how its value is written, for the mistakes the sentence alone does not clear up.
_WRITE = {
    "commands": "Write `commands:` and below it one `- command` a line.",
    "headers": "Write `- key: Cache-Control` and below it `value: no-cache`.",
    "customHeaders": "Write `- pattern: '**/*'` and below it `headers:` with a list of `key` and `value`.",
    "environments": "Write e.g. `prod: {branch: main}`.",
    "redirects": "Write e.g. `- {source: /old, target: /new, status: 301}`.",
    "variables": "Write one `NAME: value` a line.",
    "ignore": "Write e.g. `- {rule: node-drift, reason: why it is right here}`.",
    "reason": "Add `reason: ...`: why what the rule finds is right here.",
    "applications": "Write `- appRoot: folder` and the application's sections below it.",
}


def validated(model: type[M], root: Node) -> tuple[M | None, tuple[Problem, ...]]:
    """``root`` as a ``model``, or None and what is wrong with it."""
    try:
        return model.model_validate(root.plain(), by_alias=True, by_name=False), ()
    except ValidationError as error:
        return None, _problems(error, root, model)


def problems(
    error: ValidationError, document: Document, model: type[BaseModel], prefix: str = ""
) -> tuple[Problem, ...]:
    """What pydantic's ``error`` about ``document`` says, each with file, line and column, in their order.

    ``prefix`` stands before the keys of the document where ``windlass explain`` is asked (``policy.``).
    """
    return _problems(error, document.root, model, prefix)


def _problems(
    error: ValidationError, root: Node, model: type[BaseModel], prefix: str = ""
) -> tuple[Problem, ...]:
    details = error.errors(include_url=False, include_input=False)
    return tuple(_problem(detail, root, model, prefix) for detail in details)


def _problem(detail: ErrorDetails, root: Node, model: type[BaseModel], prefix: str) -> Problem:
    path = _path(detail, root)
    node = root.nearest(path)
    if detail["type"] == "extra_forbidden":
        hint = suggest.hint(str(path[-1]), allowed(model, path[:-1]))
        return problem("unknown-key", node, path, f"`{dotted(path)}` is no known key", hint)
    context: dict[str, Any] = detail.get("ctx", {})
    rule, sentence, hint = _SENTENCES.get(detail["type"], (detail["type"].replace("_", "-"), "", ""))
    said = sentence.format(**{"kind": node.kind, "value": short(node.text), **context})
    message = said or context.get("reason") or detail["msg"]
    better = context.get("hint") or _WRITE.get(str(path[-1]) if path else "")
    explain = f"`windlass explain {prefix}{dotted(path)}` says what it takes."
    return problem(rule, node, path, f"`{dotted(path)}` {message}", better or hint or explain)


def _path(detail: ErrorDetails, root: Node) -> Keys:
    """The keys of the file in pydantic's ``loc``, which also names unions and ``[key]``."""
    path: Keys = ()
    for step in detail["loc"]:
        if root.get((*path, step)):
            path = (*path, step)
    return (*path, detail["loc"][-1]) if detail["type"] == "missing" else path
