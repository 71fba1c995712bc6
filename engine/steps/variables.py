"""What an environment tells its builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.build.variables import BuildContext, amplify_variables, secret_values, windlass_variables
from engine.environment.policy import policies, resolve_policy
from engine.environment.variables import values, varying
from engine.steps.link import linked_variables

if TYPE_CHECKING:
    from engine.context import Context

# The same in all environments of an app, or of this one build.
_NO_MATTER = frozenset(
    (
        "AWS_APP_ID",
        "AWS_CLONE_URL",
        "AWS_COMMIT_ID",
        "AWS_JOB_ID",
        "AMPLIFY_MONOREPO_APP_ROOT",
        "WINDLASS",
        "WINDLASS_DEPLOYMENT",
    )
)


def build_context(context: Context) -> BuildContext:
    """What the deployment tells the build about itself."""
    pull_request = context.environment.pull_request
    return BuildContext(
        app=context.environment.app,
        branch=context.environment.branch,
        commit=context.checkout.commit,
        job=context.record.jobs,
        url=context.url,
        environment=context.environment.name,
        deployment=context.deployment,
        pull_request=pull_request,
        clone_url=context.checkout.remote,
        region=context.target.region,
    )


def own_variables(context: Context) -> dict[str, str]:
    """The variables whose values are, or may be, those of this environment alone.

    Not among them: what is the same for all environments of the app, as a variable that no environment,
    branch or policy overrides, and what tells one build from the next, as the commit.
    """
    told = build_context(context)
    names = {*_varying(context), *context.settings.variables}
    given = {name: value for name, value in values(context.variables).items() if name in names}
    given |= {secret.name: secret.value for secret in context.secrets}
    found = {
        **windlass_variables(told, context.told),
        **amplify_variables(context.spec, told),
        **linked_variables(context),
        **given,
    }
    return {name: value for name, value in found.items() if name in given or name not in _NO_MATTER}


def private_names(context: Context) -> frozenset[str]:
    """The names of the variables that are secrets: given as such, or by their name or form."""
    given = values(context.variables)
    secret = (name for name, value in given.items() if secret_values({name: value}))
    return frozenset((*(secret.name for secret in context.secrets), *secret))


def _varying(context: Context) -> frozenset[str]:
    found = policies(context.settings.project, context.settings.stacks)
    return varying(context.spec, (resolve_policy(found, name).policy for name in sorted(found.names())))
