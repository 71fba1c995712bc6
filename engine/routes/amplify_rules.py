"""The rules of an Amplify app, as its console, its API and CloudFormation write them.

https://docs.aws.amazon.com/amplify/latest/APIReference/API_CustomRule.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from engine.errors import UsageError
from engine.publish.edge_rule import RuleError
from engine.publish.redirects import compile_redirect
from engine.spec.model import Redirect

_KEYS = ("source", "target", "status", "condition")
_PLACES = (("app", "customrules"), ("customrules",), ("properties", "customrules"))
_HINT = "Give the output of `aws amplify get-app --app-id ID`, or its list `customRules`."


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A rule that is left out: as it was written, on one line, and why."""

    rule: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class AmplifyRules:
    """The rules that were understood, in order, and those that were not."""

    redirects: tuple[Redirect, ...]
    untranslated: tuple[Untranslated, ...]


def amplify_rules(text: str) -> AmplifyRules:
    """The rules in the JSON ``text``: a list of them, or an app that has one as ``customRules``.

    Raises UsageError where it is neither.
    """
    redirects: list[Redirect] = []
    untranslated: list[Untranslated] = []
    for rule in _listed(text):
        try:
            redirects.append(_redirect(rule))
        except RuleError as error:
            untranslated.append(Untranslated(json.dumps(rule), error.message, error.hint))
    return AmplifyRules(tuple(redirects), tuple(untranslated))


def _listed(text: str) -> list[Any]:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise UsageError(f"this is no JSON: {error}", hint=_HINT) from None
    for place in _PLACES:
        found = _at(data, place)
        if isinstance(found, list):
            return found
    if not isinstance(data, list):
        raise UsageError("there are no `customRules` in it", hint=_HINT)
    return data


def _at(data: Any, place: tuple[str, ...]) -> Any:
    for step in place:
        data = _lower(data).get(step) if isinstance(data, dict) else None
    return data


def _lower(data: dict[str, Any]) -> dict[str, Any]:
    return {key.lower(): value for key, value in data.items()}  # CloudFormation writes Source, Target


def _redirect(rule: Any) -> Redirect:
    if not isinstance(rule, dict):
        raise RuleError("import", "it is no rule", "a rule has source, target and status")
    given = {key: value for key, value in _lower(rule).items() if value not in (None, "")}
    if unknown := sorted(given.keys() - set(_KEYS)):
        raise RuleError("import", f"it has `{unknown[0]}`, which no rule has", "take it out")
    given["source"] = _secure(str(given.get("source", "")))
    try:
        redirect = Redirect(**given)
    except ValidationError as error:
        detail = error.errors()[0]
        context = detail.get("ctx", {})
        key = str(detail["loc"][0])
        reason = context.get("reason") or detail["msg"]
        raise RuleError("import", f"its {key} {reason}", context.get("hint", "")) from None
    compile_redirect(redirect)
    return redirect


def _secure(source: str) -> str:
    """Amplify serves every host over https, whatever a rule says."""
    return f"https://{source[7:]}" if source.lower().startswith("http://") else source
