"""Amplify's control variables: what is said to the engine that builds, not to the commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.timeout import Limit, limit_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.spec.model import Spec

_ON = ("true", "1", "yes", "on")


@dataclass(frozen=True, slots=True)
class Controls:
    """``limit`` is _BUILD_TIMEOUT, ``skip_tests`` USER_DISABLE_TESTS, ``skip_backend``
    AMPLIFY_SKIP_BACKEND_BUILD, ``diff_deploy`` and ``diff_root`` AMPLIFY_DIFF_DEPLOY and _ROOT.

    https://docs.aws.amazon.com/amplify/latest/userguide/amplify-console-environment-variables.html
    """

    limit: Limit
    skip_tests: bool = False
    skip_backend: bool = False
    diff_deploy: bool = False
    diff_root: str = ""


def read_controls(spec: Spec, variables: Mapping[str, str], host: Mapping[str, str]) -> Controls:
    """The controls, each from ``variables`` (those of the environment, or --var), else ``host`` (such as the
    variables of a CI job). A switch is on where it is ``true``, ``1``, ``yes`` or ``on``.

    Raises BuildError for a timeout that is no number.
    """

    def text(name: str) -> str:
        return next((of[name] for of in (variables, host) if name in of), "").strip()

    def is_on(name: str) -> bool:
        return text(name).lower() in _ON

    return Controls(
        limit=limit_of(text("_BUILD_TIMEOUT"), spec),
        skip_tests=is_on("USER_DISABLE_TESTS"),
        skip_backend=is_on("AMPLIFY_SKIP_BACKEND_BUILD"),
        diff_deploy=is_on("AMPLIFY_DIFF_DEPLOY"),
        diff_root=text("AMPLIFY_DIFF_DEPLOY_ROOT").strip("/"),
    )
