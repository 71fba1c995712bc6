"""The build cache of an environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.build.cache import Cache
from engine.build.cache_key import cache_key
from engine.build.cache_store import CacheStore
from engine.build.steps import working_folder
from engine.context import backend_at
from engine.folders import cache_folder
from engine.state.backend import StateBackend

if TYPE_CHECKING:
    from engine.context import Context


def cache_of(context: Context, node: str) -> Cache:
    """Where the policy says, else in the user's cache folder. ``node`` is the version that the build begins
    with.

    To be called before the build, which may write the lock file that the cache goes by.
    """
    settings, environment, spec = context.settings, context.environment, context.spec
    url = environment.policy.cache
    backend = (
        backend_at(url, settings, environment)
        if url
        else StateBackend.folder(cache_folder(settings.host) / "builds")
    )
    root = working_folder(settings.project, spec)
    key = cache_key(spec, settings.project, root, environment.name, _base(context), node)
    return Cache(CacheStore(backend), key, root, spec.frontend.cache.paths)


def _base(context: Context) -> str:
    """The environment whose cache a new one starts from: the first that has a branch of its own."""
    rules = context.spec.environments.items()
    return next((name for name, rule in rules if rule.branch and "*" not in rule.branch), "prod")
