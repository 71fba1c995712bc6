"""The embedded AWS as the entries of ``resources/`` see it: clients, made once, and what answers mean."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from engine.target import LOCAL_ACCOUNT, Target, client

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

    from engine.local.provider.values import Values

Connect = Callable[[Target, str], Any]


class Cloud:
    """The clients of one target, shared by all threads (boto3 clients are safe to share)."""

    account = LOCAL_ACCOUNT

    def __init__(self, target: Target, connect: Connect = client) -> None:
        self.target = target
        self._connect = connect
        self._clients: dict[tuple[str, str], Any] = {}
        self._lock = threading.Lock()

    def client(self, service: str, region: str | None = None) -> Any:
        """The boto3 client of ``service``; in the target's region if none is named."""
        region = region or self.target.region
        with self._lock:
            if (service, region) not in self._clients:
                there = dataclasses.replace(self.target, region=region)
                self._clients[service, region] = self._connect(there, service)
            return self._clients[service, region]

    def warm(self) -> None:
        """Make the clients that every operation needs; takes half a second, so do it before the first."""
        for service in ("s3", "cloudfront", "cloudfront-keyvaluestore"):
            self.client(service)

    def s3(self, inputs: Values) -> Any:
        """The S3 client for a resource with these inputs."""
        return self.client("s3", inputs.get("region"))

    @property
    def cloudfront(self) -> Any:
        """The CloudFront client."""
        return self.client("cloudfront")

    def arn(self, resource: str) -> str:
        """The ARN of a CloudFront ``resource`` (``cache-policy/ID``), where the API does not tell it."""
        return f"arn:aws:cloudfront::{self.account}:{resource}"


def is_gone(error: ClientError) -> bool:
    """Whether AWS says that the thing is not there, in one of its many ways."""
    code = error.response.get("Error", {}).get("Code", "").rpartition(".")[2]
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    return (
        code.startswith(("NoSuch", "NonExistent", "EntityNotFound", "NotFound", "ResourceNotFound"))
        or status == 404
    )


@contextmanager
def unless_gone() -> Iterator[None]:
    """Runs the block; stops it, without an error, where AWS says that the thing is not there."""
    from botocore.exceptions import ClientError

    try:
        yield
    except ClientError as error:
        if not is_gone(error):
            raise
