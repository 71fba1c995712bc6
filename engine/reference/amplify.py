"""What Amplify does with each key, where that is worth saying.

https://docs.aws.amazon.com/amplify/latest/userguide/yml-specification-syntax.html, and what its users found
(https://github.com/aws-amplify/amplify-hosting/issues). A key goes by an entry of its own, else by that of
the nearest key above it; without any, it is Windlass's own.
"""

from __future__ import annotations

from dataclasses import dataclass

_PAGES = "https://docs.aws.amazon.com/amplify/latest/userguide"


@dataclass(frozen=True, slots=True)
class Amplify:
    """What Amplify does with a key, in a sentence or two, and the page that says so ("" where none does).

    What is said of a key ``alone`` does not hold for those below it.
    """

    does: str
    page: str = f"{_PAGES}/yml-specification-syntax.html"
    alone: bool = False


_SAME = Amplify("The same.")
_PASSED = Amplify("Passes over it.", "")

_OF = {
    "": _PASSED,
    "version": Amplify("Takes any number, and does not look at it."),
    "env": Amplify("Passes over all but `variables`.", f"{_PAGES}/environment-variables.html", alone=True),
    "env.variables": Amplify("The same.", f"{_PAGES}/environment-variables.html"),
    "backend": Amplify("Passes over all but `phases`.", alone=True),
    "backend.phases": Amplify("The same; `amplifyPush` and `ampx` run its own backend deployment."),
    "appRoot": Amplify("Passes over it outside of `applications`."),
    "applications": Amplify(
        "Needs AMPLIFY_MONOREPO_APP_ROOT; without, it builds the first one, silently.",
        f"{_PAGES}/monorepo-configuration.html",
    ),
    "frontend": _SAME,
    "frontend.buildPath": Amplify("The same; one of its pages writes it `buildpath`."),
    "frontend.artifacts.baseDirectory": Amplify(
        "The same; where the folder is missing the deployment succeeds, and the site answers AccessDenied."
    ),
    "frontend.cache.paths": Amplify(
        "The same; leaves out `node_modules/.cache`, and silently what is outside of the app."
    ),
    "test": Amplify("The same, on every branch.", f"{_PAGES}/running-tests.html"),
    "test.artifacts.configFilePath": Amplify(
        "The same, for mochawesome alone.", f"{_PAGES}/running-tests.html"
    ),
    "customHeaders": Amplify(
        "The same; says that it is deprecated here, and asks for customHttp.yml.",
        f"{_PAGES}/custom-header-YAML-format.html",
    ),
    "redirects": Amplify(
        "Passes over it: its rules are in the console, the same for every branch.", f"{_PAGES}/redirects.html"
    ),
    "environments": Amplify("Passes over it: branches and domains are connected in the console.", ""),
    "policy": Amplify("Has no such file: the console and the account have it.", ""),
}


def amplify(key: str) -> Amplify:
    """What Amplify does with the dotted ``key``."""
    above = key
    while above not in _OF or (above != key and _OF[above].alone):
        above = above.rpartition(".")[0]
    return _OF[above]
