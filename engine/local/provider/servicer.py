"""The ResourceProvider protocol (provider.proto of Pulumi) over :mod:`engine.local.provider.lifecycle`."""
# ruff: noqa: N802  (the method names are those of the protocol)

from __future__ import annotations

import json
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

import grpc
from botocore.exceptions import BotoCoreError, ClientError
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderServicer

from engine.errors import WindlassError
from engine.local.provider import lifecycle
from engine.local.provider.check import Failure, did_you_mean
from engine.local.provider.config import Config, config_failures, read_config
from engine.local.provider.functions import FUNCTIONS
from engine.local.provider.messages import changed, diff_response, failures, half_made, naming, short, type_of
from engine.local.provider.naming import must_go_first
from engine.local.provider.resources import RESOURCES
from engine.local.provider.schema import schema
from engine.local.provider.values import from_struct, to_struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.local.provider.cloud import Cloud
    from engine.local.provider.resource import Resource


class Context(Protocol):
    """What is used of grpc.ServicerContext."""

    def abort(self, code: grpc.StatusCode, details: str) -> NoReturn: ...
    def abort_with_status(self, status: grpc.Status) -> NoReturn: ...


class _Request(Protocol):
    urn: str


class Provider(ResourceProviderServicer):
    """The servicer: turns messages into plain values, and errors into answers that name the resource."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._config = Config(cloud.target.region)

    def Handshake(self, request: Any, context: Context) -> provider_pb2.ProviderHandshakeResponse:
        """Without secrets, resources and outputs: the engine unwraps them before and wraps them after."""
        return provider_pb2.ProviderHandshakeResponse(supports_autonaming_configuration=True)

    def Attach(self, request: Any, context: Context) -> Empty:
        """The engine attaches to a running provider; there is nothing to say back."""
        return Empty()

    def Cancel(self, request: Any, context: Context) -> Empty:
        """Nothing here waits for long; what is under way ends by itself."""
        return Empty()

    def GetPluginInfo(self, request: Any, context: Context) -> plugin_pb2.PluginInfo:
        """The version of the official provider that programs are written for; the engine compares it."""
        return plugin_pb2.PluginInfo(version=version("pulumi_aws"))

    def GetSchema(self, request: Any, context: Context) -> provider_pb2.GetSchemaResponse:
        """The types and functions that exist here."""
        return provider_pb2.GetSchemaResponse(schema=json.dumps(schema(RESOURCES, FUNCTIONS)))

    def CheckConfig(self, request: provider_pb2.CheckRequest, context: Context) -> provider_pb2.CheckResponse:
        """Refuses provider inputs that the official provider does not have."""
        wrong = config_failures(from_struct(request.news))
        return provider_pb2.CheckResponse(inputs=request.news, failures=failures(wrong))

    def DiffConfig(self, request: provider_pb2.DiffRequest, context: Context) -> provider_pb2.DiffResponse:
        """Never replaces: region and default tags are inputs of each resource after Check."""
        old = from_struct(request.old_inputs if request.HasField("old_inputs") else request.olds)
        new = from_struct(request.news)
        diffs = sorted(name for name in {**old, **new} if old.get(name) != new.get(name))
        return provider_pb2.DiffResponse(changes=changed(bool(diffs)), diffs=diffs)

    def Configure(
        self, request: provider_pb2.ConfigureRequest, context: Context
    ) -> provider_pb2.ConfigureResponse:
        """Takes region and default tags; the clients are those of the target."""
        variables = {name.rpartition(":")[2]: value for name, value in request.variables.items()}
        self._config = read_config({**variables, **from_struct(request.args)}, self._cloud.target.region)
        return provider_pb2.ConfigureResponse(supportsPreview=True, supports_autonaming_configuration=True)

    def Invoke(self, request: provider_pb2.InvokeRequest, context: Context) -> provider_pb2.InvokeResponse:
        """Runs one of the functions in ``functions.py``."""
        function = FUNCTIONS.get(request.tok)
        if function is None:
            hint = did_you_mean(request.tok, FUNCTIONS)
            context.abort(grpc.StatusCode.UNIMPLEMENTED, f"unknown function {request.tok}{hint}")
        with _told(context, request.tok):
            answer = function(self._cloud, self._config, from_struct(request.args))
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(to_struct(answer))  # a keyword in Python
        return response

    def Check(self, request: provider_pb2.CheckRequest, context: Context) -> provider_pb2.CheckResponse:
        """Validates inputs; fills in names, the region and the tags of the provider."""
        kind = type_of(request.urn)
        if kind not in RESOURCES:
            reason = f"the local target does not have the type {kind}{did_you_mean(kind, RESOURCES)}"
            return provider_pb2.CheckResponse(failures=failures([Failure("", reason)]))
        old, new = from_struct(request.olds), from_struct(request.news)
        inputs, wrong = lifecycle.check(RESOURCES[kind], self._config, old, new, naming(request))
        return provider_pb2.CheckResponse(inputs=to_struct(inputs), failures=failures(wrong))

    def Diff(self, request: provider_pb2.DiffRequest, context: Context) -> provider_pb2.DiffResponse:
        """Compares the old inputs (the old state, where an old engine sends no inputs) with the new."""
        resource = _resource(request, context)
        old = from_struct(request.old_inputs if request.HasField("old_inputs") else request.olds)
        new = from_struct(request.news)
        found = lifecycle.compare(resource, old, new, request.ignoreChanges)
        return diff_response(found, resource, first=must_go_first(resource, old, new))

    def Create(self, request: provider_pb2.CreateRequest, context: Context) -> provider_pb2.CreateResponse:
        """Creates, or foresees it in a preview."""
        resource, inputs = _resource(request, context), from_struct(request.properties)
        if request.preview:
            foreseen = lifecycle.foresee_creation(resource, inputs)
            return provider_pb2.CreateResponse(properties=to_struct(foreseen))
        with _told(context, request.urn):
            made = lifecycle.create(self._cloud, resource, inputs)
        if made.reasons:
            context.abort_with_status(half_made(request, made, inputs))
        return provider_pb2.CreateResponse(id=made.identity, properties=to_struct(made.outputs))

    def Read(self, request: provider_pb2.ReadRequest, context: Context) -> provider_pb2.ReadResponse:
        """The resource as it is, with the inputs that describe it; an empty id where it is gone."""
        resource = _resource(request, context)
        with _told(context, request.urn):
            state = lifecycle.read(self._cloud, resource, request.id, from_struct(request.inputs))
        if state is None:
            return provider_pb2.ReadResponse()
        return provider_pb2.ReadResponse(
            id=state.identity, inputs=to_struct(state.inputs), properties=to_struct(state.outputs)
        )

    def Update(self, request: provider_pb2.UpdateRequest, context: Context) -> provider_pb2.UpdateResponse:
        """Updates in place, or foresees it in a preview."""
        resource, inputs = _resource(request, context), from_struct(request.news)
        if request.preview:
            foreseen = lifecycle.foresee_update(resource, from_struct(request.olds), inputs)
            return provider_pb2.UpdateResponse(properties=to_struct(foreseen))
        with _told(context, request.urn):
            outputs = lifecycle.update(self._cloud, resource, request.id, inputs)
        return provider_pb2.UpdateResponse(properties=to_struct(outputs))

    def Delete(self, request: provider_pb2.DeleteRequest, context: Context) -> Empty:
        """Deletes; what is gone already is as good."""
        resource = _resource(request, context)
        inputs = {**from_struct(request.properties), **from_struct(request.old_inputs)}
        with _told(context, request.urn):
            lifecycle.delete(self._cloud, resource, request.id, inputs)
        return Empty()


@contextmanager
def _told(context: Context, urn: str) -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, WindlassError) as error:
        context.abort(grpc.StatusCode.UNKNOWN, f"{short(urn)}: {lifecycle.explain(error)}")


def _resource(request: _Request, context: Context) -> Resource:
    kind = type_of(request.urn)
    if kind not in RESOURCES:
        hint = did_you_mean(kind, RESOURCES)
        context.abort(
            grpc.StatusCode.INVALID_ARGUMENT, f"the local target does not have the type {kind}{hint}"
        )
    return RESOURCES[kind]
