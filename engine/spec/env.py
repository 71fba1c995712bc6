"""The ``env`` section: variables of the builds in their layers, and the secrets that they ask for.

``env.variables`` is Amplify's own; Amplify passes over the other keys, so that one file serves both.
"""

from __future__ import annotations

from pydantic import Field

from engine.spec import fields
from engine.spec.base import Model
from engine.spec.fields import Text


class Variables(Model):
    """Variables of one layer: they lie over those of the app, the policy and the environment."""

    variables: dict[fields.VariableName, Text] = Field({}, description="Name -> value.")


class Env(Variables):
    """Environment variables of the build: those that all environments share, and the layers over them."""

    variables: dict[fields.VariableName, Text] = Field(
        {}, description="Name -> value, for every environment; `environments.NAME.variables` lie over them."
    )
    branches: dict[fields.BranchPattern, Variables] = Field(
        {},
        description="A branch, or a glob such as feature/* -> variables for its builds. All that match lie"
        " over the environment's: globs in the order of the file, the branch's own name last.",
    )
    pull_requests: Variables = Field(
        Variables(), description="Variables for builds of pull requests; they lie over all others."
    )
    secrets: tuple[fields.SecretName, ...] = Field(
        (),
        description="Names of secrets that the build is given as variables: `windlass secrets set NAME`.",
    )
