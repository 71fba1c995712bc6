"""The functions that programs may invoke: who and where am I, and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.local.provider.cloud import Cloud
    from engine.local.provider.config import Config
    from engine.local.provider.values import Values


def caller_identity(cloud: Cloud, config: Config, arguments: Values) -> Values:
    """``aws:index/getCallerIdentity:getCallerIdentity``: the emulator's root user."""
    answer = cloud.client("sts").get_caller_identity()
    return {
        "accountId": answer["Account"],
        "arn": answer["Arn"],
        "userId": answer["UserId"],
        "id": answer["Account"],
    }


def region(cloud: Cloud, config: Config, arguments: Values) -> Values:
    """``aws:index/getRegion:getRegion``: the region asked for, else the provider's."""
    name = arguments.get("region") or arguments.get("name") or config.region
    return {
        "region": name,
        "name": name,
        "id": name,
        "description": name,
        "endpoint": f"ec2.{name}.amazonaws.com",
    }


def parameter(cloud: Cloud, config: Config, arguments: Values) -> Values:
    """``aws:ssm/getParameter:getParameter``: a value of the Parameter Store, decrypted."""
    decrypted = arguments.get("withDecryption", True)
    there = cloud.client("ssm", arguments.get("region") or config.region).get_parameter(
        Name=arguments["name"], WithDecryption=decrypted
    )["Parameter"]
    return {
        "arn": there["ARN"],
        "id": there["Name"],
        "name": there["Name"],
        "type": there["Type"],
        "value": there["Value"],
        "version": there["Version"],
        "region": arguments.get("region") or config.region,
        "withDecryption": decrypted,
        "insecureValue": "" if there["Type"] == "SecureString" else there["Value"],
    }


FUNCTIONS: Mapping[str, Callable[[Cloud, Config, Values], Values]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": caller_identity,
    "aws:index/getRegion:getRegion": region,
    "aws:ssm/getParameter:getParameter": parameter,
}
