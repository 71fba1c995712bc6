"""A documented key for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from engine.cli.errors import near

if TYPE_CHECKING:
    from engine.reference.model import KeyDoc, KeyHere

_WIDTH = 100


def show_key(here: KeyHere) -> None:
    """Print what the key takes, what the project has for it, and the keys below it."""
    doc = here.doc
    click.echo(f"{click.style(doc.key, bold=True)}  ({doc.file})")
    click.echo(click.wrap_text(doc.description, _WIDTH, "  ", "  "))
    click.echo()
    for name, text in _facts(doc):
        indent = f"  {'':<10}"
        click.echo(click.wrap_text(text, _WIDTH, f"  {name:<10}", indent))
    _show_columns(
        "here", [(v.key, f"{v.value}  {click.style(near(v.origin), dim=True)}") for v in here.values]
    )
    _show_columns("keys", [(below.key, _first(below.description)) for below in here.below])


def _facts(doc: KeyDoc) -> list[tuple[str, str]]:
    default = "must be given" if doc.required else doc.default or ("none" if doc.type != "mapping" else "")
    facts = [
        ("type", doc.type),
        ("default", default),
        ("allowed", ", ".join(doc.allowed)),
        ("example", ", ".join(doc.examples)),
        ("Amplify", doc.amplify),
        ("see", " ".join((*([f"docs/{doc.guide}"] if doc.guide else ()), *doc.sources))),
    ]
    return [(name, text) for name, text in facts if text]


def _first(text: str) -> str:
    """The first sentence, without its full stop."""
    return text.partition(". ")[0].rstrip(".")


def _show_columns(title: str, rows: list[tuple[str, str]]) -> None:
    width = max((len(first) for first, _ in rows), default=0)
    for number, (first, second) in enumerate(rows):
        click.echo(f"{'' if number else chr(10)}  {'' if number else title:<10}{first:<{width}}  {second}")
