"""Publish, activate, verify, roll back, prune and empty against the emulator, with the edge's own code."""

import asyncio
import hashlib
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import httpx
import pytest

from engine.bundle.model import Bundle, BundleFile
from engine.errors import PublishError
from engine.events import Warned, ignore
from engine.local.emulator import start, stop
from engine.publish.activate import activate, live, prepare
from engine.publish.bucket import read_manifest
from engine.publish.code import function_code
from engine.publish.empty import empty
from engine.publish.fingerprint import is_fingerprinted
from engine.publish.history import History, ReleaseRecord, with_activation, with_release
from engine.publish.key_values import key_values
from engine.publish.prune import prune
from engine.publish.upload import publish
from engine.spec.model import Header, HeaderRule, Redirect
from engine.target import Target, client, store
from engine.verify import VerifyRequest, verify

pytestmark = pytest.mark.acceptance

CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # a managed cache policy of AWS
KINDS = {"html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8"}
ONE, TWO = "assets/index-B1xYz9_2.js", "assets/index-Kq3Lw8_Z.js"
RULES = {
    "redirects": (
        Redirect(source="/old/<*>", target="/new/<*>", status="301"),
        Redirect(source="/<*>", target="/index.html", status="404-200"),
    ),
    "headers": (HeaderRule(pattern="**/*.js", headers=(Header(key="X-Team", value="notes"),)),),
}


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    project = tmp_path_factory.mktemp("project")
    yield asyncio.run(start(project, port=0))
    asyncio.run(stop(project))


class Environment:
    """A bucket, a store and a distribution, as ``programs`` make them, under a name of their own."""

    def __init__(self, target, name):
        self.target, self.name = target, name
        s3, cloudfront = client(target, "s3"), client(target, "cloudfront")
        s3.create_bucket(Bucket=name)
        self.arn = cloudfront.create_key_value_store(Name=name)["KeyValueStore"]["ARN"]
        distribution = cloudfront.create_distribution_with_tags(
            DistributionConfigWithTags={
                "DistributionConfig": self._config(self._access(cloudfront), self._function(cloudfront)),
                "Tags": {
                    "Items": [
                        {"Key": "windlass:app", "Value": "notes"},
                        {"Key": "windlass:environment", "Value": name},
                    ]
                },
            }
        )["Distribution"]
        s3.put_bucket_policy(Bucket=name, Policy=json.dumps(self._policy(distribution["ARN"])))
        self.store = store(target, name)
        self.url = f"http://{name}.notes.localhost:{target.port}/"

    async def deploy(self, bundle, previous=None, emit=ignore):
        published = await publish(self.store, bundle, previous=previous, commit="c0ffee", emit=emit)
        await self.go_live(published.manifest)
        return published

    async def go_live(self, manifest):
        values = await self.values()
        await prepare(values, manifest)
        return await activate(values, manifest, ignore)

    async def values(self):
        return await key_values(self.target, self.arn)

    def failures(self, manifest, patience=5.0):
        checks = asyncio.run(verify(VerifyRequest(self.url, manifest, patience), ignore))
        return [check for check in checks if not check.passed]

    def get(self, path):
        headers = {"host": f"{self.name}.notes.localhost:{self.target.port}"}
        return httpx.get(self.target.endpoint + path, headers=headers)

    def _access(self, cloudfront):
        config = {
            "Name": self.name,
            "SigningProtocol": "sigv4",
            "SigningBehavior": "always",
            "OriginAccessControlOriginType": "s3",
        }
        made = cloudfront.create_origin_access_control(OriginAccessControlConfig=config)
        return made["OriginAccessControl"]["Id"]

    def _function(self, cloudfront):
        stores = {"Quantity": 1, "Items": [{"KeyValueStoreARN": self.arn}]}
        config = {
            "Comment": "",
            "Runtime": "cloudfront-js-2.0",
            "KeyValueStoreAssociations": stores,
        }
        made = cloudfront.create_function(
            Name=self.name, FunctionConfig=config, FunctionCode=function_code().encode()
        )
        cloudfront.publish_function(Name=self.name, IfMatch=made["ETag"])
        return made["FunctionSummary"]["FunctionMetadata"]["FunctionARN"]

    def _config(self, access, function):
        events = ("viewer-request", "viewer-response")
        origin = {
            "Id": "site",
            "DomainName": f"{self.name}.s3.us-east-1.amazonaws.com",
            "OriginAccessControlId": access,
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        }
        return {
            "CallerReference": self.name,
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {
                "TargetOriginId": "site",
                "ViewerProtocolPolicy": "redirect-to-https",
                "CachePolicyId": CACHING_DISABLED,
                "FunctionAssociations": {
                    "Quantity": 2,
                    "Items": [{"EventType": event, "FunctionARN": function} for event in events],
                },
            },
        }

    def _policy(self, distribution):
        return {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "cloudfront.amazonaws.com"},
                    "Action": "s3:GetObject",
                    "Resource": f"arn:aws:s3:::{self.name}/*",
                    "Condition": {"StringEquals": {"AWS:SourceArn": distribution}},
                }
            ],
        }


