"""The backend that an environment borrows from another one, read from what is remembered of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.context import state_of
from engine.environment.lent import Lent, about_the_backend, may_borrow, missing_in
from engine.environment.policy import policies
from engine.environment.resolve import Choice, resolve
from engine.errors import GuardError, NotFoundError, Where
from engine.events import Warned
from engine.state.record import load

if TYPE_CHECKING:
    from engine.context import Context, Settings
    from engine.environment.model import Environment
    from engine.steps.resolve import Resolved


def borrowed(settings: Settings, found: Resolved) -> Lent | None:
    """The backend that the environment borrows, None where it has its own; blocking.

    Raises GuardError where the lender's policy does not allow it, or the lender has no backend of its own;
    NotFoundError where it is not deployed, or was deployed without what the spec asks for.
    """
    environment = found.environment
    if not environment.lender:
        return None
    every = policies(settings.project, settings.stacks)
    local = settings.target == "local"
    lender = resolve(found.spec, every, Choice(name=environment.lender), local=local)
    where = _where(found)
    _refuse(environment, lender, where)
    outputs = about_the_backend(_outputs(settings, lender, where))
    if missing := missing_in(found.spec.backend, outputs):
        raise NotFoundError(
            f"{lender.name} lends its backend, and was deployed without {', '.join(missing)}",
            where=where,
            hint=f"Deploy {lender.name} with it first: {lender.deploy_call} --env {lender.name}",
        )
    return Lent(lender.name, lender.policy.region, outputs)


def warn_of_origin(context: Context) -> None:
    """Say that the lender must know where the borrower's pages are from, unless the spec says it already."""
    lent, origin = context.lent, context.url.rstrip("/")
    if lent and origin and origin not in context.spec.backend.origins:
        context.emit(
            Warned(
                f"the backend is that of {lent.lender}, which does not know {origin}: browsers keep its pages"
                " from the API and the buckets, and users do not come back to it from sign-in pages",
                hint=f"Write {origin} to `backend.origins`, and deploy {lent.lender}.",
            )
        )


def _refuse(borrower: Environment, lender: Environment, where: Where | None) -> None:
    if lender.lender or lender.name == borrower.name:
        raise GuardError(
            f"{borrower.name} borrows the backend of {lender.name}, which has none of its own",
            where=where,
            hint="Name an environment that has its own.",
        )
    if not may_borrow(borrower, lender):
        file = lender.origins.get("policy.lend", f"stacks/{lender.policy_name}.yaml")
        raise GuardError(
            f"{borrower.name} may not borrow the backend of {lender.name}: its policy,"
            f" {lender.policy_name}, does not lend it to it",
            where=where,
            hint=f"Its owners can allow it: `lend: [{borrower.kind or borrower.name}]` in {file}.",
        )


def _outputs(settings: Settings, lender: Environment, where: Where | None) -> dict[str, str]:
    record = load(state_of(settings, lender), lender.app, lender.name)
    if record is None or not record.outputs:
        raise NotFoundError(
            f"{lender.name}, whose backend is borrowed, is not deployed",
            where=where,
            hint=f"Deploy it first: {lender.deploy_call} --env {lender.name}",
        )
    return record.told


def _where(found: Resolved) -> Where | None:
    line = found.spec.lines.get(f"environments.{found.environment.kind}.backend")
    return Where(found.spec.file, line) if line else None
