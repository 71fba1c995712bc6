"""Redirect rules in values of at most 1 KB, so that a request reads few of them, however many there are.

Rules that only some paths can match are in buckets: the bucket of a rule for one path is the FNV-1a of ``=``
and the path modulo the number of buckets, that of a rule whose paths all begin with ``/a/`` or ``/a/b/`` the
FNV-1a of that text. All others are in a list, in order. A request reads the buckets of its path, ``/a/`` and
``/a/b/``, as far as there are such rules, and the list from its start to the first rule that decides; numbers
say which rule comes first. Few rules are in the list alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.publish.index import encoded, fnv1a

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.publish.edge_rule import EdgeRule

VALUE_LIMIT = 1000  # bytes, a little below the 1 KB of CloudFront
_LIST_ALONE = 2  # values
_AIM = 600  # bytes of a bucket, on average
_MOST = 20_000  # buckets; keys of the very same hash never part
_DEPTHS = (2, 1)
_EXACT = 0


@dataclass(frozen=True, slots=True)
class RuleIndex:
    """``listed`` and ``buckets`` are the values; ``depths`` says which kinds of buckets there are: 0 for
    those of one path, else how many segments their paths begin with.
    """

    listed: tuple[str, ...] = ()
    buckets: tuple[str, ...] = ()
    depths: tuple[int, ...] = ()


def rule_index(rules: Iterable[EdgeRule]) -> RuleIndex:
    """The index of ``rules``, each of which fits into a value."""
    ordered = list(rules)
    listed = tuple(_chunks(ordered))
    if len(listed) <= _LIST_ALONE:
        return RuleIndex(listed)
    keyed = {rule.number: key for rule in ordered if (key := _key(rule))}
    buckets = _buckets([rule for rule in ordered if rule.number in keyed], keyed)
    held = {rule.number for bucket in buckets for rule in bucket}
    if not held:
        return RuleIndex(listed)
    rest = [rule for rule in ordered if rule.number not in held]
    depths = {keyed[number][0] for number in held}
    return RuleIndex(tuple(_chunks(rest)) or ("[]",), tuple(map(_value, buckets)), tuple(sorted(depths)))


def value_size(rules: Iterable[EdgeRule]) -> int:
    """Bytes of a value with these rules."""
    return len(_value(rules).encode())


def _key(rule: EdgeRule) -> tuple[int, str] | None:
    if rule.exact:
        return _EXACT, f"={rule.exact}"
    segments = rule.prefix.split("/")[1:-1]
    depth = next((depth for depth in _DEPTHS if len(segments) >= depth), None)
    return (depth, f"/{'/'.join(segments[:depth])}/") if depth else None


def _buckets(rules: list[EdgeRule], keyed: dict[int, tuple[int, str]]) -> list[list[EdgeRule]]:
    """As many buckets as it takes; rules of a key that alone is too much for one are in none."""
    fitting = list(_fitting(rules, keyed))
    count = max(1, value_size(fitting) // _AIM)
    while True:
        buckets: list[list[EdgeRule]] = [[] for _ in range(count)]
        for rule in fitting:
            buckets[fnv1a(encoded(keyed[rule.number][1])) % count].append(rule)
        fits = [value_size(bucket) <= VALUE_LIMIT for bucket in buckets]
        if all(fits) or count > _MOST:
            return [bucket if fit else [] for bucket, fit in zip(buckets, fits, strict=True)]
        count += count // 8 + 1


def _fitting(rules: list[EdgeRule], keyed: dict[int, tuple[int, str]]) -> Iterator[EdgeRule]:
    groups: dict[tuple[int, str], list[EdgeRule]] = {}
    for rule in rules:
        groups.setdefault(keyed[rule.number], []).append(rule)
    for group in groups.values():
        if value_size(group) <= VALUE_LIMIT:
            yield from group


def _chunks(rules: list[EdgeRule]) -> Iterator[str]:
    chunk: list[EdgeRule] = []
    for rule in rules:
        if chunk and value_size([*chunk, rule]) > VALUE_LIMIT:
            yield _value(chunk)
            chunk = []
        chunk.append(rule)
    if chunk:
        yield _value(chunk)


def _value(rules: Iterable[EdgeRule]) -> str:
    return _json([rule.to_json() for rule in rules])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
