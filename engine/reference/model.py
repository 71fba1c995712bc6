"""A key, documented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.results import Explanation


@dataclass(frozen=True, slots=True)
class KeyDoc:
    """What a key is and takes.

    ``key`` is dotted from the top of its file, with ``*`` for a name that the user chooses and nothing for
    the number of an item: ``environments.*.domain``, ``redirects.status``. The keys of a policy begin with
    ``policy.``. ``type`` is in words; ``default`` is "" where nothing is set; ``allowed`` are values or
    bounds; ``amplify`` says what Amplify does with the key, ``sources`` are pages elsewhere that say more,
    ``guide`` is the page of the documentation that does, as a path below ``docs/``.
    """

    key: str
    file: str
    type: str
    description: str
    default: str = ""
    required: bool = False
    allowed: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    amplify: str = ""
    sources: tuple[str, ...] = ()
    guide: str = ""

    @property
    def of_names(self) -> bool:
        """Whether it holds entries under names of the user's own."""
        return self.type.startswith("mapping of names")


@dataclass(frozen=True, slots=True)
class KeyHere:
    """A key as documented, the keys right below it, and every value that a project has for it."""

    doc: KeyDoc
    below: tuple[KeyDoc, ...]
    values: tuple[Explanation, ...]
