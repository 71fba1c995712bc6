"""The cases of ``conformance/``: rules over files, and what must happen to requests."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from engine.bundle.content_type import content_type
from engine.bundle.model import ASK_AGAIN, Bundle, BundleFile
from engine.publish.fingerprint import is_fingerprinted
from engine.spec.model import Header, HeaderRule, Redirect

FOLDER = Path(__file__).with_name("conformance")
NAMES = frozenset({"prod"})
"""What the environment of all cases is called."""


@dataclass(frozen=True)
class Case:
    """One request and what must happen; the fields are explained in ``conformance/README.md``."""

    get: str
    source: str
    to: str = ""
    file: str = ""
    proxy: str = ""
    missing: bool = False
    status: int = 0
    method: str = "GET"
    country: str = ""
    host: str = ""
    headers: dict[str, str | None] = field(default_factory=dict)

    @property
    def wanted_status(self) -> int:
        """The status that must come."""
        return self.status or (301 if self.to else 404 if self.missing else 200)


@dataclass(frozen=True)
class RuleSet:
    """Rules over files, with the cases for them."""

    name: str
    files: tuple[str, ...]
    redirects: tuple[Redirect, ...]
    headers: tuple[HeaderRule, ...]
    trailing_slash: str | None
    cases: tuple[Case, ...]

    def bundle(self, root: Path) -> Bundle:
        """A bundle whose files are below ``root`` once they are written; the content of each is its path."""
        files = tuple(_file(path) for path in sorted(self.files))
        return Bundle(root, files, self.redirects, self.headers, trailing_slash=self.trailing_slash)


def rule_sets(host: str, api: str) -> list[RuleSet]:
    """All sets, for a site at ``host`` and another host at ``api`` (scheme, name and port)."""
    data = [item for file in sorted(FOLDER.glob("*.yaml")) for item in yaml.safe_load(file.read_text())]
    return [_rule_set(_filled(item, {"{host}": host, "{api}": api})) for item in data]


def _filled(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, names) for inner in value]
    for name, text in names.items():
        value = value.replace(name, text) if isinstance(value, str) else value
    return value


def _rule_set(item: dict[str, Any]) -> RuleSet:
    return RuleSet(
        item["name"],
        tuple(item["files"]),
        tuple(Redirect(**rule) for rule in item.get("redirects", ())),
        tuple(_header_rule(**rule) for rule in item.get("headers", ())),
        item.get("trailing_slash"),
        tuple(Case(**{"source": item["source"], **case}) for case in item["cases"]),
    )


def _header_rule(pattern: str, headers: dict[str, str], environments: Any = ()) -> HeaderRule:
    pairs = tuple(Header(key=key, value=value) for key, value in headers.items())
    return HeaderRule(pattern=pattern, headers=pairs, environments=environments)


def _file(path: str) -> BundleFile:
    data = path.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    return BundleFile(path, len(data), sha256, content_type(path), ASK_AGAIN, is_fingerprinted(path))
