import json

from engine.permissions import permissions
from engine.provision.checkpoint import Resource

TRUST = {
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Federated": "cognito-identity.amazonaws.com"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {"StringEquals": {"cognito-identity.amazonaws.com:aud": "pool"}},
        }
    ]
}
POLICY = {
    "Statement": [
        {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::b/*"},
        {
            "Effect": "Allow",
            "Action": "s3:ListBucket",
            "Resource": ["arn:aws:s3:::b"],
            "Condition": {"StringLike": {"s3:prefix": ["public/*", "public/"]}},
        },
    ]
}


def role(trust=TRUST):
    inputs = {"name": "wl-role", "assumeRolePolicy": json.dumps(trust)}
    return Resource("aws:iam/role:Role", "auth-role", "wl-role", "urn", inputs)


def policy(document, of="wl-role"):
    inputs = {"name": "grants", "role": of, "policy": document}
    return Resource("aws:iam/rolePolicy:RolePolicy", "auth-policy", "wl-role:grants", "urn", inputs)


def test_a_role_says_who_takes_it_on_and_what_it_may_do():
    (found,) = permissions((role(), policy(json.dumps(POLICY)), policy(json.dumps(POLICY), of="other")))
    assert (found.role, found.name) == ("auth-role", "wl-role")
    assert found.taken_on_by == (
        "cognito-identity.amazonaws.com where StringEquals cognito-identity.amazonaws.com:aud is pool",
    )
    read, listing = found.permissions
    assert (read.effect, read.actions, read.resources) == ("Allow", ("s3:GetObject",), ("arn:aws:s3:::b/*",))
    assert listing.actions == ("s3:ListBucket",)
    assert listing.conditions == ("StringLike s3:prefix is public/* or public/",)


def test_a_managed_policy_is_named():
    inputs = {"role": "wl-role", "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}
    attached = Resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", "a", "urn", inputs)
    (found,) = permissions((role(), attached))
    assert [permission.policy for permission in found.permissions] == [inputs["policyArn"]]


def test_what_is_encrypted_in_the_state_stays_so():
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}
    (found,) = permissions((role(), policy(secret)))
    assert found.permissions == ()
