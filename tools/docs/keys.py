"""The reference of the keys of ``amplify.yml`` and of policies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.reference import policy_keys, spec_keys
from tools.docs.markdown import anchor, code, prose, small

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.reference import KeyDoc

_PAGES = Path(__file__).parents[2] / "docs"


def keys_of_the_spec() -> str:
    """Every key of ``amplify.yml``; a section for each at the top."""
    return "\n\n".join(_entry(doc, 2 if "." not in doc.key else 3) for doc in spec_keys())


def keys_of_policies() -> str:
    """Every key of a policy."""
    _, *keys = policy_keys()
    return "\n\n".join(_entry(doc, 2 if doc.key.count(".") == 1 else 3) for doc in keys)


def _entry(doc: KeyDoc, level: int) -> str:
    heading = f"{'#' * level} {code(doc.key.removeprefix('policy.'))} {{ #{anchor(doc.key)} }}"
    return "\n\n".join((heading, prose(doc.description), _facts(doc)))


def _facts(doc: KeyDoc) -> str:
    name = doc.key.rpartition(".")[2]
    facts = [
        ("Type", doc.type),
        ("Default", "must be given" if doc.required else code(doc.default)),
        ("Allowed", ", ".join(_value(text) for text in doc.allowed)),
        ("Example", _listed(f"{name}: {text}" for text in doc.examples)),
        ("Amplify", "" if doc.key.startswith("policy.") else prose(doc.amplify)),
        ("See", ", ".join((*_guide(doc), *(f"<{source}>" for source in doc.sources)))),
    ]
    lines = [f"- **{name}** {text}" for name, text in facts if text]
    return small("\n".join(lines))


def _guide(doc: KeyDoc) -> tuple[str, ...]:
    """A link to the page that tells more, by its title."""
    if not doc.guide or doc.guide == "reference/policies.md":
        return ()
    first = (_PAGES / doc.guide).read_text().partition("\n")[0]
    title = first.removeprefix("# ") if first.startswith("# ") else Path(doc.guide).stem
    return (f"[{title}](../{doc.guide})",)


def _value(text: str) -> str:
    """A bound in words, or a value as code."""
    kind, _, pattern = text.partition(" ")
    if kind == "matches":
        return f"matches {code(pattern)}"
    return text if kind in ("at", "more") else code(text)


def _listed(texts: Iterable[str]) -> str:
    return " or ".join(code(text) for text in texts)
