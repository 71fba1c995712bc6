"""From what a user typed to the key that is meant."""

from __future__ import annotations

import re
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.reference.keys import reference

if TYPE_CHECKING:
    from engine.reference.model import KeyDoc

_NUMBER = re.compile(r"\[\d*\]|\.\d+(?=\.|$)")


def find(typed: str) -> KeyDoc:
    """The key that ``typed`` names: as documented, or with names and numbers of the user's own
    (``environments.prod.domain``, ``redirects[0].status``), in an application, or by its end alone where only
    one key ends so. The name of an entry alone (``env.variables.TITLE``) names what holds it.

    Raises UsageError, naming what may be meant.
    """
    keys = reference()
    wanted = _plain(typed)
    exact = [doc for doc in keys if doc.key == wanted]
    fitting = [doc for doc in keys if fits(doc.key, wanted)]
    holding = [doc for doc in keys if doc.of_names and fits(doc.key, wanted.rpartition(".")[0])]
    ending = [doc for doc in keys if doc.key.endswith(f".{wanted}")]
    if found := exact or fitting or holding or (ending if len(ending) == 1 else []):
        return found[0]
    raise UsageError(f"there is no key `{typed}`", hint=_meant(wanted, [doc.key for doc in ending]))


def below(doc: KeyDoc) -> tuple[KeyDoc, ...]:
    """The keys right below the one that is given."""
    direct = re.compile(rf"{re.escape(doc.key)}(\.\*)?\.[^.*]+")
    return tuple(other for other in reference() if direct.fullmatch(other.key))


def fits(key: str, written: str) -> bool:
    """Whether ``written``, a path in a file without numbers, is one of the documented ``key``."""
    steps, given = key.split("."), written.split(".")
    return len(steps) == len(given) and all(map(fnmatchcase, given, steps))


def _plain(typed: str) -> str:
    key = _NUMBER.sub("", typed.strip().strip("."))
    return key.removeprefix("applications.").removeprefix("*.") if key != "applications" else key


def _meant(wanted: str, ending: list[str]) -> str:
    if ending:
        return f"It may be {' or '.join(ending)}."
    keys = [doc.key for doc in reference()]
    close = (*_close(wanted, {key: key for key in keys}), *_close(wanted, {key: _end(key) for key in keys}))
    if close:
        return f"Did you mean {' or '.join(list(dict.fromkeys(close))[:3])}?"
    return f"At the top are: {', '.join(key for key in keys if '.' not in key)}."


def _close(wanted: str, names: dict[str, str]) -> list[str]:
    """The first keys whose name is nearly what is wanted."""
    near = get_close_matches(wanted.lower(), {name.lower() for name in names.values()}, 3, 0.7)
    return [key for name in near for key in names if names[key].lower() == name]


def _end(key: str) -> str:
    return key.rpartition(".")[2]
