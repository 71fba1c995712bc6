"""One node process per module that runs the edge function, and a bucket behind it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from engine.bundle.model import Bundle, BundleFile
from engine.publish.activate import live_value
from engine.publish.code import function_code
from engine.publish.entries import Entries, compile_entries
from engine.publish.fingerprint import is_fingerprinted
from engine.publish.proxies import proxies_of
from engine.spec.model import Header, HeaderRule, Redirect

RELEASE = "0123456789ab"
ERROR_PAGE = "errors/404.html"


class Runner:
    """The edge function in node: takes events, gives what it returned."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("edge_runner.js")
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(["node", str(script)], stdin=pipe, stdout=pipe, text=True)
        self._loaded = ""
        self.load()

    def load(self, *proxied: str) -> None:
        """Use the code of a distribution with these cache behaviors for other hosts."""
        if (code := function_code(proxied)) != self._loaded:
            self._send({"code": code})
            self._loaded = code

    def __call__(self, keys: dict[str, str], event: dict[str, Any]) -> dict[str, Any]:
        self._send({"keys": keys, "event": event})
        answer = json.loads(self.process.stdout.readline())
        assert "threw" not in answer, answer
        return answer

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()

    def _send(self, message: dict[str, Any]) -> None:
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()


@dataclass(frozen=True)
class Answer:
    """What a viewer sees. ``file`` is the key of the object that was served, empty for none; ``sent`` the
    request that went to another host, ``reads`` the keys that were read to find out.
    """

    status: int
    file: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)
    reads: int = 0

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


@dataclass(frozen=True)
class Edge:
    """A release behind the edge function."""

    run: Runner
    entries: Entries
    objects: dict[str, dict[str, str]]
    proxied: tuple[str, ...] = ()

    def get(
        self,
        uri: str,
        query: dict[str, Any] | None = None,
        host: str = "site.example",
        method: str = "GET",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """One request, with both forms of viewer-response events, which must give the same."""
        request = {
            "method": method,
            "uri": uri,
            "querystring": query or {},
            "headers": _event({"host": host, **(headers or {})}),
            "cookies": {},
        }
        self.run.load(*self.proxied)
        keys = {**self.entries.keys, "live": self.entries.live} if self.entries.live else {}
        asked = self.run(keys, {"context": {"eventType": "viewer-request"}, "request": request})
        reads = asked.pop("reads")
        if "statusCode" in asked:
            return Answer(asked["statusCode"], "", _plain(asked["headers"]), reads=reads)
        if asked.get("origin", "site") != "site":
            elsewhere = {"context": {"eventType": "viewer-response"}, "response": _FOREIGN}
            responses = [self.run(keys, {**elsewhere, "request": seen}) for seen in (request, asked)]
            heads = [_plain(response["headers"]) for response in responses]
            assert heads[0] == heads[1]
            return Answer(responses[0]["statusCode"], "", heads[0], asked, reads)
        key = unquote(asked["uri"]).lstrip("/")
        if key not in self.objects:
            return Answer(404, ERROR_PAGE)
        responses = [
            self.run(
                keys,
                {
                    "context": {"eventType": "viewer-response"},
                    "request": seen,
                    "response": {"statusCode": 200, "headers": _event(self.objects[key]), "cookies": {}},
                },
            )
            for seen in (request, asked)
        ]
        heads = [_plain(response["headers"]) for response in responses]
        assert heads[0] == heads[1]
        assert responses[0]["statusCode"] == responses[1]["statusCode"]
        return Answer(responses[0]["statusCode"], key, heads[0], reads=reads)


_FOREIGN = {
    "statusCode": 200,
    "headers": {"server": {"value": "theirs"}, "x-amz-meta-windlass-status": {"value": "404"}},
    "cookies": {},
}


def _plain(headers: dict[str, Any]) -> dict[str, str]:
    return {name: value["value"] for name, value in headers.items()}


def _event(headers: dict[str, str]) -> dict[str, Any]:
    return {name: {"value": value} for name, value in headers.items()}


def make_bundle(paths, redirects=(), headers=(), trailing_slash=None) -> Bundle:
    """A bundle of files that need not be there. A redirect is (source, target, status, condition)."""
    files = [BundleFile(path, 1, "0" * 64, "text/x", "no-cache", is_fingerprinted(path)) for path in paths]
    return Bundle(
        Path("/nowhere"),
        tuple(files),
        tuple(_redirect(*rule) for rule in redirects),
        tuple(
            HeaderRule(pattern=pattern, headers=tuple(Header(key=k, value=v) for k, v in values.items()))
            for pattern, values in headers
        ),
        trailing_slash=trailing_slash,
    )


def _redirect(source, target, status, condition=None, environments=()) -> Redirect:
    return Redirect(
        source=source, target=target, status=status, condition=condition, environments=environments
    )


def _objects(bundle: Bundle, entries: Entries, old: tuple[str, ...]) -> dict[str, dict[str, str]]:
    plain = {"content-type": "text/x", "cache-control": "no-cache", "server": "AmazonS3"}
    own = {f"releases/{RELEASE}/{file.path}": plain for file in bundle.files if not file.fingerprinted}
    copies = {
        f"releases/{RELEASE}/~404/{path}": {**plain, "x-amz-meta-windlass-status": "404"}
        for path in entries.not_found_copies
    }
    shared = {f"assets/{file.path}": plain for file in bundle.files if file.fingerprinted}
    return {**own, **copies, **shared, **{f"assets/{path}": plain for path in old}}


@pytest.fixture(scope="module")
def runner():
    runner = Runner()
    yield runner
    runner.stop()


@pytest.fixture(scope="module")
def edge(runner):
    """Makes an :class:`Edge` from paths, redirects, header rules and assets of earlier releases.

    ``deployed``: whether the distribution has the behaviors that its proxies need.
    """

    def make(
        paths=(), redirects=(), headers=(), old=(), slash=None, names=(), deployed=True, gate=None
    ) -> Edge:
        bundle = make_bundle(paths, redirects, headers, slash)
        entries = compile_entries(bundle, RELEASE, frozenset(names))
        proxies = proxies_of(bundle.redirects, frozenset(names)) if deployed else ()
        patterns = tuple(proxy.pattern for proxy in proxies)
        entries = replace(entries, live=live_value(entries.live, gate))
        return Edge(runner, entries, _objects(bundle, entries, tuple(old)), patterns)

    return make