@pytest.fixture
def environment(target, request):
    return Environment(target, f"e{hashlib.sha256(request.node.name.encode()).hexdigest()[:8]}")


@pytest.fixture
def bundle(tmp_path):
    count = iter(range(100))

    def make(files, **rules):
        root = tmp_path / str(next(count))
        described = []
        for path, content in sorted(files.items()):
            data = content.encode() if isinstance(content, str) else content
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
            kind = KINDS.get(path.rpartition(".")[2], "text/plain; charset=utf-8")
            digest = hashlib.sha256(data).hexdigest()
            described.append(BundleFile(path, len(data), digest, kind, "no-cache", is_fingerprinted(path)))
        return Bundle(root, tuple(described), **rules)

    return make


def test_deploy_change_and_roll_back(environment, bundle):
    first = asyncio.run(
        environment.deploy(bundle({"index.html": "one", "about.html": "x", ONE: "1"}, **RULES))
    )
    assert environment.failures(first.manifest) == []
    assert environment.get("/").text == "one"

    changed = bundle({"index.html": "two", "about.html": "x", TWO: "2"}, **RULES)
    second = asyncio.run(environment.deploy(changed, first.manifest))
    assert (second.uploaded, second.copied, second.kept) == (2, 1, 0)
    assert environment.failures(second.manifest) == []
    assert environment.failures(first.manifest, 0.2)[0].name == "release"
    assert (environment.get("/").text, environment.get("/about").text) == ("two", "x")
    assert environment.get(f"/{ONE}").text == "1"  # a page of the first release still finds its script

    previous = asyncio.run(environment.go_live(first.manifest))
    assert previous == second.manifest.release
    assert environment.failures(first.manifest) == []
    assert environment.get("/").text == "one"


def test_a_page_for_404_answers_with_its_status(environment, bundle):
    files = {"index.html": "home", "404.html": "nothing here", ONE: "1"}
    done = asyncio.run(environment.deploy(bundle(files)))
    assert environment.failures(done.manifest) == []
    missing = environment.get("/not/there")
    assert (missing.status_code, missing.text) == (404, "nothing here")
    again = asyncio.run(environment.deploy(bundle({**files, "index.html": "new"}), done.manifest))
    assert (again.uploaded, again.copied, again.kept) == (1, 2, 1)
    assert environment.get("/not/there").status_code == 404


def test_file_names_of_every_kind(environment, bundle):
    names = [
        "a b.txt",
        "é/日本.txt",
        "100%.txt",
        "a+b&c=d;e,f.txt",
        "[slug]/(x)'!$@.txt",
        "a%20b.txt",
        "#?.txt",
    ]
    first = asyncio.run(environment.deploy(bundle({"index.html": "", **{name: name for name in names}})))
    second = asyncio.run(
        environment.deploy(bundle({"index.html": "2", **{name: name for name in names}}), first.manifest)
    )
    assert second.copied == len(names)
    for name in names:
        answer = environment.get(f"/{quote(name)}")
        assert (name, answer.status_code, answer.text) == (name, 200, name)
    everything = [f"releases/{r.manifest.release}/{name}" for r in (first, second) for name in names]
    page = client(environment.target, "s3").list_objects_v2(Bucket=environment.name)
    assert set(everything) <= {item["Key"] for item in page["Contents"]}


