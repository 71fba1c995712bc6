"""Known causes of a failed command: how each shows in what it printed, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cause:
    """``pattern`` finds it in the output; ``hint`` may use the pattern's named group ``what``."""

    pattern: re.Pattern[str]
    hint: str


def _cause(pattern: str, hint: str) -> Cause:
    return Cause(re.compile(pattern, re.IGNORECASE | re.MULTILINE), hint)


_VARIABLES = "under `env.variables` in amplify.yml, or with --var"

# A command that asks for an answer never gets one: its input is at its end.
PROMPT = re.compile(
    r"ok to proceed\? \(y\)|need to install the following packages"
    r"|are you sure you want to continue connecting"
    r"|\((?:y/n|yes/no)\)|\[(?:y/n|yes/no)(?:/\[?\w+\]?)?\]|^(?:\S+'s )?password(?: for [^:]+)?:\s*$"
    r"|username for 'https?:|terminal prompts disabled|could not read (?:username|password)"
    r"|^\s*[?◆◇] .{3,80}[?:]|press (?:any key|enter) to continue|would you like to (?:share|install|create"
    r"|use|run)"
    r"|inquirer|ExitPromptError|isTtyError|prompt(?:s)? (?:couldn't|cannot) be rendered",
    re.IGNORECASE | re.MULTILINE,
)
PROMPT_HINT = (
    "the command asks for an answer, and in a build nobody gives one: pass it as an option (`--yes`, `-y`, "
    "`--no-interactive`), or answer it with `yes | ...`"
)

