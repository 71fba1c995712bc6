"""The emulator as a real process: it survives what it must, serves sites, and lets no web page in."""

import asyncio
import json
import os
import signal
import time

import httpx
import psutil
import pytest

from engine.errors import LocalTargetError
from engine.local.emulator import local_target, reset, start, status, stop
from engine.target import client

pytestmark = pytest.mark.acceptance

FUNCTION = """
import cf from 'cloudfront';
const store = cf.kvs();
let events = 0;
async function handler(event) {
  events += 1;
  const live = await store.get('live', { format: 'json' });
  const request = event.request;
  if (event.context.eventType === 'viewer-response') {
    event.response.headers['x-release'] = { value: `${live.r}/${events}` };
    return event.response;
  }
  if (request.uri === '/store') return { statusCode: 200, body: JSON.stringify(await about(store)) };
  if (request.uri === '/away') {
    return { statusCode: 302, headers: { location: { value: `https://${request.headers.host.value}/new` } } };
  }
  request.uri = `/releases/${live.r}${request.uri === '/' ? '/index.html' : request.uri}`;
  return request;
}
async function about(kvs) {
  let missing = '';
  try { await kvs.get('nothing'); } catch (error) { missing = error.message; }
  return {
    text: await kvs.get('live'), bytes: (await kvs.get('live', { format: 'bytes' })).length, missing,
    has: [await kvs.exists('live'), await kvs.exists('nothing')],
    count: [await kvs.count(), (await kvs.meta()).keyCount],
  };
}
"""
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # a managed cache policy of AWS


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    project = tmp_path_factory.mktemp("project")
    yield project
    asyncio.run(stop(project))
    assert not processes_of(project)


@pytest.fixture(scope="module")
def target(project):
    return asyncio.run(start(project, port=0))


@pytest.fixture(scope="module")
def store_arn(target):
    arn = deploy_by_hand(target)
    put(target, arn, "live", '{"r": "one"}')
    return arn


@pytest.fixture
def site(target, store_arn):
    with httpx.Client(
        base_url=target.endpoint, headers={"host": f"dev.notes.localhost:{target.port}"}
    ) as http:
        yield http


def test_a_page_is_served_through_both_events_of_the_function(site):
    answer = site.get("/")
    assert (answer.status_code, answer.text) == (200, "<h1>one</h1>")
    assert answer.headers["x-release"] == "one/1"  # no event sees what another one left
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "strict-transport-security" not in answer.headers


