"""What is put right in ministack, and the private names of it that this needs.

Written against the one version named in ``VERSION``; with any other, or where a name is gone, the emulator
does not start.
"""

from __future__ import annotations

import os
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from engine.errors import LocalTargetError, PrerequisiteError
from engine.local.emulator.function_start import beginning_as_on_aws
from engine.local.emulator.graphql_patch import check_tokens
from engine.local.emulator.graphql_tables import on_tables
from engine.local.emulator.identities import forgetting
from engine.local.emulator.origins import remembering
from engine.local.emulator.parameters import allowing_each, naming_each
from engine.local.emulator.policy_variables import knowing_identities, matching_variables
from engine.local.emulator.schedules import each_by_itself
from engine.local.emulator.sent import as_sent
from engine.local.emulator.settings import functions_folder
from engine.local.emulator.signed_paths import as_signed
from engine.local.emulator.user_triggers_patch import call_triggers

if TYPE_CHECKING:
    from engine.local.emulator.functions import Functions
    from engine.local.emulator.settings import Settings

VERSION = "1.5.33"

_NAMES = {
    "ministack.app": ("app", "_build_persistence_save_dict", "pin_signed_request"),
    "ministack.core.appsync_js": ("reset",),
    "ministack.core.persistence": ("save_all",),
    "ministack.core.iam_evaluator": ("_first_match", "_principal_keys", "_resolve_condition_key", "enforce"),
    "ministack.core.iam_actions": ("extract_resource_arn",),
    "ministack.core.lambda_runtime": ("_detect_runtime_binary", "reset", "tempfile"),
    "ministack.core.node_pool": ("NodeWorkerPool", "NodeWorkerError", "NodeWorkerTimeout"),
    "ministack.services.apigateway": ("_verify_rs256_signature",),
    "ministack.services.appsync": (
        "_AppSyncResolverError",
        "_apis",
        "_ddb_plain",
        "_ds_dynamodb_in_region",
        "_cognito_identity",
        "_execute_graphql",
        "_request_is_authenticated",
        "_schemas",
    ),
    "ministack.services.cloudfront": (
        "CloudFrontFunctionError",
        "_build_function_event",
        "_delete_kvs",
        "_distributions",
        "_function_view",
        "_functions",
        "_get_distribution_aliases",
        "_kvstores",
        "_match_behavior",
        "_run_function",
        "_tags",
        "handle_viewer_request",
    ),
    "ministack.services.cloudfront_keyvaluestore": ("_stores",),
    "ministack.services.cognito": (
        "_CustomMessageRejected",
        "_PreSignUpRejected",
        "_admin_create_user",
        "_apply_custom_message_trigger",
        "_apply_presignup_trigger",
        "_build_auth_result",
        "_dispatch_identity",
        "_get_pool_unscoped",
        "_hides_user_existence",
        "_identity_pools",
        "_merge_attributes",
        "_oauth2_error",
        "_oauth2_token",
        "_pool_for_client",
        "_resolve_user",
        "_run_idp_handler",
        "_send_verification_email",
        "_user_pools",
        "error_response_json",
        "well_known_jwks",
    ),
    "ministack.services.dynamodb": (
        "_delete_item",
        "_get_item",
        "_put_item",
        "_query",
        "_scan",
        "_update_item",
    ),
    "ministack.services.eventbridge": ("_cron_next_fire",),
    "ministack.services.lambda_svc": (
        "_execute_function_with_config_scope",
        "_execution_record_for_config",
        "_get_func_record_for_ref",
    ),
    "ministack.services.sts": ("_sessions",),
}


def check_version() -> None:
    """Raise PrerequisiteError unless exactly :data:`VERSION` of ministack is installed."""
    try:
        found = version("ministack")
    except PackageNotFoundError:
        raise PrerequisiteError(
            "the local target needs ministack, which is not installed",
            hint="install Windlass with its extra `local`",
        ) from None
    if found != VERSION:
        raise PrerequisiteError(
            f"the local target needs ministack {VERSION}, but {found} is installed",
            hint="install Windlass with its extra `local`",
        )


