"""The inputs of a user pool: those of CreateUserPool."""

from __future__ import annotations

from engine.local.provider.fields import REGION, TAGS, Fields, block, flag, items, text, whole

_PASSWORD = {
    "minimumLength": whole(default=8, span=(6, 99)),
    "requireLowercase": flag(default=False),
    "requireNumbers": flag(default=False),
    "requireSymbols": flag(default=False),
    "requireUppercase": flag(default=False),
    "temporaryPasswordValidityDays": whole(default=7, span=(0, 365)),
}
_ATTRIBUTE = {
    "name": text(required=True, limit=20),
    "attributeDataType": text(required=True, choices=("String", "Number", "DateTime", "Boolean")),
    "developerOnlyAttribute": flag(default=False),
    "mutable": flag(default=True),
    "required": flag(default=False),
    "stringAttributeConstraints": block({"minLength": text(), "maxLength": text()}),
    "numberAttributeConstraints": block({"minValue": text(), "maxValue": text()}),
}
_TRIGGERS = (
    "createAuthChallenge",
    "customMessage",
    "defineAuthChallenge",
    "postAuthentication",
    "postConfirmation",
    "preAuthentication",
    "preSignUp",
    "preTokenGeneration",
    "userMigration",
    "verifyAuthChallengeResponse",
)

USER_POOL_INPUTS: Fields = {
    "name": text(autoname=True, limit=128, api="PoolName"),
    "aliasAttributes": items(text(), replaces=True),
    "usernameAttributes": items(text(), replaces=True),
    "usernameConfiguration": block({"caseSensitive": flag(default=True)}, replaces=True),
    "autoVerifiedAttributes": items(text(choices=("email", "phone_number"))),
    "passwordPolicy": block(_PASSWORD),
    "mfaConfiguration": text(default="OFF", choices=("OFF", "OPTIONAL", "ON")),
    "softwareTokenMfaConfiguration": block({"enabled": flag(required=True)}),
    "smsConfiguration": block({"snsCallerArn": text(required=True), "externalId": text(required=True)}),
    "schemas": items(block(_ATTRIBUTE), api="Schema"),
    "accountRecoverySetting": block(
        {"recoveryMechanisms": items(block({"name": text(required=True), "priority": whole(required=True)}))}
    ),
    "adminCreateUserConfig": block({"allowAdminCreateUserOnly": flag(default=False)}),
    "userAttributeUpdateSettings": block(
        {
            "attributesRequireVerificationBeforeUpdates": items(
                text(), api="AttributesRequireVerificationBeforeUpdate"
            )
        }
    ),
    "lambdaConfig": block({name: text() for name in _TRIGGERS}),
    "deletionProtection": text(default="INACTIVE", choices=("ACTIVE", "INACTIVE")),
    **TAGS,
    **REGION,
}
