"""Every refusal of AWS that users meet says what to do; what is not known gets the general hint."""

import pytest

from engine.provision.causes import OTHERWISE, advice_on

SAID = {
    "operation error STS: GetCallerIdentity, api error ExpiredToken: it is expired": "sign in",
    "api error InvalidClientTokenId: The security token included in the request is invalid.": "does not know",
    "creating IAM Role: api error AccessDenied: User: arn:aws:iam::1:user/ci is not authorized to perform: "
    "iam:CreateRole": "names the action",
    "creating CloudFront Cache Policy: TooManyCachePolicies: You have reached": "20 policies of its own",
    "creating Lambda Function: CodeStorageExceededException, QuotaExceededException": "as many of these",
    "creating IAM Role: LimitExceeded: Cannot exceed quota for RolesPerAccount: 1000": "as many of these",
    "creating CloudFront Distribution: CNAMEAlreadyExists: One or more of the CNAMEs": "take the alias off",
    "api error TooManyRequestsException: Rate exceeded": "fewer requests",
    "dial tcp: lookup sts.eu-west-1.amazonaws.com: no such host": "could not be reached",
}


@pytest.mark.parametrize(("line", "hint"), SAID.items())
def test_says_what_to_do(line, hint):
    assert hint in advice_on(["updating prod", line])


def test_what_is_not_known(line="creating X: ValidationException: 1 validation error"):
    assert advice_on([line]) == OTHERWISE