def test_head_range_and_not_modified(site):
    page = site.get("/")
    head = site.head("/")
    assert (head.status_code, head.headers["content-length"], head.content) == (
        200,
        str(len(page.content)),
        b"",
    )
    part = site.get("/", headers={"range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"<h1>")
    same = site.get("/", headers={"if-none-match": page.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_what_is_not_there_is_the_error_page(site):
    answer = site.get("/nothing.html")
    assert (answer.status_code, answer.text) == (404, "<h1>none</h1>")


def test_a_redirect_to_the_site_stays_on_this_machine(site, target):
    answer = site.get("/away")
    assert answer.headers["location"] == f"http://dev.notes.localhost:{target.port}/new"


def test_the_store_answers_as_documented(site):
    text = '{"r": "one"}'
    assert site.get("/store").json() == {
        "text": text,
        "bytes": len(text),
        "missing": "KeyNotFound",
        "has": [True, False],
        "count": [1, 1],
    }


def test_one_write_switches_the_release(site, target, store_arn):
    put(target, store_arn, "live", '{"r": "two"}')
    assert site.get("/").text == "<h1>two</h1>"
    put(target, store_arn, "live", '{"r": "one"}')
    assert site.get("/").text == "<h1>one</h1>"


def test_a_new_store_of_an_old_name_is_empty(target):
    cloudfront, data = client(target, "cloudfront"), client(target, "cloudfront-keyvaluestore")
    made = cloudfront.create_key_value_store(Name="again")
    put(target, made["KeyValueStore"]["ARN"], "key", "value")
    cloudfront.delete_key_value_store(Name="again", IfMatch=made["ETag"])
    arn = cloudfront.create_key_value_store(Name="again")["KeyValueStore"]["ARN"]
    assert data.describe_key_value_store(KvsARN=arn)["ItemCount"] == 0


def test_paths_of_the_control_plane_are_paths_of_the_site(site, target):
    assert site.post("/_ministack/reset").status_code in (403, 404)
    assert site.get("/_ministack/health").status_code == 404
    assert client(target, "s3").list_buckets()["Buckets"]


def test_an_unknown_host_is_404_with_the_sites_there_are(target, store_arn):
    answer = httpx.get(target.endpoint, headers={"host": f"dev.other.localhost:{target.port}"})
    assert answer.status_code == 404
    assert f"http://dev.notes.localhost:{target.port}/" in answer.text


def test_a_browser_at_the_root_sees_the_sites(target, store_arn):
    answer = httpx.get(target.endpoint, headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"host": "evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "http://dev.notes.localhost"},
    ],
)
def test_no_web_page_reaches_the_control_plane(target, headers):
    assert httpx.post(f"{target.endpoint}/_ministack/reset", headers=headers).status_code == 403


def test_it_listens_on_loopback_only(project):
    listening = [c for c in psutil.Process(status(project).pid).net_connections() if c.status == "LISTEN"]
    assert {connection.laddr.ip for connection in listening} == {"127.0.0.1"}


def test_no_other_user_can_read_its_data(project, target):
    for path in (project / ".windlass" / "local").rglob("*"):
        assert path.name == "lock" or path.lstat().st_mode & 0o077 == 0
    assert (project / ".windlass" / ".gitignore").read_text() == "*\n"


def test_the_second_start_finds_the_first(project, target):
    pid = status(project).pid
    assert asyncio.run(start(project)) == target == local_target(project)
    assert status(project).pid == pid


def test_another_port_than_the_running_one_is_refused(project, target):
    with pytest.raises(LocalTargetError, match=str(target.port)):
        asyncio.run(start(project, port=target.port + 1))


def test_what_was_written_survives_a_kill(project, target, store_arn, site):
    client(target, "s3").create_bucket(Bucket="survivor")
    client(target, "s3").put_object(Bucket="survivor", Key="a/b", Body=b"c")
    put(target, store_arn, "late", "word")
    data = client(target, "cloudfront-keyvaluestore")
    time.sleep(2)
    os.kill(status(project).pid, signal.SIGKILL)
    assert asyncio.run(start(project)) == target  # on the same port
    assert client(target, "s3").get_object(Bucket="survivor", Key="a/b")["Body"].read() == b"c"
    assert data.get_key(KvsARN=store_arn, Key="late")["Value"] == "word"
    assert site.get("/").text == "<h1>one</h1>"


def test_starts_at_once_share_one_emulator(tmp_path):
    async def scenario():
        targets = await asyncio.gather(*(start(tmp_path, port=0) for _ in range(3)))
        return targets, len(processes_of(tmp_path))

    targets, running = asyncio.run(scenario())
    assert len(set(targets)) == running == 1
    assert asyncio.run(stop(tmp_path))
    assert not asyncio.run(stop(tmp_path))
    assert status(tmp_path) is local_target(tmp_path) is None
    assert not processes_of(tmp_path)


def test_projects_that_start_at_once_get_a_port_each(tmp_path):
    projects = [tmp_path / name for name in "abc"]
    for project in projects:
        project.mkdir()

    async def scenario():
        return await asyncio.gather(*(start(project) for project in projects))

    try:
        assert len({target.port for target in asyncio.run(scenario())}) == 3
    finally:
        for project in projects:
            asyncio.run(stop(project))


def test_reset_leaves_the_port_and_nothing_else(tmp_path):
    first = asyncio.run(start(tmp_path, port=0))
    client(first, "s3").create_bucket(Bucket="gone")
    (tmp_path / ".windlass" / "local" / "pulumi").mkdir()
    asyncio.run(reset(tmp_path))
    left = {path.name for path in (tmp_path / ".windlass" / "local").iterdir()}
    assert left == {"lock", "emulator.json"}
    again = asyncio.run(start(tmp_path))
    try:
        assert again == first
        assert client(again, "s3").list_buckets()["Buckets"] == []
    finally:
        asyncio.run(stop(tmp_path))
    assert not processes_of(tmp_path)


def test_where_nothing_ever_ran_nothing_is_made(tmp_path):
    assert status(tmp_path) is local_target(tmp_path) is None
    assert not asyncio.run(stop(tmp_path))
    asyncio.run(reset(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_start_that_fails_says_why(tmp_path):
    (tmp_path / ".windlass" / "local").mkdir(parents=True)
    (tmp_path / ".windlass" / "local" / "aws").write_text("in the way")
    with pytest.raises(LocalTargetError) as error:
        asyncio.run(start(tmp_path, port=0))
    assert "FileExistsError" in error.value.message or "NotADirectory" in error.value.message
    assert "emulator.log" in error.value.hint
    assert not processes_of(tmp_path)


def processes_of(project):
    """The emulator and the Node processes that it started; they have its working directory."""
    folder = str(project.resolve())
    return [p for p in psutil.process_iter(["cwd"]) if (p.info["cwd"] or "").startswith(folder)]


def put(target, arn, key, value):
    data = client(target, "cloudfront-keyvaluestore")
    etag = data.describe_key_value_store(KvsARN=arn)["ETag"]
    data.put_key(KvsARN=arn, Key=key, Value=value, IfMatch=etag)


def deploy_by_hand(target):
    """A site in two releases, with a function and its store; the ARN of the store."""
    s3, cloudfront = client(target, "s3"), client(target, "cloudfront")
    s3.create_bucket(Bucket="site")
    for key, body in {"releases/one/": "one", "releases/two/": "two", "errors/": "none"}.items():
        name = "404.html" if key == "errors/" else "index.html"
        s3.put_object(
            Bucket="site", Key=key + name, Body=f"<h1>{body}</h1>".encode(), ContentType="text/html"
        )
    arn = cloudfront.create_key_value_store(Name="store")["KeyValueStore"]["ARN"]
    distribution = cloudfront.create_distribution_with_tags(
        DistributionConfigWithTags={
            "DistributionConfig": distribution_config(cloudfront, publish_function(cloudfront, arn)),
            "Tags": {"Items": [{"Key": f"windlass:{k}", "Value": v} for k, v in SITE_TAGS.items()]},
        }
    )["Distribution"]
    s3.put_bucket_policy(Bucket="site", Policy=json.dumps(policy(distribution["ARN"])))
    return arn


SITE_TAGS = {"app": "notes", "environment": "dev"}


def publish_function(cloudfront, store_arn):
    made = cloudfront.create_function(
        Name="edge",
        FunctionConfig={
            "Comment": "",
            "Runtime": "cloudfront-js-2.0",
            "KeyValueStoreAssociations": {"Quantity": 1, "Items": [{"KeyValueStoreARN": store_arn}]},
        },
        FunctionCode=FUNCTION.encode(),
    )
    cloudfront.publish_function(Name="edge", IfMatch=made["ETag"])
    return made["FunctionSummary"]["FunctionMetadata"]["FunctionARN"]


def distribution_config(cloudfront, function_arn):
    access = cloudfront.create_origin_access_control(
        OriginAccessControlConfig={
            "Name": "access",
            "SigningProtocol": "sigv4",
            "SigningBehavior": "always",
            "OriginAccessControlOriginType": "s3",
        }
    )["OriginAccessControl"]["Id"]
    headers = cloudfront.create_response_headers_policy(
        ResponseHeadersPolicyConfig={
            "Name": "headers",
            "SecurityHeadersConfig": {
                "StrictTransportSecurity": {"Override": False, "AccessControlMaxAgeSec": 60},
                "ContentTypeOptions": {"Override": True},
            },
        }
    )["ResponseHeadersPolicy"]["Id"]
    origin = {
        "Id": "site",
        "DomainName": "site.s3.us-east-1.amazonaws.com",
        "OriginAccessControlId": access,
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    error = {"ErrorCode": 403, "ResponseCode": "404", "ResponsePagePath": "/errors/404.html"}
    events = ("viewer-request", "viewer-response")
    return {
        "CallerReference": "1",
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
        "CustomErrorResponses": {"Quantity": 1, "Items": [error]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "site",
            "ViewerProtocolPolicy": "redirect-to-https",
            "CachePolicyId": CACHING_DISABLED,
            "ResponseHeadersPolicyId": headers,
            "FunctionAssociations": {
                "Quantity": 2,
                "Items": [{"EventType": event, "FunctionARN": function_arn} for event in events],
            },
        },
    }


def policy(distribution_arn):
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "cloudfront.amazonaws.com"},
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::site/*",
                "Condition": {"StringEquals": {"AWS:SourceArn": distribution_arn}},
            }
        ],
    }