def test_a_publish_that_is_cancelled_changes_nothing_and_is_finished_by_the_next(environment, bundle):
    first = asyncio.run(environment.deploy(bundle({"index.html": "one", ONE: "1"})))
    many = bundle({"index.html": "two", **{f"pages/{n}.txt": str(n) for n in range(600)}})

    async def broken_off():
        seen = []

        def cancel(event):
            seen.append(event)
            task.cancel()

        task = asyncio.create_task(environment.deploy(many, first.manifest, cancel))
        with pytest.raises(asyncio.CancelledError):
            await task
        assert 0 < seen[0].done < seen[0].total
        return await live(await environment.values())

    assert asyncio.run(broken_off()) == first.manifest.release
    assert asyncio.run(read_manifest(environment.store, many.digest[:12])) is None
    assert environment.failures(first.manifest) == []
    done = asyncio.run(environment.deploy(many, first.manifest))
    assert environment.failures(done.manifest) == []
    assert environment.get("/pages/599.txt").text == "599"


def test_large_files_and_names_that_are_no_fingerprints(environment, bundle):
    large = bytes(range(256)) * 80_000
    files = {"index.html": "", "film.txt": large, f"{ONE[:-3]}.mjs": large, ONE: "1"}
    first = asyncio.run(environment.deploy(bundle(files)))
    assert environment.get("/film.txt").content == large
    events = []
    second = asyncio.run(
        environment.deploy(
            bundle({**files, ONE: "other", f"{ONE[:-3]}.mjs": large[::-1]}), emit=events.append
        )
    )
    assert len([event for event in events if isinstance(event, Warned)]) == 2
    assert environment.failures(second.manifest) == []
    assert environment.get(f"/{ONE}").text == "other"
    asyncio.run(environment.go_live(first.manifest))
    assert environment.get(f"/{ONE}").text == "1"


def test_prune_and_empty(environment, bundle):
    s3 = client(environment.target, "s3")
    s3.put_bucket_versioning(Bucket=environment.name, VersioningConfiguration={"Status": "Enabled"})

    async def story():
        history = History()
        for n, script in enumerate((ONE, TWO, TWO)):
            done = await environment.deploy(bundle({"index.html": str(n), script: script}))
            at = (datetime.now(UTC) + timedelta(seconds=n)).isoformat()
            history = with_release(history, ReleaseRecord(done.manifest.release, at, "", "", 2, 1, "d"))
            history = with_activation(history, done.manifest.release, at, "d", "me")
        options = {"keep": 2, "grace": timedelta(days=7)}
        values = await environment.values()
        now = datetime.now(UTC)
        return history, [
            await prune(environment.store, values, history, now=when, **options)
            for when in (now, now + timedelta(days=8))
        ]

    history, (one, two) = asyncio.run(story())
    assert (one.releases, one.assets) == ((history.releases[0].id,), 0)
    assert (two.releases, two.assets) == ((), 1)
    assert environment.get("/").text == "2"
    assert environment.get(f"/{TWO}").status_code == 200
    assert environment.get(f"/{ONE}").status_code != 200
    assert asyncio.run(empty(environment.target, environment.name)) > 8
    assert "Versions" not in s3.list_object_versions(Bucket=environment.name)
    s3.delete_bucket(Bucket=environment.name)
    assert asyncio.run(empty(environment.target, environment.name)) == 0


def test_a_bucket_or_a_store_that_is_gone_says_how_to_get_it_back(target, environment, bundle):
    made = bundle({"index.html": ""})
    with pytest.raises(PublishError, match="bucket of the environment does not exist") as error:
        asyncio.run(publish(store(target, "no-such-bucket"), made, previous=None, commit="", emit=ignore))
    assert "windlass deploy --refresh" in error.value.hint
    done = asyncio.run(publish(environment.store, made, previous=None, commit="", emit=ignore))

    async def to_no_store():
        return await prepare(await key_values(target, environment.arn + "x"), done.manifest)

    with pytest.raises(PublishError, match="key value store does not exist"):
        asyncio.run(to_no_store())


def test_an_emulator_that_is_not_there_is_an_error_with_a_hint(bundle):
    nowhere = Target("local", endpoint="http://127.0.0.1:9")
    with pytest.raises(PublishError, match="cannot be reached") as error:
        asyncio.run(
            publish(store(nowhere, "b"), bundle({"index.html": ""}), previous=None, commit="", emit=ignore)
        )
    assert "windlass local status" in error.value.hint
