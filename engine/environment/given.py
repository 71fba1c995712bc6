"""What an environment's builds and functions are given, and who gets to see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.masking import MASK
from engine.build.variables import secret_values
from engine.environment.variables import Variable, variables_of
from engine.spec.backend.secrets import asked_secrets
from engine.spec.node import dotted
from engine.spec.public import public_prefix

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from engine.environment.model import Environment
    from engine.spec.model import Spec
    from engine.spec.node import Keys

BUILD, BROWSER, LOGIN = "build", "browser", "edge (login)"


@dataclass(frozen=True, slots=True)
class GivenVariable:
    """A variable, and where it goes ``to``: ``build``, ``browser`` (a framework makes it public by its name),
    ``function NAME``.
    """

    variable: Variable
    to: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The value; masked where its name or form says that it is a secret."""
        return masked(self.variable.name, self.variable.value)


@dataclass(frozen=True, slots=True)
class GivenSecret:
    """A secret that is asked for by name at ``origin``, and who is given it: ``build``, ``edge (login)``."""

    name: str
    origin: str
    to: tuple[str, ...]


def given_variables(
    spec: Spec,
    environment: Environment,
    given: Mapping[str, str] | None = None,
    prefixes: Collection[str] | None = None,
) -> tuple[GivenVariable, ...]:
    """The variables of builds, by name, then those of functions. ``given`` are those of the call,
    ``prefixes`` those by which the app's framework makes a variable public (None: any framework).
    """
    builds = (GivenVariable(v, _readers(v.name, prefixes)) for v in variables_of(spec, environment, given))
    return (*builds, *_of_functions(spec))


def given_secrets(
    spec: Spec, environment: Environment | None = None, given: Iterable[str] = ()
) -> tuple[GivenSecret, ...]:
    """The secrets that builds ask for, in the order of the file, those ``given`` with the call, those of the
    backend, and that of the login for visitors of ``environment``.
    """
    call = tuple(GivenSecret(name, "--secret", (BUILD,)) for name in given)
    named = {secret.name for secret in call}
    asked = (
        GivenSecret(name, place_of(spec, ("env", "secrets", number)), (BUILD,))
        for number, name in enumerate(spec.secrets)
        if name not in named
    )
    of_backend = (
        GivenSecret(secret.name, place_of(spec, secret.key), (secret.to,))
        for secret in asked_secrets(spec.backend)
    )
    return (*asked, *call, *of_backend, *(_login(spec, environment) if environment else ()))


def _login(spec: Spec, environment: Environment) -> Iterator[GivenSecret]:
    if environment.basic_auth:
        of_policy = environment.origins.get("policy.basic_auth", "")
        rule = spec.environments.get(environment.kind)
        own = place_of(spec, ("environments", environment.kind, "basic_auth"))
        yield GivenSecret(environment.basic_auth, own if rule and rule.basic_auth else of_policy, (LOGIN,))


def place_of(spec: Spec, key: Keys) -> str:
    """``file:line`` of a key of the spec, or of the nearest one above it that has a line."""
    lines = (spec.lines.get(dotted(key[:depth])) for depth in range(len(key), 0, -1))
    return f"{spec.file}:{next((line for line in lines if line), 1)}"


def masked(name: str, value: str) -> str:
    """``value`` for a screen: without what is a secret by its variable's name, or a password in a URL."""
    for secret in secret_values({name: value}):
        value = value.replace(secret, MASK) if secret else value
    return value


def _readers(name: str, prefixes: Collection[str] | None) -> tuple[str, ...]:
    return (BUILD, BROWSER) if public_prefix(name, prefixes) else (BUILD,)


def _of_functions(spec: Spec) -> Iterator[GivenVariable]:
    for function, asked in spec.backend.functions.items():
        for name, value in asked.environment.items():
            origin = place_of(spec, ("backend", "functions", function, "environment", name))
            yield GivenVariable(Variable(value, "app", origin, name), (f"function {function}",))