# The first that matches wins, so the more certain ones come first.
CAUSES = (
    _cause(
        r"can only install with an existing package-lock|ENOENT.*package-lock\.json",
        "`npm ci` needs package-lock.json beside package.json: run `npm install` and commit the file it "
        "writes, or use `npm install` in amplify.yml",
    ),
    _cause(
        r"ERR_PNPM_NO_LOCKFILE|ENOENT.*(?P<what>pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)",
        "the install wants a lock file that is not committed: run the install on your machine and commit the "
        "lock file, or leave out `--frozen-lockfile`",
    ),
    _cause(
        r"package\.json and package-lock\.json.*in sync|frozen-lockfile|lockfile needs to be updated"
        r"|ERR_PNPM_OUTDATED_LOCKFILE|YN0028|lockfile (?:would have been modified|had changes, but)",
        "the lock file does not fit package.json: run the install on your machine and commit the lock file",
    ),
    _cause(
        r"ERESOLVE",
        "two dependencies want different versions of a third: update them, or write `legacy-peer-deps=true` "
        "into .npmrc and commit it",
    ),
    _cause(
        r"^\S*: line \d+: cd: (?P<what>[^:\n]+): No such file or directory",
        "there is no folder `{what}` where the shell is: all commands of a section share one shell, so a "
        "`cd` "
        "of an earlier command or phase still holds; take the second one out, or write `( cd {what} && "
        "... )`",
    ),
    _cause(
        r"ENOENT.*/package\.json",
        "there is no package.json where the command ran: check `appRoot` and any `cd` before it",
    ),
    _cause(
        r"heap out of memory|Reached heap limit",
        "Node ran out of memory: set `NODE_OPTIONS: --max-old-space-size=4096` " + _VARIABLES,
    ),
    _cause(
        r"ERR_OSSL_EVP_UNSUPPORTED|digital envelope routines::unsupported",
        "an old webpack meets a newer Node: update it; or `NODE_OPTIONS: --openssl-legacy-provider` "
        + _VARIABLES,
    ),
    _cause(
        r"warnings as errors because process\.env\.CI",
        "fix the warnings above, or run the command as `CI=false npm run build`",
    ),
    _cause(
        r"cannot find module @rollup/rollup-|@(?:rollup/rollup|esbuild|swc/core|next/swc|img/sharp)-[\w-]+"
        r".*(?:could not be found|not installed|is missing)|could not load the \"sharp\" module"
        r"|npm has a bug related to optional dependencies|lightningcss\.[\w.-]+\.node",
        "a dependency's part for this platform is not installed, because the lock file was written on "
        "another "
        "one: delete node_modules and the lock file, install again, and commit the lock file",
    ),
    _cause(
        r"amplify_outputs|aws-exports|amplifyconfiguration",
        "the build reads what the deployment of an Amplify backend writes, and Windlass does not deploy "
        "that: "
        "commit the file, or write it in a command before",
    ),
    _cause(
        r"\b(?:amplifyPush|ampx|amplify): (?:command )?not found|ampx pipeline-deploy"
        r"|no amplify backend project",
        "it works on an Amplify app, which there is not here: remove the line, or set "
        "`AMPLIFY_SKIP_BACKEND_BUILD: true` " + _VARIABLES,
    ),
    _cause(
        r"missing script:? \"?(?P<what>[\w:.-]+)|ERR_PNPM_NO_SCRIPT.*?(?P<at>[\w:.-]+)$"
        r"|error Command \"(?P<or>[\w:.-]+)\" not found",
        "package.json has no script `{what}`: add it, or name one that is there",
    ),
    _cause(
        r"no workspaces? (?:found|named)|No projects (?:found|matched)"
        r"|No package found with name '(?P<what>[^']+)'"
        r"|Cannot find (?:project|configuration for task) '(?P<at>[^']+)'|unknown workspace",
        "no package of the workspace has that name {what}: compare it with `name` in its package.json, and "
        "check that `workspaces` (or pnpm-workspace.yaml) names its folder",
    ),
    _cause(
        r"ENOSPC.*watch|file watchers",
        "the system's limit of watched files is reached: build without watching (no `--watch`, no dev "
        "server)",
    ),
    _cause(
        r"EFBIG|File size limit exceeded|\[Errno 27\]",
        "a file grew larger than a build may write: if it must be that large, raise `limits.file_mb` of the "
        "policy",
    ),
    _cause(
        r"fork: (?:retry: )?(?:Resource temporarily unavailable|Cannot allocate)|spawn \S* ?EAGAIN",
        "there are too many processes: let the build start fewer at once, or raise `limits.processes` of the "
        "policy",
    ),
    _cause(
        r"ENOSPC|no space left on device",
        "the disk is full: free some space (build caches are in the user's cache folder)",
    ),
    _cause(
        r"EMFILE|too many open files",
        "too many files are open at once: raise the limit with `ulimit -n 8192` in a command before",
    ),
    _cause(
        r"nvm: (command )?not found",
        '`nvm` is a function of the shell that runs the commands: begin a script with `. "$NVM_DIR/nvm.sh"`',
    ),
    _cause(
        r"Cannot find matching keyid|corepack.*(?:signature|ENOTFOUND|fetch failed)",
        "this corepack is too old to check the package manager's signature, or cannot reach its server: "
        "remove "
        "`corepack enable` and keep `packageManager` in package.json",
    ),
    _cause(
        r"(?:^|: )(?P<what>sudo|yum|dnf|apt|apt-get|brew): (?:command )?not found",
        "`{what}` is not here: a build does not change the system it runs on; install the program on the "
        "host, "
        "or take it from npm",
    ),
    _cause(
        r"(?:^|: )(?P<what>husky|is-ci|patch-package): (?:command )?not found",
        "a script of package.json calls `{what}`, which is not installed in production mode: install with "
        "development dependencies (`npm ci --include=dev`), or set `NODE_ENV` only for the build command",
    ),
    _cause(
        r"(?:^|: )(?P<what>python3?|pip3?|ruby|gem|bundle|hugo|go|cargo|php|composer|java|dotnet|flutter)"
        r": (?:command )?not found|gyp ERR! find (?P<at>Python)",
        "`{what}` is not on PATH: install it on this machine; Windlass brings Node and its package managers",
    ),
    _cause(
        r"(?:^|: )(?P<what>[^\s:]+): (?:command )?not found",
        "`{what}` is not on PATH: add it to the dependencies and call it with `npx {what}`, or install it in "
        "a command before this one",
    ),
    _cause(
        r"SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY)|self[- ]signed certificate"
        r"|certificate verify failed",
        "a certificate is not trusted, which a proxy of a company often causes: set NODE_EXTRA_CA_CERTS and "
        "SSL_CERT_FILE to its certificate",
    ),
    _cause(
        r"Failed to fetch [`'\"]?(?P<what>[^`'\"]+)[`'\"]? from Google Fonts",
        "fonts.googleapis.com could not be reached for `{what}`: use `next/font/local` or an @fontsource "
        "package",
    ),
    _cause(
        r"browserType\.launch: Executable doesn't exist|npx playwright install",
        "Playwright's browser is not installed: run `npx playwright install chromium` before the tests",
    ),
    _cause(
        r"cypress.*(?:binary is missing|executable not found)|No version of Cypress is installed",
        "Cypress's binary is not installed: run `npx cypress install` before the tests; keep "
        "~/.cache/Cypress "
        "out of the way with CYPRESS_CACHE_FOLDER inside the app",
    ),
    _cause(
        r"Missing X server|Xvfb|error while loading shared libraries: (?P<what>\S+?):",
        "the browser misses something of the system ({what}): install its libraries on the host, and run it "
        "headless",
    ),
    _cause(
        r"EADDRINUSE.*?:(?P<what>\d+)|port (?P<at>\d+) is (?:already )?in use",
        "port {what} is taken, perhaps by a server of another build: let the server choose a free one",
    ),
    _cause(
        r"@prisma/client did not initialize|prisma generate",
        "run `npx prisma generate` before the build, because the cache keeps node_modules without it",
    ),
    _cause(
        r"Environment variable not found: (?P<what>\w+)|(?P<at>[A-Z][A-Z0-9_]{3,}) (?:is not defined"
        r"|is not set"
        r"|is required|must be set)"
        r"|missing (?:required )?environment variables?:? \"?(?P<or>[A-Z][A-Z0-9_]+)",
        "the build wants the variable `{what}`: set it " + _VARIABLES + " (--secret for a secret)",
    ),
    _cause(
        r"AWS credentials|CredentialsProviderError|Unable to locate credentials|could not load credentials",
        "a command wants AWS credentials, and builds are never given those of the deployment: give it its "
        "own "
        "with --secret, or do this step outside of the build",
    ),
    _cause(
        r"`?next export`? (?:has been removed|is no longer supported|does not work)",
        "set `output: 'export'` in next.config.js and take `next export` out",
    ),
    _cause(
        r"error TS\d+:",
        "TypeScript found errors, listed above: fix them; `npx tsc --noEmit` shows the same on your machine",
    ),
    _cause(
        r"cannot find (?:module|package) '(?P<what>[^']+)'|can't resolve '(?P<at>[^']+)'"
        r"|failed to resolve import \"(?P<or>[^\"]+)\"|could not resolve \"(?P<else>[^\"]+)\"",
        "`{what}` is not there: add it to the dependencies in package.json; if it is a file of yours, check "
        "upper and lower case, which differ on Linux",
    ),
    _cause(
        r"EBADENGINE|unsupported engine|requires? node(?:\.js)? version|node(?:\.js)? version .* is required"
        r"|engine \"node\" is incompatible|ERR_PNPM_UNSUPPORTED_ENGINE|requires a minimum Node\.js version"
        r"|Node\.js v?\d[\d.]* is not supported|crypto\.(?:hash|getRandomValues) is not a function"
        r"|(?:Promise\.withResolvers|\.difference|\.toSorted|styleText) is not a function"
        r"|Unexpected token '(?:\?\?=|\|\|=|\.)'|ERR_REQUIRE_ESM",
        "the app wants another version of Node than the build has: write the one that its package.json names "
        "to .nvmrc, and the build gets it",
    ),
    _cause(
        r"Permission denied \(publickey\)|Host key verification failed|could not read from remote repository",
        "git could not log in: a dependency comes from a private repository; use its https address with a "
        "token given by --secret",
    ),
    _cause(
        r"not a git repository",
        "the command needs git's history, and this folder is no checkout: deploy from a clone",
    ),
    _cause(
        r"\b429\b|too many requests",
        "a server refused, because it was asked too often: try again later, or log in to the registry",
    ),
    _cause(
        r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|could not resolve host",
        "a server could not be reached: check the network, the proxy and the registry in .npmrc",
    ),
    _cause(
        r"\bE40[13]\b|ENEEDAUTH|authentication token",
        "the registry refused: set NPM_TOKEN, or log in so that ~/.npmrc holds a token",
    ),
    _cause(
        r"\bE404\b|is not in (?:this|the npm) registry|ERR_PNPM_FETCH_404|no matching version found",
        "the registry does not have a package or version that package.json asks for: check its name, and the "
        "registry and scope in .npmrc",
    ),
    _cause(
        r"EACCES|permission denied|Read-only file system",
        "a command writes where a build may not, such as /usr: write into the app's folder or $HOME",
    ),
)
