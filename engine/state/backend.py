"""Where the state is: Pulumi's and, beside it below ``windlass/``, Windlass's own records.

``file://`` folders and ``s3://`` buckets, through one store with create-if-absent writes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from engine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boto3.session import Session
    from obstore.store import LocalStore, S3Store


@dataclass(frozen=True)
class StateBackend:
    """A state backend by its URL, the same that Pulumi takes (https://www.pulumi.com/docs/iac/concepts/
    state-and-backends/): ``file:///folder`` or ``s3://bucket/prefix?region=eu-west-1``.

    ``credentials`` are environment variables (``AWS_ACCESS_KEY_ID``, ...) for ``s3://``; where they have no
    key, the usual AWS chain is asked.
    """

    url: str
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    @classmethod
    def folder(cls, path: Path) -> StateBackend:
        """The backend in a folder of this machine."""
        return cls(path.resolve().as_uri())

    @property
    def pulumi_url(self) -> str:
        """The URL for the Pulumi CLI. In a folder it is to keep no ``.attrs`` beside each object: they tell
        nothing, are not written atomically, and one that a kill cut short makes the stack unreadable
        (``metadata=skip`` of https://pkg.go.dev/gocloud.dev/blob/fileblob#URLOpener).
        """
        if self.path is None:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}metadata=skip"

    @property
    def path(self) -> Path | None:
        """The folder of a ``file://`` backend, else None."""
        parts = urlsplit(self.url)
        return Path(parts.path) if parts.scheme == "file" else None

    def read(self, key: str) -> bytes | None:
        """The content under ``key``, or None."""
        import obstore

        try:
            return bytes(obstore.get(self._store, key).bytes())
        except FileNotFoundError:
            return None

    def read_json(self, key: str) -> Any:
        """The JSON value under ``key``, or None."""
        content = self.read(key)
        return None if content is None else json.loads(content)

    def write(self, key: str, content: bytes) -> None:
        """Put ``content`` under ``key``, atomically, replacing what was there."""
        import obstore

        obstore.put(self._store, key, content)

    def write_json(self, key: str, value: Any) -> None:
        """Put a JSON value under ``key``."""
        self.write(key, json.dumps(value, indent=1, sort_keys=True).encode())

    def create(self, key: str, content: bytes) -> bool:
        """Put ``content`` under ``key`` unless something is there; True if it was put. Atomic."""
        import obstore
        from obstore.exceptions import AlreadyExistsError

        try:
            obstore.put(self._store, key, content, mode="create")
        except AlreadyExistsError:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove ``key``; it is no error if it is gone."""
        import obstore

        try:
            obstore.delete(self._store, key)
        except FileNotFoundError:
            return

    def keys(self, prefix: str) -> list[str]:
        """All keys below the folder ``prefix``, sorted."""
        import obstore

        return sorted(item["path"] for page in obstore.list(self._store, prefix) for item in page)

    @property
    def store(self) -> LocalStore | S3Store:
        """The store itself, for what is too large to be held in memory."""
        return self._store

    def client(self, service: str) -> Any:
        """A boto3 client of ``service`` in the account and region of an ``s3://`` backend."""
        return self._session.client(service, endpoint_url=self._endpoint)  # type: ignore[call-overload]

    @cached_property
    def _query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.url).query).items()}

    @property
    def _endpoint(self) -> str | None:
        endpoint = self._query.get("endpoint")
        if endpoint is None or "://" in endpoint:
            return endpoint
        return f"{'http' if self._query.get('disableSSL') == 'true' else 'https'}://{endpoint}"

    @cached_property
    def _session(self) -> Session:
        import boto3

        return boto3.Session(
            aws_access_key_id=self.credentials.get("AWS_ACCESS_KEY_ID"),
            aws_secret_access_key=self.credentials.get("AWS_SECRET_ACCESS_KEY"),
            aws_session_token=self.credentials.get("AWS_SESSION_TOKEN"),
            region_name=self._query.get("region") or self.credentials.get("AWS_REGION"),
        )

    @cached_property
    def _store(self) -> LocalStore | S3Store:
        if urlsplit(self.url).scheme == "s3":
            return self._bucket()
        if self.path is None:
            raise UsageError(
                f"the state backend {self.url!r} is not supported",
                hint="Use file:///folder or s3://bucket/prefix?region=REGION.",
            )
        from obstore.store import LocalStore

        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return LocalStore(self.path)

    def _bucket(self) -> S3Store:
        from obstore.auth.boto3 import Boto3CredentialProvider
        from obstore.store import S3Store

        parts = urlsplit(self.url)
        endpoint: dict[str, Any] = {}
        if self._endpoint:
            endpoint = {
                "endpoint": self._endpoint,
                "client_options": {"allow_http": self._endpoint.startswith("http://")},
                "virtual_hosted_style_request": False,
            }
        return S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            region=self._session.region_name or "us-east-1",
            credential_provider=Boto3CredentialProvider(self._session),
            **endpoint,
        )
