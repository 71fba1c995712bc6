"""Projects that are deployed for real: git checkouts, each with a HOME, a TMPDIR and an embedded AWS."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import sync_playwright

from engine.events import ignore
from engine.local.emulator import local_target, status
from engine.provision.pulumi_cli import VERSION, find_pulumi
from engine.target import client

EXAMPLES = Path(__file__).parents[2] / "examples"
WINDLASS = Path(sys.executable).with_name("windlass")
PATIENCE = 180.0  # seconds for one verb
_FOREIGN = ("AWS_", "PULUMI_", "WINDLASS_", "GIT_", "GITHUB_", "CI", "XDG_")
_SWITCHES = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_KEPT_STATE = {"windlass/passphrase", ".pulumi/meta.yaml"}


@dataclass(frozen=True)
class Done:
    """A verb that ended: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def events(self):
        return [json.loads(line) for line in self.out.splitlines()]

    def of(self, kind):
        return [event for event in self.events if event["event"] == kind]


class Verb:
    """A verb under way with ``--json``, in a process group of its own as a terminal would make one."""

    def __init__(self, project, arguments):
        self._err = project.home / f"stderr-{os.urandom(4).hex()}"
        with self._err.open("w") as err:
            self.process = subprocess.Popen(
                [WINDLASS, *arguments, "--json"],
                cwd=project.folder,
                env=project.host,
                stdout=subprocess.PIPE,
                stderr=err,
                text=True,
                start_new_session=True,
            )
        self._lines = []
        self._timer = threading.Timer(PATIENCE, self.process.kill)
        self._timer.start()

    def until(self, kind, **fields):
        """Read events up to the first of this kind with these fields; it is given back."""
        for line in self.process.stdout:
            self._lines.append(line)
            event = json.loads(line)
            if event["event"] == kind and all(event[name] == value for name, value in fields.items()):
                return event
        raise AssertionError(f"ended without {kind} {fields}:\n{''.join(self._lines)}{self._err.read_text()}")

    def interrupt(self):
        """What Ctrl-C does: SIGINT to the whole foreground process group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def kill(self):
        """SIGKILL to the process alone."""
        self.process.kill()
        return self.finish()

    def kill_tree(self):
        """SIGKILL to the process and all that it started (but for the emulator, a daemon)."""
        family = [self.process, *psutil.Process(self.process.pid).children(recursive=True)]
        for process in family:
            process.send_signal(signal.SIGSTOP)  # so that none can react to the end of another
        for process in family:
            process.kill()
        return self.finish()

    def finish(self):
        """Wait for its end."""
        self._lines += self.process.stdout.readlines()
        code = self.process.wait()
        self._timer.cancel()
        return Done(code, "".join(self._lines), self._err.read_text())


class Project:
    """A checkout in ``folder``; verbs run in it with exactly the environment ``host``."""

    def __init__(self, folder, home, cache):
        self.folder, self.home = folder, home
        mine = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
        self.host = {
            **mine,
            "HOME": str(home),
            "TMPDIR": str(home / "tmp"),
            "XDG_CACHE_HOME": str(cache),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        (home / "tmp").mkdir(parents=True)

    def run(self, *arguments, code=0):
        """Run a verb to its end and see that it ends with ``code``, without a traceback."""
        done = self._ran(arguments)
        assert done.code == code, f"{arguments}: {done.code}\n{done.out}\n{done.err}"
        assert "Traceback" not in done.out + done.err
        return done

    def deploy(self, *arguments, code=0):
        return self.run("deploy", "--target", "local", "--json", *arguments, code=code)

    def destroy(self, environment="prod", *arguments):
        return self.run("destroy", "--target", "local", "--json", "--env", environment, *arguments)

    def begin(self, *arguments):
        return Verb(self, arguments)

    def begin_deploy(self, *arguments):
        return self.begin("deploy", "--target", "local", *arguments)

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def replace(self, path, old, new):
        text = (self.folder / path).read_text()
        assert old in text
        self.write(path, text.replace(old, new))

    def commit(self):
        for arguments in (("add", "-A"), ("commit", "-qm", "a change")):
            subprocess.run(
                ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com", *arguments],
                cwd=self.folder,
                env=self.host,
                check=True,
            )

    @property
    def target(self):
        return local_target(self.folder)

    def client(self, service):
        return client(self.target, service)

    def url(self, environment="prod"):
        app = self.folder.name
        return f"http://{environment}.{app}.localhost:{self.target.port}/"

    def get(self, path="/", environment="prod", app=None, method="GET", **options):
        """What a visitor sees; the C library's resolver does not know *.localhost."""
        host = f"{environment}.{app or self.folder.name}.localhost:{self.target.port}"
        headers = {"host": host, **options.pop("headers", {})}
        return httpx.request(method, f"{self.target.endpoint}{path}", headers=headers, **options)

    def left(self):
        """Everything in the embedded AWS and in the state that some environment is made of."""
        return [*self.left_at_aws(), *self.left_in_state()]

    def left_at_aws(self):
        cloudfront, custom = self.client("cloudfront"), {"Type": "custom"}
        lists = (
            (cloudfront.list_distributions, "DistributionList", {}),
            (cloudfront.list_functions, "FunctionList", {"Stage": "DEVELOPMENT"}),
            (cloudfront.list_functions, "FunctionList", {"Stage": "LIVE"}),
            (cloudfront.list_key_value_stores, "KeyValueStoreList", {}),
            (cloudfront.list_origin_access_controls, "OriginAccessControlList", {}),
            (cloudfront.list_cache_policies, "CachePolicyList", custom),
            (cloudfront.list_origin_request_policies, "OriginRequestPolicyList", custom),
            (cloudfront.list_response_headers_policies, "ResponseHeadersPolicyList", custom),
        )
        found = [item for call, holder, asked in lists for item in call(**asked)[holder].get("Items", [])]
        return [*found, *self.client("s3").list_buckets()["Buckets"]]

    def left_in_state(self):
        state = self.folder / ".windlass/local/state"
        files = {file.relative_to(state).as_posix() for file in state.rglob("*") if file.is_file()}
        return sorted(files - _KEPT_STATE)

    def processes(self):
        """Every process that works in this project, but for this one."""
        places = (str(self.folder), str(self.home))
        return [p for p in psutil.process_iter() if p.pid != os.getpid() and _works_in(p, places)]

    def stop(self):
        """End the emulator, and see that nothing else is left."""
        self._ran(("local", "stop"))
        psutil.wait_procs(self.processes(), timeout=5)  # workers of functions end with the emulator
        left = {process: _command(process) for process in self.processes()}
        for process in left:
            process.kill()
        assert not left

    def kill_emulator(self):
        os.kill(status(self.folder).pid, signal.SIGKILL)

    def _ran(self, arguments):
        done = subprocess.run(
            [WINDLASS, *arguments],
            cwd=self.folder,
            env=self.host,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """A cache folder of its own for the session, with the Pulumi CLI of the user's in it."""
    folder = tmp_path_factory.mktemp("cache")
    pulumi = folder / "windlass/pulumi" / VERSION / "pulumi"
    pulumi.parent.mkdir(parents=True)
    pulumi.symlink_to(find_pulumi(dict(os.environ), ignore))
    return folder


@pytest.fixture(scope="session")
def notes_web(tmp_path_factory):
    """A copy of examples/notes-web in which npm has its downloads at hand."""
    folder = tmp_path_factory.mktemp("template") / "notes-web"
    _copy(EXAMPLES / "notes-web", folder)
    subprocess.run(["npm", "ci", "--cache", ".npm"], cwd=folder, check=True, capture_output=True)
    shutil.rmtree(folder / "node_modules")
    return folder


@pytest.fixture(scope="module")
def make_project(tmp_path_factory, cache):
    """A function that makes a project from the folder of an app, on branch main; all are ended at the end."""
    made = []

    def make(app=EXAMPLES / "plain-site"):
        base = tmp_path_factory.mktemp("project")
        _copy(app, base / app.name)
        project = Project(base / app.name, base / "home", cache)
        subprocess.run(["git", "init", "-qb", "main"], cwd=project.folder, env=project.host, check=True)
        project.commit()
        made.append(project)
        return project

    yield make
    for project in made:
        project.stop()


@pytest.fixture
def project(make_project):
    """A checkout of examples/plain-site."""
    return make_project()


def _copy(app, folder):
    kept_out = shutil.ignore_patterns("node_modules", ".windlass", "dist", "_site", "site", ".yarn")
    shutil.copytree(app, folder, ignore=kept_out, copy_function=_link)


def _link(source, destination):
    """A hard link for what npm keeps by its hash, a copy for what a test may change."""
    (os.link if "_cacache" in source else shutil.copy2)(source, destination)


def _command(process):
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return "(gone)"


def _works_in(process, places):
    try:
        command = " ".join(process.cmdline())
        return process.cwd().startswith(places) or any(place in command for place in places)
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return False


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("chromium is not here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=[*_SWITCHES])
        yield browser
        browser.close()
