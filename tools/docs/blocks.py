"""The blocks that a page can ask for, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.doctor.documents import reference as checks
from tools.docs.errors import exit_codes
from tools.docs.events import events
from tools.docs.frameworks import frameworks
from tools.docs.keys import keys_of_policies, keys_of_the_spec
from tools.docs.policies import shipped_policies
from tools.docs.resources import backend_resources, domain_resources, resources
from tools.docs.verbs import shared_options, verbs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BLOCKS: Mapping[str, Callable[[], str]] = {
    "backend-resources": backend_resources,
    "checks": checks,
    "domain-resources": domain_resources,
    "events": events,
    "exit-codes": exit_codes,
    "frameworks": frameworks,
    "keys-of-policies": keys_of_policies,
    "keys-of-the-spec": keys_of_the_spec,
    "resources": resources,
    "shared-options": shared_options,
    "shipped-policies": shipped_policies,
    "verbs": verbs,
}
