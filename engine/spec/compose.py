"""The parser's events -> :class:`~engine.spec.node.Node`, within limits and with every place kept.

PyYAML's own tree is not used: the events come one by one, so that a hostile file is refused at the first one
too many, where a whole tree would nest, or expand its aliases, without end.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import yaml

from engine.errors import Problem, SpecError, Where
from engine.spec import limits, syntax
from engine.spec.node import Keys, Node, dotted, short

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALLER = (
    f"A file is read up to {limits.FILE_BYTES:,} bytes, {limits.DEPTH} levels and {limits.NODES:,} values."
    " Put long scripts in files of their own."
)
"""The hint where a file is over a limit."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null", "Null", "NULL")  # https://yaml.org/type/null.html
_TEXTS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null"))
_COLLECTIONS = frozenset({"!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


@dataclass
class Composing:
    """One document being read: the root from :meth:`document`, then its duplicate keys in ``problems``."""

    file: str
    text: str
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, Node | None] = field(default_factory=dict)  # None: not closed yet
    count: int = 0

    def document(self) -> Node:
        """The root. Raises SpecError (empty, over a limit, an odd key or alias) and yaml.YAMLError."""
        self.events: Iterator[yaml.Event] = yaml.parse(self.text, Loader=_LOADER)
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise _refused(
                "empty", Where(self.file), "the file is empty", "For amplify.yml: `windlass init` writes one."
            )
        root = self.node(next(self.events), ())
        next(self.events)  # the end of the document
        if isinstance(after := next(self.events), yaml.DocumentStartEvent):
            raise _refused("documents", self.where(after), "a second document begins", "Take the `---` out.")
        return root

    def where(self, event: yaml.Event) -> Where:
        mark = event.start_mark
        return Where(self.file, mark.line + 1, mark.column + 1) if mark else Where(self.file)

    def node(self, event: yaml.Event, path: Keys) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self.counted(self.alias(event), event, path)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.anchors[anchor] = None
        self.counted(Node(None, self.where(event)), event, path)
        node = self.made(event, path)
        if anchor:
            self.anchors[anchor] = node
        return node

    def counted(self, node: Node, event: yaml.Event, path: Keys) -> Node:
        self.count += node.size
        if len(path) > limits.DEPTH:
            raise _refused("too-large", self.where(event), "the file is nested too deep", SMALLER)
        if self.count > limits.NODES:
            raise _refused("too-large", self.where(event), "the file has too many values", SMALLER)
        return node

    def made(self, event: yaml.Event, path: Keys) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return Node(self.scalar(event), self.where(event))
        tag = getattr(event, "tag", None)
        if tag and tag not in _COLLECTIONS:
            raise syntax.tagged(tag, self.where(event))
        make = self.sequence if isinstance(event, yaml.SequenceStartEvent) else self.mapping
        return make(event, path)

    def scalar(self, event: yaml.ScalarEvent) -> str | None:
        plain, tag = event.implicit[0], event.tag
        if tag and tag != "!" and tag not in _TEXTS:
            raise syntax.tagged(tag, self.where(event))
        if "\0" in event.value or not _encodable(event.value):
            raise _refused(
                "character", self.where(event), "the text holds a character that no file can", "Take it out."
            )
        is_null = event.value in _NULLS and plain
        return None if is_null or (tag and tag.endswith(":null")) else event.value

    def sequence(self, event: yaml.Event, path: Keys) -> Node:
        items: list[Node] = []
        while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(inner, (*path, len(items))))
        return Node(tuple(items), self.where(event), 1 + sum(item.size for item in items))

    def mapping(self, event: yaml.Event, path: Keys) -> Node:
        own: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        while not isinstance(start := next(self.events), yaml.MappingEndEvent):
            key = self.key(start, path)
            value = self.node(next(self.events), (*path, key.text))
            if key.text == "<<" and getattr(start, "implicit", (False,))[0]:
                merged = {**self.merge(value), **merged}
            else:
                self.enter(own, key, value, path)
        entries = {**merged, **own}
        return Node(entries, self.where(event), 1 + sum(node.size for node in entries.values()))

    def key(self, event: yaml.Event, path: Keys) -> Node:
        key = self.node(event, (*path, ""))
        if not isinstance(key.value, str):
            raise _refused("key", key.where, f"a key must be text, not {key.kind}", "Put the key in quotes.")
        return key

    def enter(self, entries: dict[str, Node], key: Node, value: Node, path: Keys) -> None:
        if key.text in entries:
            self.problems.append(_duplicate(key, entries[key.text], (*path, key.text)))
        else:
            entries[key.text] = replace(value, where=key.where)

    def merge(self, value: Node) -> dict[str, Node]:
        sources = value.items or (value,)
        if any(not isinstance(source.value, dict) for source in sources):
            raise _refused("merge", value.where, "`<<` takes a mapping", "Write `<<: *anchor`.")
        merged: dict[str, Node] = {}
        for source in sources:  # the first one wins: https://yaml.org/type/merge.html
            merged = {**source.mapping, **merged}
        return merged

    def alias(self, event: yaml.AliasEvent) -> Node:
        name = event.anchor or ""
        if node := self.anchors.get(name):
            return node
        what = "holds itself" if name in self.anchors else "is an alias, and nothing has that name"
        raise _refused("alias", self.where(event), f"`*{short(name)}` {what}", _ALIAS)


_ALIAS = "A value that begins with `*` is a YAML alias. If it is meant as text, put it in quotes."


def _encodable(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _duplicate(key: Node, first: Node, path: Keys) -> Problem:
    return Problem(
        "duplicate-key",
        f"`{short(key.text)}` is here a second time; the first is on line {first.where.line}",
        key.where,
        "Put both parts under one key, or take one out. Check the indentation, too.",
        dotted(path),
    )


def _refused(rule: str, where: Where, message: str, hint: str) -> SpecError:
    return SpecError((Problem(rule, message, where, hint),))
