"""The local provider under the real Pulumi engine and the real programs, on a real emulator."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pulumi
import pytest
from botocore.exceptions import ClientError
from pulumi import automation as auto

from engine.events import ignore
from engine.local.emulator import control
from engine.local.provider.server import serve
from engine.plan.model import EdgePlan, Plan, SitePlan
from engine.provision.adopt import adopt
from engine.provision.find import find
from engine.provision.pulumi_cli import find_pulumi
from engine.target import LOCAL_ACCOUNT, LOCAL_REGION, Target, client
from programs.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.acceptance

_CODE = "async function handler(event) { return event.request || event.response; }"


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    project = tmp_path_factory.mktemp("project")
    yield asyncio.run(control.start(project))
    asyncio.run(control.stop(project))


@dataclass
class Project:
    """A stack with a file backend of its own, whose engine is attached to a provider in this process."""

    target: Target
    folder: Path
    port: int
    cli: auto.PulumiCommand

    def stack(self, program: Callable[[], None], name: str = "shop") -> auto.Stack:
        (self.folder / "state").mkdir(exist_ok=True)
        settings = auto.ProjectSettings(name=name, runtime="python", main=str(self.folder))
        workspace = auto.LocalWorkspaceOptions(
            work_dir=str(self.folder),
            pulumi_home=str(self.folder / "home"),
            project_settings=settings,
            pulumi_command=self.cli,
            env_vars=self.environment,
        )
        return auto.create_or_select_stack("prod", project_name=name, program=program, opts=workspace)

    def pulumi(self, *arguments: str) -> str:
        home = {"PULUMI_HOME": str(self.folder / "home")}
        return self.cli.run(list(arguments), str(self.folder), {**self.environment, **home}).stdout

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PULUMI_BACKEND_URL": (self.folder / "state").as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "correct horse",
            "PULUMI_DEBUG_PROVIDERS": f"aws:{self.port}",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }


@pytest.fixture
def project(target: Target, tmp_path: Path) -> Iterator[Project]:
    binary = tmp_path / "bin" / "pulumi"
    binary.parent.mkdir()
    binary.symlink_to(find_pulumi(os.environ, ignore))
    serving = serve(target)
    yield Project(target, tmp_path, serving.port, auto.PulumiCommand(root=str(tmp_path)))
    serving.stop()


def _plan(name: str, **changes: Any) -> Plan:
    plan = Plan(
        app=name,
        environment="prod",
        target="local",
        region=LOCAL_REGION,
        account=LOCAL_ACCOUNT,
        site=SitePlan(bucket=f"windlass-{name}-prod", force_destroy=True, protect=False),
        edge=EdgePlan(
            name=f"windlass-{name}-prod",
            comment="The shop",
            function=_CODE,
            price_class="PriceClass_100",
            protect=False,
        ),
        tags={"windlass:app": name, "windlass:environment": "prod", "windlass:commit": "abc"},
    )
    return replace(plan, **changes)


def _changes(result: auto.UpResult | auto.RefreshResult | auto.DestroyResult) -> dict[str, int]:
    every = result.summary.resource_changes or {}
    return {kind: count for kind, count in every.items() if kind != "same"}


def _left(target: Target) -> dict[str, list[str]]:
    """What the emulator still has of the things that people make."""
    cloudfront, s3 = client(target, "cloudfront"), client(target, "s3")
    custom = {"Type": "custom"}
    policies = cloudfront.list_cache_policies(**custom)["CachePolicyList"].get("Items", [])
    headers = cloudfront.list_response_headers_policies(**custom)["ResponseHeadersPolicyList"]
    requests = cloudfront.list_origin_request_policies(**custom)["OriginRequestPolicyList"]
    return {
        "buckets": [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]],
        "distributions": [
            one["Id"] for one in cloudfront.list_distributions()["DistributionList"].get("Items", [])
        ],
        "functions": [one["Name"] for one in cloudfront.list_functions()["FunctionList"].get("Items", [])],
        "stores": [
            one["Name"] for one in cloudfront.list_key_value_stores()["KeyValueStoreList"].get("Items", [])
        ],
        "controls": [
            one["Id"]
            for one in cloudfront.list_origin_access_controls()["OriginAccessControlList"].get("Items", [])
        ],
        "policies": [one["CachePolicy"]["Id"] for one in policies]
        + [one["ResponseHeadersPolicy"]["Id"] for one in headers.get("Items", [])]
        + [one["OriginRequestPolicy"]["Id"] for one in requests.get("Items", [])],
    }


def test_a_whole_life(project: Project) -> None:
    plan = _plan("life")
    stack = project.stack(lambda: app(plan), "life")
    foreseen = stack.preview()
    made = stack.up()
    created = made.summary.resource_changes["create"]
    assert foreseen.change_summary == {"create": created}
    assert {name: output.value for name, output in made.outputs.items()} == {
        "bucket": "windlass-life-prod",
        "distribution_id": find(
            project.target, "aws:cloudfront/distribution:Distribution", {"tags": plan.tags}
        ),
        "distribution_domain": made.outputs["distribution_domain"].value,
        "key_value_store_arn": f"arn:aws:cloudfront::{LOCAL_ACCOUNT}:key-value-store/windlass-life-prod",
    }
    assert made.outputs["distribution_domain"].value.endswith(".cloudfront.net")

    assert _changes(stack.up()) == {}
    assert _changes(stack.refresh()) == {}
    assert _changes(stack.up()) == {}

    _another_commit_touches_nothing(project, plan)
    _a_new_comment_updates_in_place(project, plan)
    _drift_is_found_and_repaired(project, plan)

    _put(project.target, "windlass-life-prod", "releases/1/index.html")
    stack.destroy()
    assert not any(_left(project.target).values())


def _another_commit_touches_nothing(project: Project, plan: Plan) -> None:
    later = replace(plan, tags={**plan.tags, "windlass:commit": "def"})
    assert _changes(project.stack(lambda: app(later), "life").up()) == {}


def _a_new_comment_updates_in_place(project: Project, plan: Plan) -> None:
    renamed = replace(plan, edge=replace(plan.edge, comment="Another shop", function=_CODE + "\n"))
    done = project.stack(lambda: app(renamed), "life").up()
    assert _changes(done) == {"update": 7}  # store, function, three policies, access control, distribution
    identity = done.outputs["distribution_id"].value
    cloudfront = client(project.target, "cloudfront")
    there = cloudfront.get_distribution(Id=identity)["Distribution"]["DistributionConfig"]
    assert there["Comment"] == "Another shop"
    assert there["Enabled"] is True
    live = cloudfront.get_function(Name="windlass-life-prod", Stage="LIVE")["FunctionCode"].read()
    assert live.decode() == _CODE + "\n"
    assert _changes(project.stack(lambda: app(plan), "life").up()) == {"update": 7}


def _drift_is_found_and_repaired(project: Project, plan: Plan) -> None:
    stack = project.stack(lambda: app(plan), "life")
    s3, cloudfront = client(project.target, "s3"), client(project.target, "cloudfront")
    for one in s3.list_objects_v2(Bucket=plan.site.bucket)["Contents"]:
        s3.delete_object(Bucket=plan.site.bucket, Key=one["Key"])
    s3.delete_bucket(Bucket=plan.site.bucket)
    _disable_and_retag(cloudfront, stack.outputs()["distribution_id"].value)
    _deploy_other_code(cloudfront, plan.edge.name)

    found = _changes(stack.refresh())
    assert found == {"delete": 5, "update": 2}  # the bucket and all in it; distribution, function
    assert _changes(stack.up()) == {"create": 5, "update": 2}

    s3.head_bucket(Bucket=plan.site.bucket)
    arn = f"arn:aws:cloudfront::{LOCAL_ACCOUNT}:distribution/{stack.outputs()['distribution_id'].value}"
    tags = cloudfront.list_tags_for_resource(Resource=arn)["Tags"]["Items"]
    assert {tag["Key"]: tag["Value"] for tag in tags} == plan.tags
    assert _changes(stack.refresh()) == {}
    assert _changes(stack.up()) == {}


def _disable_and_retag(cloudfront: Any, identity: str) -> None:
    answer = cloudfront.get_distribution(Id=identity)
    config = {
        **answer["Distribution"]["DistributionConfig"],
        "Enabled": False,
        "PriceClass": "PriceClass_All",
    }
    cloudfront.update_distribution(Id=identity, IfMatch=answer["ETag"], DistributionConfig=config)
    cloudfront.tag_resource(
        Resource=answer["Distribution"]["ARN"], Tags={"Items": [{"Key": "someone", "Value": "was here"}]}
    )


def _deploy_other_code(cloudfront: Any, name: str) -> None:
    there = cloudfront.describe_function(Name=name, Stage="DEVELOPMENT")
    cloudfront.update_function(
        Name=name,
        IfMatch=there["ETag"],
        FunctionConfig=there["FunctionSummary"]["FunctionConfig"],
        FunctionCode=b"function handler(event) { return event.request; }",
    )


def _put(target: Target, bucket: str, key: str) -> None:
    s3 = client(target, "s3")
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"one", b"two"):
        s3.put_object(Bucket=bucket, Key=key, Body=body)
    s3.delete_object(Bucket=bucket, Key=key)


def test_a_new_name_replaces_what_cannot_be_renamed(project: Project) -> None:
    plan = _plan("rename")
    project.stack(lambda: app(plan), "rename").up()
    renamed = replace(
        plan,
        site=replace(plan.site, bucket="windlass-rename-two"),
        edge=replace(plan.edge, name="windlass-rename-two"),
    )
    stack = project.stack(lambda: app(renamed), "rename")
    # Replaced: the bucket and the four things in it, store, function. Renamed: two policies, the access
    # control. The distribution points at the new ones.
    assert _changes(stack.up()) == {"replace": 7, "update": 5}
    left = _left(project.target)
    assert (left["buckets"], left["functions"], left["stores"]) == (
        ["windlass-rename-two"],
        ["windlass-rename-two"] * 2,  # both stages
        ["windlass-rename-two"],
    )
    assert _changes(stack.refresh()) == {}
    stack.destroy()
    assert not any(_left(project.target).values())


def test_a_pending_creation_is_imported(project: Project) -> None:
    """What a killed deployment created, but did not record, is found, imported, and then left as it is."""
    plan = _plan("pending")
    stack = project.stack(lambda: app(plan), "pending")
    stack.up()
    checkpoint = project.folder / "state/.pulumi/stacks/pending/prod.json"
    pending = _forget(
        checkpoint, "aws:cloudfront/distribution:Distribution", "aws:cloudfront/function:Function"
    )
    ids = {one["urn"]: find(project.target, one["type"], one["inputs"]) for one in pending}
    assert all(ids.values())
    exported = json.loads(project.pulumi("stack", "export", "--stack", stack.name))
    adopted = project.folder / "adopted.json"
    adopted.write_text(json.dumps(adopt(exported, ids)))
    project.pulumi("stack", "import", "--stack", stack.name, "--file", str(adopted))
    stack.refresh()
    assert "pending_operations" not in json.loads(checkpoint.read_text())["checkpoint"]["latest"]
    assert _changes(stack.up()) == {"create": 1}  # the bucket policy, which needs the distribution
    assert _changes(stack.up()) == {}
    stack.destroy()
    assert not any(_left(project.target).values())


def _forget(checkpoint: Path, *types: str) -> list[dict[str, Any]]:
    """Turns resources of the state into pending creations, as a kill between two writes leaves them."""
    state = json.loads(checkpoint.read_text())
    latest = state["checkpoint"]["latest"]
    pending = [resource for resource in latest["resources"] if resource["type"] in types]
    gone = {resource["urn"] for resource in pending}
    latest["resources"] = [
        one
        for one in latest["resources"]
        if one["urn"] not in gone and gone.isdisjoint(one.get("dependencies", ()))
    ]
    for resource in pending:
        del resource["id"], resource["outputs"]
    latest["pending_operations"] = [{"resource": one, "type": "creating"} for one in pending]
    checkpoint.write_text(json.dumps(state))
    return pending


def test_what_is_not_well_formed_is_refused(project: Project) -> None:
    def program() -> None:
        bucket = pulumi.CustomResource("aws:s3/bucket:Bucket", "b", {"buckte": "x"})
        pulumi.CustomResource("aws:s3/buckett:Bucket", "c", {}, pulumi.ResourceOptions(depends_on=[bucket]))

    with pytest.raises(auto.CommandError) as error:
        project.stack(program, "wrong").up()
    assert 'did you mean "bucket"?' in str(error.value)


def test_an_error_of_aws_names_resource_and_operation(project: Project) -> None:
    s3 = client(project.target, "s3")
    s3.create_bucket(Bucket="taken-by-someone")

    def program() -> None:
        import pulumi_aws as aws

        aws.s3.Bucket("shop-bucket", bucket="taken-by-someone")

    with pytest.raises(auto.CommandError) as error:
        project.stack(program, "taken").up()
    told = str(error.value)
    assert "aws:s3/bucket:Bucket shop-bucket: CreateBucket: BucketAlreadyOwnedByYou" in told
    s3.delete_bucket(Bucket="taken-by-someone")


def test_a_bucket_with_objects_stays_unless_force_destroy(project: Project) -> None:
    def program() -> None:
        import pulumi_aws as aws

        aws.s3.Bucket("data")

    stack = project.stack(program, "full")
    stack.up()
    name = next(
        one["id"]
        for one in stack.export_stack().deployment["resources"]
        if one["type"] == "aws:s3/bucket:Bucket"
    )
    assert name.startswith("data-")
    s3 = client(project.target, "s3")
    s3.put_object(Bucket=name, Key="k", Body=b"")
    with pytest.raises(auto.CommandError, match="BucketNotEmpty"):
        stack.destroy()
    s3.delete_object(Bucket=name, Key="k")
    stack.destroy()
    with pytest.raises(ClientError):
        s3.head_bucket(Bucket=name)


def test_what_was_half_made_is_known_and_finished_or_removed(project: Project) -> None:
    """The bucket exists when its tags are refused: it must be in the state, or it would be an orphan."""
    tags = {"fine": "yes", **{f"tag-{number}": "x" for number in range(60)}}  # AWS takes 50

    def program() -> None:
        import pulumi_aws as aws

        aws.s3.Bucket("half", bucket="windlass-half-made", tags=tags)

    stack = project.stack(program, "half")
    with pytest.raises(auto.CommandError, match="PutBucketTagging: BadRequest"):
        stack.up()
    client(project.target, "s3").head_bucket(Bucket="windlass-half-made")
    for number in range(60):
        del tags[f"tag-{number}"]
    assert _changes(stack.up()) == {"update": 1}
    found = client(project.target, "s3").get_bucket_tagging(Bucket="windlass-half-made")["TagSet"]
    assert found == [{"Key": "fine", "Value": "yes"}]
    stack.destroy()
    assert not any(_left(project.target).values())


def test_invokes(project: Project) -> None:
    def program() -> None:
        import pulumi_aws as aws

        pulumi.export("account", aws.get_caller_identity_output().account_id)
        pulumi.export("region", aws.get_region_output().region)

    outputs = project.stack(program, "who").up().outputs
    assert (outputs["account"].value, outputs["region"].value) == (LOCAL_ACCOUNT, LOCAL_REGION)
