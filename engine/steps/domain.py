"""The names of an environment: looked up before the plan, told of after it."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import TYPE_CHECKING

from engine.context import distribution_url
from engine.domain.state import domain_state
from engine.events import Warned

if TYPE_CHECKING:
    from engine.clients import Clients
    from engine.context import Context
    from engine.domain.look_up import Found
    from engine.environment.model import Environment
    from engine.errors import ProvisionError
    from engine.state.record import EnvironmentRecord
    from engine.target import Target

_TAKEN = (
    "AWS Amplify and Vercel make distributions in accounts of their own: take the domain out there, then "
    "deploy again. Without an interruption: "
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/alternate-domain-names-move.html"
)


async def looked_up(
    environment: Environment, target: Target, record: EnvironmentRecord, clients: Clients
) -> Found | None:
    """What the plan has to know of the names; None, and nobody is asked, without a domain.

    Raises GuardError for a name that something else has.
    """
    if environment.domain is None:
        return None
    from engine.domain.look_up import LookUp  # few deployments need it

    return await LookUp(clients, target, environment.domain, record.outputs)()


async def up_to_date(context: Context) -> Context:
    """The context with a plan that knows what another deployment has done meanwhile, and in which the
    certificate that previews share is requested.
    """
    found = context.domain
    if found is None:
        return context
    if context.record.outputs.get("domain", "") != found.seen:
        context = await looked_up_again(context)
    wanted = context.plan.domain.wanted if context.plan.domain else None
    if wanted is None or wanted.own or wanted.certificate:
        return context
    await asyncio.to_thread(_request_shared, context)
    return await looked_up_again(context)


async def looked_up_again(context: Context) -> Context:
    """The context with what is there now."""
    found = await looked_up(context.environment, context.target, context.record, context.clients)
    plan = dataclasses.replace(context.plan, domain=found.plan if found else None)
    return dataclasses.replace(context, domain=found, plan=plan)


async def visited(context: Context) -> str:
    """The URL to look at what is live: the environment's, or its distribution's where DNS does not lead the
    domain to it (yet).
    """
    from engine.domain.dns import leads_to

    state = domain_state(context.record.outputs)
    if context.target.kind == "local" or state is None or state.plan.live is None:
        return context.url
    name, there = state.plan.live.names[0], context.record.outputs["distribution_domain"]
    leads = await asyncio.to_thread(leads_to, name, there)
    return f"https://{name}/" if leads else distribution_url(context.record.outputs)


def without_taken_names(context: Context, error: ProvisionError) -> Context | None:
    """The context whose distribution keeps the names it has, where ``error`` says that an account of somebody
    else has one of the new ones (before the attempt AWS does not tell); None for any other error.
    """
    found = context.domain
    if found is None or "CNAMEAlreadyExists" not in " ".join((error.message, *error.details)):
        return None
    context.emit(Warned(message=f"{found.domain.name} is taken in another AWS account", hint=_TAKEN))
    state = domain_state(context.record.outputs)
    domain = dataclasses.replace(found.plan, live=state.plan.live if state else None)
    plan = dataclasses.replace(context.plan, domain=domain)
    return dataclasses.replace(context, domain=dataclasses.replace(found, plan=domain, taken=True), plan=plan)


def tell(context: Context) -> None:
    """Say what is left to do, for the world to find the environment under its domain. On this machine that is
    nothing: records of the embedded AWS would lead nowhere.
    """
    found = context.domain
    if (
        context.target.kind == "local"
        or found is None
        or found.taken
        or (found.finished and not found.records)
    ):
        return
    name = found.domain.name
    if found.records:
        listed = "\n".join(f"  {record}" for record in found.records)
        then = "" if found.finished else "; the next deployment then attaches it"
        said = f"{name} needs these records where its DNS is{then}:\n{listed}"
    else:
        said = f"the certificate for {name} is {found.certificate.status.lower().replace('_', ' ')}"
    context.emit(Warned(message=said, hint="`windlass domain` shows how it stands. " + _hosted_hint(found)))


def _hosted_hint(found: Found) -> str:
    if not found.plan.wanted.hosted or found.finished:
        return ""
    return "Does the registrar have the name servers of the hosted zone? A later deployment finishes it."


def _request_shared(context: Context) -> None:
    from engine.domain.certificate import prove_shared, request_shared
    from engine.domain.look_up import CERTIFICATE_REGION
    from engine.domain.refusals import explained

    found = context.domain
    if found is None:
        return
    there = dataclasses.replace(context.target, region=CERTIFICATE_REGION)
    tags = {"windlass:app": context.environment.app, "windlass:shared": "previews"}
    with explained("acm:RequestCertificate and route53:ChangeResourceRecordSets", "zone: none"):
        made = request_shared(context.clients.get(there, "acm"), found.domain.wildcard, tags)
        if zone := found.plan.wanted.zones[0]:
            prove_shared(context.clients.get(context.target, "route53"), made, zone)
