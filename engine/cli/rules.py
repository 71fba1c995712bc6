"""The rules of ``windlass check``, for people."""

from __future__ import annotations

import click

from engine.doctor.documents import documents
from engine.errors import UsageError
from engine.spec import suggest


def show_rules() -> None:
    """Print all rules, one a line."""
    found = documents()
    width = max(len(document.name) for document in found)
    for document in found:
        click.echo(f"{document.name:{width}}  {document.severity:7}  {document.what}")


def show_rule(name: str) -> None:
    """Print what there is to say of the rule ``name``. Raises UsageError where there is none."""
    known = {document.name: document for document in documents()}
    if name not in known:
        meant = suggest.closest(name, known)
        hint = f"Did you mean {meant}?" if meant else "`windlass check --list` names all rules."
        raise UsageError(f"there is no rule {name!r}", hint=hint)
    document = known[name]
    click.echo(click.style(name, bold=True) + (f" ({document.severity})" if document.severity else ""))
    for title, text in (
        ("", document.what),
        ("why", document.why),
        ("fix", document.fix),
        ("see", document.source),
    ):
        if text:
            click.echo(click.wrap_text(f"{title}: {text}" if title else text, 100, "  ", "  "))
