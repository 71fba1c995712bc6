"""Gives a function its secrets as variables when it starts, and then is the function's own handler.

It runs on Lambda (Python 3.10 and later), beside the function's code. The secrets are neither in the archive
nor among the function's settings: those have the names of the parameters, and the role may read no others.
"""

import importlib
import json
import os

_AT_ONCE = 10  # https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html


def _read() -> None:
    import boto3

    names = {path: name for name, path in json.loads(os.environ["WINDLASS_SECRETS"]).items()}
    paths, ssm = list(names), boto3.client("ssm")
    for first in range(0, len(paths), _AT_ONCE):
        asked = paths[first : first + _AT_ONCE]
        answer = ssm.get_parameters(Names=asked, WithDecryption=True)
        if missing := answer["InvalidParameters"]:
            raise RuntimeError(f"secrets are gone since the deployment: {', '.join(missing)}")
        for parameter in answer["Parameters"]:
            os.environ[names[parameter["Name"]]] = parameter["Value"]


_read()
_module, _, _name = os.environ["WINDLASS_HANDLER"].rpartition(".")
handler = getattr(importlib.import_module(_module.replace("/", ".")), _name)
