from engine.local.provider.api import from_api, to_api
from engine.local.provider.diff import changes
from engine.local.provider.resources.cache_policy import CACHE_POLICY
from engine.local.provider.resources.distribution_inputs import CONFIG

DISTRIBUTION = {
    "enabled": True,
    "isIpv6Enabled": True,
    "httpVersion": "http2and3",
    "origins": [
        {"originId": "site", "domainName": "b.s3.us-east-1.amazonaws.com", "originAccessControlId": "E1"}
    ],
    "defaultCacheBehavior": {
        "targetOriginId": "site",
        "viewerProtocolPolicy": "redirect-to-https",
        "allowedMethods": ["GET", "HEAD", "OPTIONS"],
        "cachedMethods": ["GET", "HEAD"],
        "cachePolicyId": "p",
        "functionAssociations": [{"eventType": "viewer-request", "functionArn": "arn:f"}],
    },
    "customErrorResponses": [{"errorCode": 403, "responseCode": 404, "responsePagePath": "/404.html"}],
    "restrictions": {"geoRestriction": {"restrictionType": "whitelist", "locations": ["DE"]}},
    "viewerCertificate": {"cloudfrontDefaultCertificate": True},
}


def test_inputs_take_the_shape_of_the_api() -> None:
    config = to_api(CONFIG, DISTRIBUTION)
    assert config["IsIPV6Enabled"] is True
    assert config["Aliases"] == {"Quantity": 0, "Items": []}
    assert config["DefaultCacheBehavior"]["AllowedMethods"] == {
        "Quantity": 3,
        "Items": ["GET", "HEAD", "OPTIONS"],
        "CachedMethods": {"Quantity": 2, "Items": ["GET", "HEAD"]},
    }
    assert config["CustomErrorResponses"]["Items"] == [
        {"ErrorCode": 403, "ResponseCode": "404", "ResponsePagePath": "/404.html"}
    ]
    assert config["Restrictions"]["GeoRestriction"] == {
        "RestrictionType": "whitelist",
        "Quantity": 1,
        "Items": ["DE"],
    }
    assert config["PriceClass"] == "PriceClass_All"


def test_the_answer_of_the_api_means_the_same_inputs() -> None:
    assert changes(CONFIG, DISTRIBUTION, from_api(CONFIG, to_api(CONFIG, DISTRIBUTION))) == []


def test_botocore_takes_the_parameters() -> None:
    """The API's own model: no unknown member, no missing one, no wrong type."""
    import botocore.session
    from botocore.validate import ParamValidator

    model = botocore.session.get_session().get_service_model("cloudfront")
    config = {**to_api(CONFIG, DISTRIBUTION), "CallerReference": "r"}
    report = ParamValidator().validate(config, model.shape_for("DistributionConfig"))
    assert report.generate_report() == ""


def test_empty_blocks_that_aws_adds_are_no_inputs() -> None:
    answer = {
        "Name": "n",
        "MinTTL": 0,
        "ParametersInCacheKeyAndForwardedToOrigin": {
            "EnableAcceptEncodingGzip": False,
            "HeadersConfig": {"HeaderBehavior": "none", "Headers": {"Quantity": 0}},
            "CookiesConfig": {"CookieBehavior": "none", "Cookies": {"Quantity": 0}},
            "QueryStringsConfig": {"QueryStringBehavior": "none", "QueryStrings": {"Quantity": 0}},
        },
    }
    asked = {
        "name": "n",
        "parametersInCacheKeyAndForwardedToOrigin": {
            "headersConfig": {},
            "cookiesConfig": {"cookieBehavior": "none"},
            "queryStringsConfig": {"queryStringBehavior": "none"},
        },
    }
    assert changes(CACHE_POLICY.inputs, asked, from_api(CACHE_POLICY.inputs, answer)) == []
