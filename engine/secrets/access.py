"""Who is given secrets: who asks for them by name, but no pull request that an outsider may have written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import PrerequisiteError, Where
from engine.events import Warned
from engine.secrets.model import GIVEN, Secret
from engine.secrets.scopes import scopes_of
from engine.secrets.store import SecretStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.context import Context
    from engine.environment.model import Environment

_KEY = "policy.pull_request_secrets"


def secrets_for(context: Context, names: Iterable[str], where: Where | None = None) -> tuple[Secret, ...]:
    """The secrets ``names`` of the context's environment; blocking.

    ``where`` asks for them. None where the environment is not to have any (see :func:`withheld`), and a
    Warned event says so. Raises PrerequisiteError that names every one that is not set, and how to set it.
    """
    names = tuple(dict.fromkeys(names))
    if not names or _refused(context, names, where):
        return ()
    given = context.settings.secrets
    of_call = tuple(Secret(name, given[name], GIVEN, given[name]) for name in names if name in given)
    return (*of_call, *_stored(context, [name for name in names if name not in given], where))


def paths_for(context: Context, names: Iterable[str], where: Where | None = None) -> dict[str, str]:
    """Name -> the parameter of the store, for what reads the secrets itself: a function, a resource.

    The rest is as for :func:`secrets_for`, but for secrets of the call, which are not in the store.
    """
    names = tuple(dict.fromkeys(names))
    if not names or _refused(context, names, where):
        return {}
    store = store_of(context)
    return {secret.name: store.path(secret.name, secret.scope) for secret in _stored(context, names, where)}


def how_to_set(context: Context, names: list[str]) -> str:
    """The commands that set ``names`` for the environment, or, of a preview, for all of its kind."""
    *_, scope, _ = scopes_of(context.spec, context.environment)
    target = " --target local" if context.target.kind == "local" else ""
    commands = (f"windlass secrets set {name} --env {scope}{target}" for name in names)
    return f"Set {'them' if len(names) > 1 else 'it'}: {'; '.join(commands)}"


def set_secrets(context: Context, names: Iterable[str]) -> tuple[Secret, ...]:
    """Those of ``names`` that are set for the environment; blocking. The others are not missed."""
    if withheld(context.environment, context.settings.project):
        return ()
    return store_of(context).get(names, scopes_of(context.spec, context.environment))


def store_of(context: Context) -> SecretStore:
    """The store of the context's application, where its environment is."""
    client = context.clients.get(context.target, "ssm")
    return SecretStore(client, context.environment.app, context.environment.policy.secrets_key)


def withheld(environment: Environment, project: Path) -> str:
    """Why builds of ``environment`` are given no secrets; "" where they are.

    A pull request has them only where it is known to come from the repository itself, or where the policy
    says ``pull_request_secrets: always``, in a file that the pull request cannot have changed.
    """
    request, allowed = environment.pull_request, environment.policy.pull_request_secrets
    if request is None:
        return ""
    if allowed == "never":
        return "the policy gives pull requests no secrets"
    if request.fork is False:
        return ""
    if allowed == "always":
        file = Path(environment.origins.get(_KEY, "").partition(".yaml:")[0])
        return "" if not file.is_relative_to(_checkout(project)) else _IN_CHECKOUT
    return "it comes from a fork" if request.fork else "it is not known whether it comes from a fork"


_IN_CHECKOUT = "the policy that allows it is in the checkout, where the pull request may have changed it"


def _stored(context: Context, names: Sequence[str], where: Where | None) -> tuple[Secret, ...]:
    if not names:
        return ()
    found = store_of(context).get(names, scopes_of(context.spec, context.environment))
    known = {secret.name for secret in found}
    if missing := [name for name in names if name not in known]:
        raise _missing(context, missing, where)
    return found


def _refused(context: Context, names: tuple[str, ...], where: Where | None) -> bool:
    reason = withheld(context.environment, context.settings.project)
    if reason:
        context.emit(
            Warned(
                f"{context.environment.name} is given no secrets ({', '.join(names)}): {reason}",
                hint=_hint(context.environment),
                where=str(where or ""),
            )
        )
    return bool(reason)


def _hint(environment: Environment) -> str:
    request = environment.pull_request
    if request and request.fork is None and environment.policy.pull_request_secrets == "same-repository":
        return "If it comes from this repository: --no-fork."
    return "`pull_request_secrets: always` in a policy outside of the checkout (--stacks) allows it."


def _missing(context: Context, missing: list[str], where: Where | None) -> PrerequisiteError:
    several = f"s {', '.join(missing)} are" if len(missing) > 1 else f" {missing[0]} is"
    return PrerequisiteError(
        f"the secret{several} not set for {context.environment.name}",
        where=where,
        hint=f"{how_to_set(context, missing)} (--shared instead of --env: for all environments)",
    )


def _checkout(project: Path) -> Path:
    return next((at for at in (project, *project.parents) if (at / ".git").exists()), project)
