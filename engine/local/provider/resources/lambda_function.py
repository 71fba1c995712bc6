"""``aws:lambda/function:Function``.

https://www.pulumi.com/registry/packages/aws/api-docs/lambda/function/ . The id is the name. FunctionName is
the createOnlyProperty of AWS::Lambda::Function in CloudFormation. The emulator takes any runtime and
answers "Mock response" for those that it cannot run, so they are checked here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import LocalTargetError
from engine.local.provider.fields import REGION, TAGS, archive, block, items, mapping, ordered, text, whole
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import bring_tags, map_inputs, tag_map

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_NODES = ("nodejs20.x", "nodejs22.x", "nodejs24.x")
_PYTHONS = ("python3.10", "python3.11", "python3.12", "python3.13", "python3.14")


def _lambda(cloud: Cloud, inputs: Values) -> Any:
    return cloud.client("lambda", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    _lambda(cloud, inputs).create_function(
        FunctionName=inputs["name"],
        Code={"ZipFile": _code(inputs)},
        Architectures=inputs.get("architectures") or ["x86_64"],
        Tags=tag_map(inputs),
        **_configuration(inputs),
    )
    return str(inputs["name"])


def _code(inputs: Values) -> bytes:
    path = Path(inputs["code"].path)
    if not path.is_file():
        raise LocalTargetError(f"code: there is no archive {path}")
    return path.read_bytes()


def _configuration(inputs: Values) -> Values:
    vpc = inputs.get("vpcConfig") or {}
    return {
        "Role": inputs["role"],
        "Runtime": inputs["runtime"],
        "Handler": inputs["handler"],
        "Description": inputs.get("description") or "",
        "MemorySize": inputs.get("memorySize") or 128,
        "Timeout": inputs.get("timeout") or 3,
        "Layers": inputs.get("layers") or [],
        "Environment": {"Variables": (inputs.get("environment") or {}).get("variables") or {}},
        "VpcConfig": {
            "SubnetIds": vpc.get("subnetIds") or [],
            "SecurityGroupIds": vpc.get("securityGroupIds") or [],
        },
    }


def _reserve(cloud: Cloud, name: str, inputs: Values) -> None:
    client, reserved = _lambda(cloud, inputs), inputs.get("reservedConcurrentExecutions")
    client.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
    if reserved is None or reserved < 0:
        client.delete_function_concurrency(FunctionName=name)
    else:
        client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=reserved)


def _update(cloud: Cloud, name: str, inputs: Values) -> None:
    client = _lambda(cloud, inputs)
    client.update_function_code(
        FunctionName=name,
        ZipFile=_code(inputs),
        Architectures=inputs.get("architectures") or ["x86_64"],
    )
    client.update_function_configuration(FunctionName=name, **_configuration(inputs))
    _reserve(cloud, name, inputs)
    arn = client.get_function_configuration(FunctionName=name)["FunctionArn"]
    bring_tags(
        client.list_tags(Resource=arn)["Tags"],
        inputs,
        lambda tags: client.tag_resource(Resource=arn, Tags=tags),
        lambda keys: client.untag_resource(Resource=arn, TagKeys=keys),
    )


def _read(cloud: Cloud, name: str, inputs: Values) -> Found:
    answer = _lambda(cloud, inputs).get_function(FunctionName=name)
    there, vpc = answer["Configuration"], answer["Configuration"].get("VpcConfig") or {}
    found = {
        "name": there["FunctionName"],
        "code": inputs.get("code"),
        "role": there["Role"],
        "runtime": there["Runtime"],
        "handler": there["Handler"],
        "description": there.get("Description"),
        "architectures": there.get("Architectures"),
        "memorySize": there["MemorySize"],
        "timeout": there["Timeout"],
        "layers": [layer["Arn"] for layer in there.get("Layers") or ()],
        "environment": {"variables": (there.get("Environment") or {}).get("Variables")},
        "vpcConfig": {"subnetIds": vpc.get("SubnetIds"), "securityGroupIds": vpc.get("SecurityGroupIds")},
        "reservedConcurrentExecutions": answer.get("Concurrency", {}).get("ReservedConcurrentExecutions"),
        **map_inputs(answer.get("Tags") or {}, inputs),
    }
    return Found(found, _outputs(cloud, there, inputs))


def _outputs(cloud: Cloud, there: Values, inputs: Values) -> Values:
    region, arn = inputs.get("region") or cloud.target.region, there["FunctionArn"]
    path = f"path/2015-03-31/functions/{arn}/invocations"
    return {
        "arn": arn,
        "invokeArn": f"arn:aws:apigateway:{region}:lambda:{path}",
        "qualifiedArn": f"{arn}:$LATEST",
        "version": there["Version"],
        "lastModified": there["LastModified"],
        "codeSha256": there["CodeSha256"],
    }


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    _lambda(cloud, inputs).delete_function(FunctionName=name)


LAMBDA_FUNCTION = Resource(
    type="aws:lambda/function:Function",
    inputs={
        "name": text(replaces=True, unique=True, autoname=True, limit=64),
        "code": archive(required=True),
        "role": text(required=True),
        "handler": text(required=True, limit=128),
        "runtime": text(required=True, choices=(*_NODES, *_PYTHONS)),
        "description": text(limit=256),
        "architectures": items(text(choices=("x86_64", "arm64")), default=["x86_64"]),
        "memorySize": whole(default=128, span=(128, 10_240)),
        "timeout": whole(default=3, span=(1, 900)),
        "layers": ordered(text()),
        "reservedConcurrentExecutions": whole(),
        "environment": block({"variables": mapping()}),
        "vpcConfig": block({"subnetIds": items(text()), "securityGroupIds": items(text())}),
        **TAGS,
        **REGION,
    },
    outputs=("arn", "invokeArn", "qualifiedArn", "version", "lastModified", "codeSha256"),
    stable=("arn", "invokeArn", "qualifiedArn", "version"),
    create=_create,
    settle=_reserve,
    read=_read,
    update=_update,
    delete=_delete,
)