def check_names() -> None:
    """Raise LocalTargetError naming what ministack lacks of what is patched or called here."""
    missing = [
        f"{module}.{name}"
        for module, names in _NAMES.items()
        for name in names
        if not hasattr(import_module(module), name)
    ]
    if missing:
        raise LocalTargetError(
            f"this ministack lacks {', '.join(missing)}",
            hint="install Windlass with its extra `local` again",
        )


def apply(functions: Functions, settings: Settings) -> None:
    """Patch the ministack of this process, which has ``settings``.

    - ``cloudfront._run_function``: functions get ``import cf from 'cloudfront'`` (see ``functions``).
    - ``cloudfront._match_behavior``: functions may choose another origin (see ``origins``).
    - ``cloudfront._build_function_event``: responses come with the viewer's own request (see ``sent``).
    - ``cloudfront._delete_kvs``: the keys of a deleted store go with it. ministack names a store by its name
      and keeps the keys, so that the next store of that name would begin with them.
    - ``appsync._ds_dynamodb_in_region``: what resolvers ask of tables, conditions too (``graphql_tables``).
    - ``appsync``: tokens are checked, and fields are for whom their directives name (``graphql_auth``).
    - ``cognito``: functions are asked while users sign up and in (``user_triggers``).
    - ``lambda_runtime._detect_runtime_binary``: functions begin as on AWS (``function_start``).
    - ``app.pin_signed_request``: requests to an API are signed without its stage (see ``signed_paths``).
    - ``cognito._dispatch_identity``: identities can be deleted (see ``identities``).
    - ``eventbridge._cron_next_fire``: a wrong schedule stops no other (``schedules``).
    - ``iam_evaluator._first_match``, ``_principal_keys``: policies with variables (``policy_variables``).
    - ``iam_actions.extract_resource_arn``, ``iam_evaluator.enforce``: several parameters (``parameters``).
    """
    from ministack.core import iam_actions, iam_evaluator, lambda_runtime
    from ministack.services import appsync, cloudfront, cognito, eventbridge

    beginning_as_on_aws(lambda_runtime, functions_folder(settings, os.environ), os.environ)
    call_triggers(cognito)
    eventbridge._cron_next_fire = each_by_itself(eventbridge._cron_next_fire)
    check_tokens(appsync)
    on_tables(appsync)
    gateway = import_module("ministack.app")
    gateway.pin_signed_request = as_signed(gateway.pin_signed_request)  # type: ignore[attr-defined]
    cognito._dispatch_identity = forgetting(cognito._dispatch_identity, cognito._identity_pools)
    iam_evaluator._first_match = matching_variables(
        iam_evaluator._first_match, iam_evaluator._resolve_condition_key
    )
    iam_evaluator._principal_keys = knowing_identities(iam_evaluator._principal_keys)
    iam_actions.extract_resource_arn = naming_each(iam_actions.extract_resource_arn)
    iam_evaluator.enforce = allowing_each(iam_evaluator.enforce)
    cloudfront._run_function = functions.run
    cloudfront._build_function_event = as_sent(cloudfront._build_function_event)
    cloudfront._match_behavior = remembering(cloudfront._match_behavior)
    cloudfront._delete_kvs = _with_keys(cloudfront._delete_kvs)


def _with_keys(delete: Any) -> Any:
    def delete_with_keys(name: str, headers: dict[str, str]) -> Any:
        from ministack.services import cloudfront
        from ministack.services import cloudfront_keyvaluestore as data

        arn = (cloudfront._kvstores.get(name) or {}).get("ARN")
        answer = delete(name, headers)
        if arn and name not in cloudfront._kvstores:
            data._stores.pop(arn, None)
        return answer

    return delete_with_keys
