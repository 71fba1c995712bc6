"""What a bundle was built for, and which values of that environment are inlined in its files.

A value is never kept, only a hash of it with a salt of this bundle, so that another environment can be
compared; of a secret not even that.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

SHORTEST = 6  # characters; anything shorter is found in ordinary text


@dataclass(frozen=True, slots=True)
class Inlined:
    """The value of ``variable`` is in ``count`` files, of which ``files`` names some.

    ``hash`` is that of the form that was found, "" for a secret.
    """

    variable: str
    hash: str
    files: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Origin:
    """``variables`` has the names of those that the build was given, and hashes of their values, "" for a
    secret. ``commit`` and ``branch`` are those of the checkout.
    """

    app: str
    environment: str
    branch: str
    commit: str
    salt: str
    variables: dict[str, str]
    inlined: tuple[Inlined, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The variables of which a value is inlined."""
        return tuple(dict.fromkeys(item.variable for item in self.inlined))

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Origin:
        """The origin of which ``fields`` are ``dataclasses.asdict``. Raises TypeError, KeyError."""
        found = [Inlined(**{**item, "files": tuple(item["files"])}) for item in fields["inlined"]]
        return cls(**{**fields, "inlined": tuple(found)})


def forms(value: str) -> tuple[str, ...]:
    """The forms in which a value is looked for: of a URL its end without the slash, and its host.

    >>> forms("https://api.example.com/v1/")
    ('api.example.com/v1', 'api.example.com')
    """
    url = value.startswith(("http://", "https://"))
    rest = value.partition("://")[2].rstrip("/") if url else value
    found = dict.fromkeys((rest, rest.partition("/")[0]) if url else (rest,))
    return tuple(form for form in found if len(form) >= SHORTEST)


def new_salt() -> str:
    """A salt for one bundle."""
    return secrets.token_hex(16)


def hashed(salt: str, value: str) -> str:
    """Half of a salted SHA-256, hex."""
    return hashlib.sha256(f"{salt}\0{value}".encode(errors="surrogateescape")).hexdigest()[:32]


def hashed_variables(salt: str, variables: Mapping[str, str], private: Collection[str]) -> dict[str, str]:
    """Names and hashes of values; the names in ``private`` without."""
    return {name: "" if name in private else hashed(salt, value) for name, value in sorted(variables.items())}


def foreign(origin: Origin, app: str, environment: str, variables: Mapping[str, str]) -> tuple[Inlined, ...]:
    """What is inlined and differs in ``environment``, whose build would be given ``variables``.

    For another environment than that of the origin, what cannot be compared (a secret, a variable that was
    given on the command line and is not given now) counts as different.
    """
    same = (origin.app, origin.environment) == (app, environment)
    return tuple(item for item in origin.inlined if _differs(item, origin.salt, variables, same))


def _differs(item: Inlined, salt: str, variables: Mapping[str, str], same: bool) -> bool:
    if not item.hash or item.variable not in variables:
        return not same
    return item.hash not in _hashes(salt, variables[item.variable])


def _hashes(salt: str, value: str) -> Iterable[str]:
    return {hashed(salt, form) for form in forms(value)}
