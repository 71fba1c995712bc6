import hashlib
import json
from dataclasses import dataclass, field

import pytest
from obstore.store import MemoryStore

from engine.bundle.model import Bundle, BundleFile

TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
}


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def bundle(tmp_path):
    """Makes a bundle from path -> text; what is below assets/ is fingerprinted."""
    made = []

    def make(files: dict[str, str], **rules) -> Bundle:
        root = tmp_path / f"bundle-{len(made)}"
        made.append(root)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        return Bundle(root, tuple(_file(path, text) for path, text in sorted(files.items())), **rules)

    return make


def _file(path: str, text: str) -> BundleFile:
    fingerprinted = path.startswith("assets/")
    return BundleFile(
        path=path,
        size=len(text.encode()),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        content_type=TYPES[path.rpartition(".")[2]],
        cache_control="public, max-age=31536000, immutable" if fingerprinted else "no-cache",
        fingerprinted=fingerprinted,
    )


class NotFoundError(Exception):
    """boto3's ResourceNotFoundException."""


@dataclass
class FakeClient:
    """boto3's cloudfront-keyvaluestore: one store, ETags, all-or-nothing batches of at most 50."""

    data: dict[str, str] = field(default_factory=dict)
    version: int = 0
    batches: list[int] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    class exceptions:  # noqa: N801
        ResourceNotFoundException = NotFoundError

    def get_key(self, KvsARN, Key):  # noqa: N803
        if Key not in self.data:
            raise NotFoundError(Key)
        return {"Value": self.data[Key]}

    def describe_key_value_store(self, KvsARN):  # noqa: N803
        return {"ETag": str(self.version)}

    def update_keys(self, KvsARN, IfMatch, Puts=(), Deletes=()):  # noqa: N803
        assert IfMatch == str(self.version)
        assert len(Puts) + len(Deletes) <= 50
        if self.failures:
            raise self.failures.pop(0)
        self.data |= {item["Key"]: item["Value"] for item in Puts}
        for item in Deletes:
            self.data.pop(item["Key"], None)
        self.version += 1
        self.batches.append(len(Puts) + len(Deletes))
        return {"ETag": str(self.version)}


@pytest.fixture
def kvs():
    return FakeClient()


@pytest.fixture
def live_entry():
    return lambda release: json.dumps({"r": release})
