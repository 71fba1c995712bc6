"""``aws:acm/certificate:Certificate``, as far as certificates that AWS issues and DNS validates go.

https://www.pulumi.com/registry/packages/aws/api-docs/acm/certificate/ . The id is the ARN (import "using
their ARN"). DomainName, SubjectAlternativeNames and ValidationMethod are createOnlyProperties of
AWS::CertificateManager::Certificate in CloudFormation. The emulator issues at once what AWS issues once the
records of ``domainValidationOptions`` are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import REGION, TAGS, items, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import bring_tags, map_inputs, tag_list

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _acm(cloud: Cloud, inputs: Values) -> Any:
    return cloud.client("acm", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    names = {"SubjectAlternativeNames": others} if (others := inputs.get("subjectAlternativeNames")) else {}
    tags = {"Tags": listed} if (listed := tag_list(inputs)) else {}
    answer = _acm(cloud, inputs).request_certificate(
        DomainName=inputs["domainName"], ValidationMethod=inputs["validationMethod"], **names, **tags
    )
    return str(answer["CertificateArn"])


def _read(cloud: Cloud, arn: str, inputs: Values) -> Found:
    client = _acm(cloud, inputs)
    there = client.describe_certificate(CertificateArn=arn)["Certificate"]
    options = there.get("DomainValidationOptions", [])
    found = {
        "domainName": there["DomainName"],
        # AWS lists the domain name among them, the program need not.
        "subjectAlternativeNames": [n for n in there["SubjectAlternativeNames"] if n != there["DomainName"]],
        "validationMethod": next((one["ValidationMethod"] for one in options), "DNS"),
        **map_inputs(_tags(client, arn), inputs),
    }
    outputs = {
        "arn": arn,
        "domainValidationOptions": [_option(one) for one in options if "ResourceRecord" in one],
        "status": there["Status"],
        "type": there["Type"],
    }
    return Found(found, outputs)


def _option(option: Values) -> Values:
    record = option["ResourceRecord"]
    return {
        "domainName": option["DomainName"],
        "resourceRecordName": record["Name"],
        "resourceRecordType": record["Type"],
        "resourceRecordValue": record["Value"],
    }


def _tags(client: Any, arn: str) -> dict[str, str]:
    listed = client.list_tags_for_certificate(CertificateArn=arn).get("Tags", [])
    return {tag["Key"]: tag["Value"] for tag in listed}


def _update(cloud: Cloud, arn: str, inputs: Values) -> None:
    client = _acm(cloud, inputs)
    bring_tags(
        _tags(client, arn),
        inputs,
        lambda tags: client.add_tags_to_certificate(CertificateArn=arn, Tags=_listed(tags)),
        lambda keys: client.remove_tags_from_certificate(
            CertificateArn=arn, Tags=[{"Key": key} for key in keys]
        ),
    )


def _listed(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def _delete(cloud: Cloud, arn: str, inputs: Values) -> None:
    _acm(cloud, inputs).delete_certificate(CertificateArn=arn)


CERTIFICATE = Resource(
    type="aws:acm/certificate:Certificate",
    inputs={
        "domainName": text(required=True, replaces=True, limit=253),
        "subjectAlternativeNames": items(text(limit=253), replaces=True),
        "validationMethod": text(required=True, replaces=True, choices=("DNS",)),
        **TAGS,
        **REGION,
    },
    outputs=("arn", "domainValidationOptions", "status", "type"),
    stable=("arn", "domainValidationOptions", "type"),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
