"""The resource types that exist on the local target: one declarative entry each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.resources.api_authorizer import API_AUTHORIZER
from engine.local.provider.resources.api_integration import API_INTEGRATION
from engine.local.provider.resources.api_route import API_ROUTE
from engine.local.provider.resources.api_stage import API_STAGE
from engine.local.provider.resources.bucket import BUCKET
from engine.local.provider.resources.bucket_cors import BUCKET_CORS
from engine.local.provider.resources.bucket_lifecycle import BUCKET_LIFECYCLE
from engine.local.provider.resources.bucket_notification import BUCKET_NOTIFICATION
from engine.local.provider.resources.bucket_object import BUCKET_OBJECT
from engine.local.provider.resources.bucket_ownership_controls import BUCKET_OWNERSHIP_CONTROLS
from engine.local.provider.resources.bucket_policy import BUCKET_POLICY
from engine.local.provider.resources.bucket_public_access_block import BUCKET_PUBLIC_ACCESS_BLOCK
from engine.local.provider.resources.bucket_versioning import BUCKET_VERSIONING
from engine.local.provider.resources.cache_policy import CACHE_POLICY
from engine.local.provider.resources.certificate import CERTIFICATE
from engine.local.provider.resources.distribution import DISTRIBUTION
from engine.local.provider.resources.event_rule import EVENT_RULE
from engine.local.provider.resources.event_source_mapping import EVENT_SOURCE_MAPPING
from engine.local.provider.resources.event_target import EVENT_TARGET
from engine.local.provider.resources.function import FUNCTION
from engine.local.provider.resources.graphql_api import GRAPHQL_API
from engine.local.provider.resources.graphql_data_source import GRAPHQL_DATA_SOURCE
from engine.local.provider.resources.graphql_key import GRAPHQL_KEY
from engine.local.provider.resources.graphql_resolver import GRAPHQL_RESOLVER
from engine.local.provider.resources.http_api import HTTP_API
from engine.local.provider.resources.identity_pool import IDENTITY_POOL
from engine.local.provider.resources.identity_pool_roles import IDENTITY_POOL_ROLES
from engine.local.provider.resources.identity_provider import IDENTITY_PROVIDER
from engine.local.provider.resources.key_value_store import KEY_VALUE_STORE
from engine.local.provider.resources.lambda_function import LAMBDA_FUNCTION
from engine.local.provider.resources.lambda_permission import LAMBDA_PERMISSION
from engine.local.provider.resources.log_group import LOG_GROUP
from engine.local.provider.resources.origin_access_control import ORIGIN_ACCESS_CONTROL
from engine.local.provider.resources.origin_request_policy import ORIGIN_REQUEST_POLICY
from engine.local.provider.resources.queue import QUEUE
from engine.local.provider.resources.record import RECORD
from engine.local.provider.resources.response_headers_policy import RESPONSE_HEADERS_POLICY
from engine.local.provider.resources.role import ROLE
from engine.local.provider.resources.role_policy import ROLE_POLICY
from engine.local.provider.resources.table import TABLE
from engine.local.provider.resources.user_group import USER_GROUP
from engine.local.provider.resources.user_pool import USER_POOL
from engine.local.provider.resources.user_pool_client import USER_POOL_CLIENT
from engine.local.provider.resources.user_pool_domain import USER_POOL_DOMAIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.local.provider.resource import Resource

RESOURCES: Mapping[str, Resource] = {
    resource.type: resource
    for resource in (
        API_AUTHORIZER,
        API_INTEGRATION,
        API_ROUTE,
        API_STAGE,
        BUCKET,
        BUCKET_CORS,
        BUCKET_LIFECYCLE,
        BUCKET_NOTIFICATION,
        BUCKET_OBJECT,
        BUCKET_OWNERSHIP_CONTROLS,
        BUCKET_POLICY,
        BUCKET_PUBLIC_ACCESS_BLOCK,
        BUCKET_VERSIONING,
        CACHE_POLICY,
        CERTIFICATE,
        DISTRIBUTION,
        EVENT_RULE,
        EVENT_SOURCE_MAPPING,
        EVENT_TARGET,
        FUNCTION,
        GRAPHQL_API,
        GRAPHQL_DATA_SOURCE,
        GRAPHQL_KEY,
        GRAPHQL_RESOLVER,
        HTTP_API,
        IDENTITY_POOL,
        IDENTITY_POOL_ROLES,
        IDENTITY_PROVIDER,
        KEY_VALUE_STORE,
        LAMBDA_FUNCTION,
        LAMBDA_PERMISSION,
        LOG_GROUP,
        ORIGIN_ACCESS_CONTROL,
        ORIGIN_REQUEST_POLICY,
        QUEUE,
        RECORD,
        RESPONSE_HEADERS_POLICY,
        ROLE,
        ROLE_POLICY,
        TABLE,
        USER_GROUP,
        USER_POOL,
        USER_POOL_CLIENT,
        USER_POOL_DOMAIN,
    )
}
