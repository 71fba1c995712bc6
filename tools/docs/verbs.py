"""The verbs of the command line, as click knows them."""

from __future__ import annotations

import inspect
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import click

from engine.cli.main import cli
from tools.docs.markdown import anchor, code, prose, table

if TYPE_CHECKING:
    from collections.abc import Iterator

Record: TypeAlias = tuple[str, str]
_SHARED_BY = 6  # verbs


def verbs() -> str:
    """Every verb: what it does, how it is called, its own options, its examples."""
    shared = _shared()
    return "\n\n".join(_verb(context, shared) for context in contexts())


def shared_options() -> str:
    """The options that most verbs have."""
    return _options(list(_shared()))


def contexts() -> Iterator[click.Context]:
    """A context for every verb, and for the verbs of verbs."""
    yield from _below(click.Context(cli, info_name="windlass"))


def _below(parent: click.Context) -> Iterator[click.Context]:
    if isinstance(group := parent.command, click.Group):
        for name in group.list_commands(parent):
            if command := group.get_command(parent, name):
                context = click.Context(command, info_name=name, parent=parent)
                yield context
                yield from _below(context)


def _verb(context: click.Context, shared: dict[Record, None]) -> str:
    command, path = context.command, context.command_path
    records = _records(context)
    own = [record for record in records if record not in shared]
    others = [_name(record) for record in records if record in shared]
    parts = [
        f"{'##' if path.count(' ') == 1 else '###'} {code(path)} {{ #{anchor(path)} }}",
        prose(_paragraphs(command.help)),
        f"```text\n{path} {' '.join(command.collect_usage_pieces(context))}\n```",
        _options(own) if own else "",
        f"And {', '.join(code(name) for name in others)}: see [above](#shared-options)." if others else "",
        _examples(command.epilog),
    ]
    return "\n\n".join(part for part in parts if part)


def _paragraphs(text: str | None) -> str:
    return inspect.cleandoc((text or "").replace("\b", ""))


def _examples(epilog: str | None) -> str:
    """The examples of an epilog: its lines but for the one that says so."""
    lines = (epilog or "").replace("\b\n", "").removeprefix("Example: ").splitlines()
    body = [line for line in lines if not line.startswith("Example")]
    return f"```sh\n{inspect.cleandoc(chr(10).join(body))}\n```" if body else ""


def _options(records: list[Record]) -> str:
    return table(("option", "what it does"), [(code(option), prose(text)) for option, text in records])


def _records(context: click.Context) -> list[Record]:
    found = (param.get_help_record(context) for param in context.command.get_params(context))
    return [record for record in found if record and "--help" not in record[0]]


def _shared() -> dict[Record, None]:
    counts = Counter(record for context in contexts() for record in _records(context))
    return {record: None for record, count in counts.items() if count >= _SHARED_BY}


def _name(record: Record) -> str:
    return next(word for word in record[0].replace(",", " ").split() if word.startswith("--"))
