"""The functions that programs may invoke: who and where am I."""

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


FUNCTIONS: Mapping[str, Callable[[Cloud, Config, Values], Values]] = {
    "aws:index/getCallerIdentity:getCallerIdentity": caller_identity,
    "aws:index/getRegion:getRegion": region,
}
