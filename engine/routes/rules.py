"""The rules of one environment, compiled, and what they say about requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from engine.publish.activate import LIVE
from engine.publish.proxies import proxies_of, proxy_of
from engine.publish.redirects import describe
from engine.routes.edge import said
from engine.routes.model import RouteOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.publish.environments import Names
    from engine.routes.model import Question
    from engine.spec.model import Redirect

_DEFAULTS = {
    "404": "404.html answers for what is missing, because it is there",
    "404-200": "a single page app: index.html answers for pages that are missing, as there are no redirects",
}


@dataclass(frozen=True)
class Rules:
    """``entries`` of the KeyValueStore, the ``redirects`` that they were made from, and where each stands.

    ``names`` are those of the environment. ``remarks`` are worth a line for people.
    """

    entries: Mapping[str, str]
    live: str
    redirects: tuple[Redirect, ...]
    names: Names
    where: Mapping[int, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def outcomes(self, questions: Iterable[Question], host: Mapping[str, str]) -> tuple[RouteOutcome, ...]:
        """What would happen to each of ``questions``, by the JavaScript that ships, run by Node; blocking.

        ``host`` are the variables of this machine.
        """
        proxied = [proxy.pattern for proxy in proxies_of(self.redirects, self.names)]
        asked = list(questions)
        answers = said({**self.entries, LIVE: self.live}, proxied, (one.event for one in asked), host)
        return tuple(map(self._outcome, asked, answers))

    def _outcome(self, asked: Question, told: dict[str, Any]) -> RouteOutcome:
        status, kind, target = self._answer(told)
        rule, where = self._rule(told)
        headers = {name: value["value"] for name, value in told["headers"].items()}
        headers.pop("x-windlass-release", None)
        return RouteOutcome(asked.url, status, kind, target, rule, where, headers, told["reads"])

    def _answer(self, told: dict[str, Any]) -> tuple[int, str, str]:
        answer, found = told["answer"], told.get("found") or {}
        if "location" in answer.get("headers", {}):
            return answer["statusCode"], "redirect", answer["headers"]["location"]["value"]
        if "statusCode" in answer:
            return answer["statusCode"], "generated", answer["statusDescription"]
        if "origin" in found:
            proxy = proxy_of(self.redirects[found["rule"]])
            default = proxy.origin == f"{proxy.scheme}-{proxy.host}"
            place = proxy.host if default else f"{proxy.host}:{proxy.port}"
            return 200, "proxy", f"{proxy.scheme}://{place}{answer['uri']}"
        return (404 if "key" in found else 200), "file", unquote(found["file"])

    def _rule(self, told: dict[str, Any]) -> tuple[str, str]:
        number = told.get("rule")
        if number is None:
            return "", ""
        if number < len(self.redirects):
            return describe(self.redirects[number]), self.where.get(number, "")
        return _DEFAULTS["404" if "key" in (told["found"] or {}) else "404-200"], ""
