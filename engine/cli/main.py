"""``windlass``: the verbs as commands. Loads click and little else until a verb runs."""

from __future__ import annotations

import atexit
import gc
import importlib
import sys
from typing import Any

import click

from engine._version import __version__
from engine.errors import WindlassError

# Verb -> one line of help. The module of the same name is imported only when the verb is used.
VERBS = {
    "init": "Write an amplify.yml for the app found in the folder.",
    "check": "Say everything that is wrong with amplify.yml, the policies and the app.",
    "explain": "Show what was resolved, and from which line of which file.",
    "schema": "Print the JSON Schema of amplify.yml, for editors.",
    "plan": "Show what a deployment would create, change, replace, delete.",
    "routes": "Say what redirects and headers would do to a URL; import Amplify's.",
    "build": "Make a bundle, without deploying it.",
    "deploy": "Provision, build, publish, activate and verify.",
    "promote": "Make the release of one environment live in another.",
    "env": "Show the variables of an environment, or write the map of all.",
    "secrets": "Set, list and remove the secrets of environments.",
    "domain": "Show how it stands with the domain, and which records to set.",
    "verify": "Check what is live: the site, and its backend as a user.",
    "status": "Show the environments: URL, live release, expiry, lock.",
    "releases": "List the releases that a rollback can go back to.",
    "rollback": "Make an earlier release live again, without a build.",
    "destroy": "Remove an environment and everything it is made of.",
    "resources": "List what exists at AWS, and why.",
    "outputs": "Print the outputs of the stack.",
    "logs": "Show the log of a deployment, a function, the API.",
    "invoke": "Call a function and print its answer.",
    "open": "Open the environment in the browser.",
    "local": "Start, stop, look at or reset the embedded AWS.",
}

_GC_THRESHOLD = 50_000


class Verbs(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order of a working day."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb; its module is imported now."""
        if cmd_name not in VERBS:
            return None
        name = f"{cmd_name}_" if cmd_name == "open" else cmd_name
        command: click.Command = importlib.import_module(f"engine.cli.{name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """As click does, with a suggestion for a verb that is not there."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], VERBS, 1)
            meant = f" Did you mean `{close[0]}`?" if close else ""
            raise click.UsageError(f"There is no verb `{args[0]}`.{meant}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with their help, without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Example: windlass deploy --target local",
    subcommand_metavar="VERB [ARGS]...",
)
@click.version_option(__version__, "-V", "--version", prog_name="windlass", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show a traceback when Windlass itself fails.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Your own Amplify, on Pulumi, in your own AWS account.

    Exit codes: 0 done, 2 the call or a file is wrong, 3 a prerequisite is missing, 4 provisioning, 5 build,
    6 publishing, 7 verification failed (the earlier release is live again), 8 locked, 9 a guard refused,
    10 not found, 11 local target, 12 AWS or a called function failed, 13 AWS is not as deployed,
    130 cancelled, 1 a defect of Windlass.
    """
    ctx.obj = {"debug": debug}


def main() -> None:
    """The entry point: every error ends in its own exit code, none in a traceback."""
    debug = "--debug" in sys.argv
    # Modules are no garbage: looking for some while they load, and again at exit, takes 15 % of a short verb.
    gc.set_threshold(_GC_THRESHOLD)
    atexit.register(gc.freeze)
    try:
        code = cli.main(prog_name="windlass", standalone_mode=False)
        raise SystemExit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except click.Abort:
        raise SystemExit(130) from None
    except WindlassError as error:
        from engine.cli.errors import show_error

        show_error(error, as_json="--json" in sys.argv)
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception as error:
        if debug:
            raise
        from engine.cli.errors import show_defect

        show_defect(error)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
