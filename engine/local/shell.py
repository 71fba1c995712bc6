"""What a shell needs so that programs in it use the embedded AWS."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from engine.target import LOCAL_KEY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.target import Target

_SCRIPT = Path(__file__).with_name("aws.js")


def shell_variables(target: Target) -> dict[str, str]:
    """The variables of SDKs and of Node.

    SDKs and the AWS CLI go by AWS_ENDPOINT_URL. What asks for AWS's host names by ``fetch``, as npm
    aws-amplify does, is led here by ``aws.js``.
    """
    endpoint = target.endpoint or ""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": target.region,
        "AWS_DEFAULT_REGION": target.region,
        "AWS_ACCESS_KEY_ID": LOCAL_KEY,
        "AWS_SECRET_ACCESS_KEY": LOCAL_KEY,
        "WINDLASS_LOCAL_URL": endpoint,
        "NODE_OPTIONS": f"--import={_SCRIPT.as_uri()}",
    }


def exports(variables: Mapping[str, str]) -> str:
    """The lines for a POSIX shell. A session token of another account goes, Node's other options stay."""
    lines = [f"export {name}={_word(name, value)}" for name, value in variables.items()]
    return "\n".join([*lines, "unset AWS_SESSION_TOKEN AWS_PROFILE"])


def _word(name: str, value: str) -> str:
    kept = '"${NODE_OPTIONS:+$NODE_OPTIONS }"' if name == "NODE_OPTIONS" else ""
    return kept + shlex.quote(value)
