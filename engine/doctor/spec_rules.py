"""What the reader of ``amplify.yml``, ``customHttp.yml`` and policies finds, by the names of its problems.

The doctor's own rules describe themselves; these are told where a file is read, and their messages say what
to write. A test holds the table against the code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SPEC_RULES: Mapping[str, str] = {
    # The text
    "alias": "A value begins with `*`, which in YAML names an anchor; a glob must be quoted.",
    "bracket": "A `{` or `[` is opened and not closed.",
    "character": "The text holds a character that no file can.",
    "colon": "A second `: ` stands where only a value may.",
    "comma": "A comma follows a list item.",
    "documents": "The file holds a second YAML document.",
    "duplicate-key": "One mapping has the same key twice.",
    "empty": "The file is empty.",
    "encoding": "The file is not UTF-8.",
    "escape": "A backslash in double quotes begins no escape.",
    "indentation": "A line does not line up with those above it.",
    "key": "A key is no text.",
    "merge": "`<<` does not take a mapping.",
    "merge-conflict": "git left a merge conflict.",
    "quote": "A sign stands where YAML keeps it for itself.",
    "tab": "A line is indented with a tab.",
    "tag": "A value begins with `!`, a YAML tag.",
    "too-large": "The file is larger or deeper than any build spec.",
    "unclosed": "A quote is opened and not closed.",
    "yaml": "The file is no YAML.",
    # The files
    "file-name": "The file is called `Amplify.yml`; on Linux, and so on Amplify, that is another name.",
    "not-a-spec": "The file is something else than a build spec.",
    "two-files": "amplify.yml and amplify.yaml are both there.",
    # The keys
    "command-is-mapping": "A command is read by YAML as a key and a value, because of its `: `.",
    "commands-without-phase": "Commands belong to no phase.",
    "foreign-key": "A key that Amplify passes over, and so does Windlass: it has no effect.",
    "cache-is-list": "`cache` is a list without `paths:`.",
    "files-is-list": "`artifacts` is a list without `files:`.",
    "headers-file-named": "`customHeaders` names a file; customHttp.yml is read by itself.",
    "headers-in-frontend": "`customHeaders` stands inside `frontend:`.",
    "inside-phases": "`artifacts` or `cache` stands inside `phases:`.",
    "inverted-phases": "Phases and commands are the wrong way round.",
    "lower-case-build-path": "`buildpath` is written `buildPath`.",
    "misplaced-app-root": "`appRoot` stands where it has no effect.",
    "phase-is-list": "A phase is a list without `commands:`.",
    "phase-without-phases": "A phase stands outside of `phases:`.",
    "top-level-section": "A section of `frontend:` stands at the top.",
    "unknown-key": "A key that nobody knows, likely misspelt.",
    "wrong-case": "A key differs from the one that is meant in its case.",
    # The values
    "condition": "The condition of a redirect is no country such as `<US>`.",
    "domain": "A domain is no host name.",
    "header": "The name or value of a header cannot be one.",
    "kind": "A value is of another kind: text where a list is due.",
    "missing": "A key that is needed is not there.",
    "name": "A name is no DNS label.",
    "resolver": "A resolver of a GraphQL API has nothing that answers, or two things.",
    "challenge": "An own way to sign in has not all of its three functions.",
    "domain-prefix": "The host name of sign-in pages has a word that AWS keeps for itself.",
    "environment-size": "The variables of a function are more than Lambda takes.",
    "groups": "A group of users is named twice.",
    "subject": "An access rule of a bucket is for nobody that there is.",
    "capacity": "A database has more capacity at its least than at its most.",
    "log-days": "Logs are kept for a number of days that CloudWatch does not have.",
    "origin": "An origin is no scheme and host, or is without TLS.",
    "path": "A path is on several lines.",
    "path-leaves": "A path leaves its folder.",
    "reason": "A rule is silenced without a reason.",
    "region": "A region is in a part of AWS that has not all that an environment is made of.",
    "route": "A route of an API is no method and path.",
    "schedule": "A schedule is none that EventBridge understands.",
    "source": "The source of a redirect is neither a path, nor an address, nor a pattern.",
    "target": "The target of a redirect is neither a path nor an address.",
    "trigger": "The trigger of a function is none that there is.",
    "truth": "A value is neither yes nor no.",
    "uses": "`uses` names nothing that the backend has.",
    "value": "A value is none of those that are known.",
    "variable": "The name of a variable is none that a shell accepts, or one that AWS keeps for itself.",
    "zone": "A hosted zone is named by something that is no id of one.",
    # Between keys
    "cache-outside": "A path of the cache leaves the app, and is not kept.",
    "domain-loop": "A redirect leads from the domain to the name that redirects to it.",
    "domain-of-many": "One host name for a rule of many environments.",
    "headers-of-nothing": "customHttp.yml names an application that amplify.yml does not have.",
    "headers-twice": "Headers are in amplify.yml and in customHttp.yml, which wins.",
    "no-file": "A file that is named is not there.",
    "no-handler": "The file of a function's handler is not there.",
    "no-source": "The folder of a function is not there.",
    "no-such-resource": "Something is used that the backend does not have.",
    "batch": "A function asks a FIFO queue for more messages than it gives at once.",
    "overlap": "Two triggers are for the same objects of a bucket, which S3 refuses.",
    "preflight": "A `$default` route that asks for a token refuses what browsers ask before a request.",
    "same-queue": "A queue has the name of the one that keeps what failed in another.",
    "scopes": "A route that asks for no token asks for its scopes.",
    "visibility": "A message comes back while the function still works on it, which Lambda refuses.",
    "no-app-root": "An application has no `appRoot`.",
    "no-applications": "`applications` has no entry.",
    "nothing-published": "Nothing says which folder is published.",
    "public-secret": "A secret has a name by which frameworks put variables into the browser.",
    "pull-requests-twice": "Two environments take pull requests.",
    "same-app": "Two applications have the same name.",
    "same-app-root": "Two applications have the same folder.",
    "same-branch": "Two environments take the same branch.",
    "same-domain": "Two environments have the same domain.",
    "secret-and-variable": "A name is asked for as a secret, and has a value in the file.",
    "shared-app": "One `app` names several applications.",
    "two-forms": "A section stands beside `applications:`, which replaces it.",
    "www-of-many": "`www` is asked for below a wildcard domain.",
    # The edge
    "header-refused": "A header that CloudFront does not let anybody set.",
    "redirect-expression": "The pattern of a redirect is no expression that the edge knows.",
    "redirect-placeholder": "A placeholder of a redirect's target is not in its source.",
    "redirect-proxy": "A rewrite leads to another host.",
    "redirect-too-long": "A redirect takes more than one entry of a KeyValueStore holds.",
    "redirect-wildcard": "`<*>` stands where it cannot be followed.",
    # Silences
    "unknown-rule": "`check.ignore` names a rule that there is not.",
    "unused-silence": "`check.ignore` names a rule that finds nothing there.",
}
"""Name -> what it means."""


def all_names() -> frozenset[str]:
    """The names of every rule: the doctor's and the reader's."""
    from engine.doctor.rules import RULES

    return frozenset((*SPEC_RULES, *(rule.name for rule in RULES)))
