"""Variables that frameworks write into what browsers load."""

from __future__ import annotations

# https://nextjs.org/docs/app/guides/environment-variables, https://vite.dev/guide/env-and-mode,
# https://create-react-app.dev/docs/adding-custom-environment-variables,
# https://www.gatsbyjs.com/docs/how-to/local-development/environment-variables,
# https://nuxt.com/docs/guide/going-further/runtime-config, https://svelte.dev/docs/kit/$env-static-public,
# https://docs.astro.build/en/guides/environment-variables, https://cli.vuejs.org/guide/mode-and-env.html,
# https://docs.expo.dev/guides/environment-variables
_PREFIXES = (
    *("NEXT_PUBLIC_", "VITE_", "REACT_APP_", "GATSBY_", "NUXT_PUBLIC_", "PUBLIC_", "VUE_APP_"),
    "EXPO_PUBLIC_",
)


def public_prefix(name: str) -> str:
    """The prefix by which a framework makes the variable ``name`` public; "" where none does.

    >>> public_prefix("VITE_API")
    'VITE_'
    """
    return next((prefix for prefix in _PREFIXES if name.startswith(prefix)), "")
