"""Where AWS is: ``aws`` (the real one) or ``local`` (the embedded one), and the clients that reach it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boto3.session import Session
    from botocore.awsrequest import AWSRequest
    from obstore.store import S3Store

LOCAL_ACCOUNT = "000000000000"
LOCAL_REGION = "us-east-1"
LOCAL_KEY = "test"  # the emulator's root user; worthless anywhere else
_UPLOAD_TIMEOUT = "300s"  # obstore's 30 s for a whole request are too few for 64 uploads over a slow line


@dataclass(frozen=True, slots=True)
class Target:
    """``endpoint`` is None for the real AWS and ``http://127.0.0.1:PORT`` for the embedded one.

    ``credentials`` are the AWS_* variables to go by; without a key among them boto3's usual chain is asked.
    """

    kind: Literal["aws", "local"]
    region: str = LOCAL_REGION
    endpoint: str | None = None
    profile: str | None = None
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    @property
    def port(self) -> int:
        """The port of the embedded AWS; 0 for the real one."""
        return int(self.endpoint.rsplit(":", 1)[1]) if self.endpoint else 0


def session(target: Target) -> Session:
    """A boto3 session of its own (never the process-wide default one)."""
    import boto3

    if target.endpoint is None:
        given = target.credentials
        return boto3.Session(
            aws_access_key_id=given.get("AWS_ACCESS_KEY_ID"),
            aws_secret_access_key=given.get("AWS_SECRET_ACCESS_KEY"),
            aws_session_token=given.get("AWS_SESSION_TOKEN"),
            region_name=target.region,
            profile_name=target.profile,
        )
    return boto3.Session(
        aws_access_key_id=LOCAL_KEY, aws_secret_access_key=LOCAL_KEY, region_name=target.region
    )


def client(
    target: Target,
    service: str,
    *,
    connections: int = 10,
    timeout: float = 60,
    attempts: int | None = None,
) -> Any:
    """A boto3 client of ``service`` at the target, for so many requests at once.

    ``timeout`` is how many seconds an answer may take, ``attempts`` how often a request is sent (None: as
    boto3 thinks right).
    """
    from botocore.config import Config

    made = session(target).client(
        service,  # type: ignore[call-overload]
        endpoint_url=target.endpoint,
        config=Config(
            max_pool_connections=connections,
            read_timeout=timeout,
            retries={"total_max_attempts": attempts} if attempts else None,
        ),
    )
    if target.endpoint is not None and service == "cloudfront-keyvaluestore":
        made.meta.events.register("before-sign.cloudfront-keyvaluestore", _without_account_label)
    return made


def store(target: Target, bucket: str, prefix: str = "") -> S3Store:
    """An obstore store over one bucket, for many transfers at once."""
    from obstore.store import S3Store

    if target.endpoint is None:
        from obstore.auth.boto3 import Boto3CredentialProvider

        return S3Store(
            bucket,
            prefix=prefix or None,
            region=target.region,
            credential_provider=Boto3CredentialProvider(session(target)),
            client_options={"timeout": _UPLOAD_TIMEOUT},
        )
    return S3Store(
        bucket,
        prefix=prefix or None,
        region=target.region,
        endpoint=target.endpoint,
        access_key_id=LOCAL_KEY,
        secret_access_key=LOCAL_KEY,
        client_options={"allow_http": True, "timeout": _UPLOAD_TIMEOUT},
        virtual_hosted_style_request=False,
    )


def _without_account_label(request: AWSRequest, **_: object) -> None:
    # botocore puts the account id in front of the host (000000000000.127.0.0.1), which no resolver knows.
    # Taken away before signing, because signing sets the Host header too.
    request.url = (request.url or "").replace(f"://{LOCAL_ACCOUNT}.", "://", 1)
