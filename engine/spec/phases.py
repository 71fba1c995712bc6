"""The phases of a section and their commands.

https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html
"""

from __future__ import annotations

from pydantic import Field

from engine.spec.base import Model
from engine.spec.fields import Texts


class Phase(Model):
    """The commands of one phase, run in order in one bash."""

    commands: Texts = Field(
        (),
        description="Run in order by one bash, in the app's folder; the first that fails ends the build.",
        examples=[["npm ci", "npm run build"]],
    )


class Phases(Model):
    """The phases of ``backend`` and ``frontend``."""

    pre_build: Phase | None = Field(None, alias="preBuild", description="Before the build, e.g. npm ci.")
    build: Phase | None = Field(None, description="The build itself.")
    post_build: Phase | None = Field(None, alias="postBuild", description="After the build.")


class TestPhases(Model):
    """The phases of ``test``."""

    __test__ = False
    pre_test: Phase | None = Field(None, alias="preTest", description="Before the tests.")
    test: Phase | None = Field(None, description="The tests; a non-zero exit stops the deployment.")
    post_test: Phase | None = Field(None, alias="postTest", description="After the tests.")
