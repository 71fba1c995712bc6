"""Can a user keep files, and reach nobody else's?"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.spec.backend.storage import IDENTITY
from engine.verify.model import Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.verify.backend.model import Credentials, Visit

_SOMEBODY = "00000000-0000-4000-8000-000000000000"  # an identity that nobody has
_READS = {"read", "get"}


def check(visit: Visit) -> Check | None:
    """With the user's own credentials: what the rules let an owner or any user write is written and read
    back, and what is somebody else's is neither read nor written.
    """
    session = visit.session
    if session is None or session.credentials is None or not visit.request.spec.storage:
        return None
    places = list(_places(visit, session.credentials))
    if not places:
        return None
    s3 = _client_of(visit, session.credentials)
    wrong = [text for place in places for text in place.problems(visit, s3)]
    seen = ", ".join(f"{place.name} {place.path}" for place in places)
    return Check("storage", not wrong, "; ".join(wrong) or f"written, read back, shut for others: {seen}")


@dataclass(frozen=True)
class _Place:
    """A path of a bucket as its rule has it, that a user may write to. ``own`` is the user's identity."""

    name: str
    path: str
    bucket: str
    reads: bool
    own: str
    file: str

    def problems(self, visit: Visit, s3: Any) -> Iterator[str]:
        """What is not as it should be, having tried."""
        own, owner = self._key(self.own), visit.client("s3")
        self._put(s3, visit, own)
        if self.reads and s3.get_object(Bucket=self.bucket, Key=own)["Body"].read() != own.encode():
            yield f"{self.name}: {own} is not what was written"
        if IDENTITY not in self.path:
            return
        region = self.own.partition(":")[0]
        other = self._key(f"{region}:{_SOMEBODY}")
        self._put(owner, visit, other)
        if not _refused(lambda: s3.get_object(Bucket=self.bucket, Key=other)):
            yield f"{self.name}: the user reads {self.path} of somebody else"
        if not _refused(lambda: s3.put_object(Bucket=self.bucket, Key=other, Body=b"")):
            yield f"{self.name}: the user writes {self.path} of somebody else"

    def _key(self, identity: str) -> str:
        return self.path.replace(IDENTITY, identity).removesuffix("*") + self.file

    def _put(self, s3: Any, visit: Visit, key: str) -> None:
        where, owner = {"Bucket": self.bucket, "Key": key}, visit.client("s3")
        visit.cleanup.callback(_remove, owner, where)
        s3.put_object(**where, Body=key.encode())


def _places(visit: Visit, credentials: Credentials) -> Iterator[_Place]:
    for name, bucket in visit.request.spec.storage.items():
        for path, rules in bucket.access.items():
            actions = {action for who in ("owner", "authenticated") for action in rules.get(who, ())}
            if "write" in actions:
                yield _Place(
                    name=name,
                    path=path,
                    bucket=visit.output(f"storage_{name.replace('-', '_')}_bucket"),
                    reads=not _READS.isdisjoint(actions),
                    own=credentials.identity,
                    file=f"windlass-check-{secrets.token_hex(6)}.txt",
                )


def _client_of(visit: Visit, credentials: Credentials) -> Any:
    import boto3

    target = visit.request.target
    return boto3.Session(
        aws_access_key_id=credentials.key,
        aws_secret_access_key=credentials.secret,
        aws_session_token=credentials.session,
        region_name=target.region,
    ).client("s3", endpoint_url=target.endpoint)


def _refused(attempt: Any) -> bool:
    from botocore.exceptions import ClientError

    try:
        attempt()
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    return False


def _remove(s3: Any, where: dict[str, str]) -> None:
    """Every version of it, where the bucket keeps them."""
    listed = s3.list_object_versions(Bucket=where["Bucket"], Prefix=where["Key"])
    versions = [*listed.get("Versions", ()), *listed.get("DeleteMarkers", ())]
    for version in versions:
        s3.delete_object(**where, VersionId=version["VersionId"])
    if not versions:
        s3.delete_object(**where)
