"""A fresh Debian machine of our own: a bare root, first with the network and without systemd, then started up.

Needs root, debootstrap and systemd-nspawn (`make deep` installs them where it may). Packages come from wherever this
machine has its own from; nothing here names a place. Once started, the machine has no network but its loopback.
"""

import os
import signal
import subprocess
import time
from pathlib import Path

RELEASE = "bookworm"
# What tells this machine's own clients where packages are; the fresh one is told the same.
_CLIENTS = (
    "etc/apt/sources.list",
    "etc/apt/sources.list.d",
    "etc/apt/apt.conf.d",
    "etc/pip.conf",
    "etc/xdg/pip",
    "etc/npmrc",
    "etc/resolv.conf",
    "etc/hosts",
    "etc/ssl/certs/ca-certificates.crt",
    "usr/local/share/ca-certificates",
)
_HOME = (".npmrc", ".config/pip")
_START_S = 120.0


def mirror() -> str:
    """Where this machine's own Debian packages come from."""
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(RELEASE) $(COMPONENT) $(REPO_URI)", "Created-By: Packages"],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split() for line in told.stdout.splitlines()]
    return next(line[2] for line in lines if line[:2] == [RELEASE, "main"])


def _plain() -> dict[str, str]:
    """The environment of a login, and what the package clients are told by theirs."""
    kept = {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "NPM_", "npm_")) or "proxy" in k.lower()}
    return kept | {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": os.path.expanduser("~root"),
        "LANG": "C",
    }


class Machine:
    """One root, and what runs in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._nspawn: subprocess.Popen[bytes] | None = None

    def make(self) -> "Machine":
        """Debian's minimal system with systemd, as an installer would leave it."""
        packages = "systemd,systemd-sysv,dbus,libpam-systemd,ca-certificates"
        command = ["debootstrap", "--variant=minbase", f"--include={packages}", RELEASE, str(self.root), mirror()]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_plain())
        for part in _CLIENTS:
            self._bring(Path("/") / part, self.root / part)
        for part in _HOME:
            self._bring(Path.home() / part, self.root / "root" / part)
        for named in {os.environ.get("PIP_FIND_LINKS", "")} - {""}:
            self._bring(Path(named), self.root / named.lstrip("/"))
        return self

    def _bring(self, here: Path, there: Path) -> None:
        if here.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["cp", "-a", "--remove-destination", "-T", str(here), str(there)], check=True)

    def install(self, script: str, folder: str = "/") -> subprocess.CompletedProcess[str]:
        """Run a script in the root before it is started: with this machine's network, without systemd."""
        command = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--resolv-conf=off", "--pipe"]
        told = [f"--setenv={key}={value}" for key, value in _plain().items()]
        return subprocess.run(
            [*command, *told, f"--chdir={folder}", "-D", str(self.root), "/bin/sh", "-c", script],
            capture_output=True,
            text=True,
        )

    def start(self) -> "Machine":
        """Switch it on, and wait until systemd has begun its work."""
        command = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--private-network", "--boot"]
        self._nspawn = subprocess.Popen(
            [*command, "-D", str(self.root)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + _START_S
        while time.monotonic() < until:
            if self.shell("systemctl is-system-running").stdout.strip() in ("running", "degraded"):
                return self
            time.sleep(0.5)
        raise RuntimeError("the machine did not start")

    def shell(self, script: str, folder: str = "/", timeout: float = 300) -> subprocess.CompletedProcess[str]:
        """What root types on the running machine."""
        leader = self._leader()
        if leader is None:
            return subprocess.CompletedProcess([], 1, "", "not started")
        enter = ["nsenter", f"--target={leader}", "--mount", "--uts", "--ipc", "--net", "--pid"]
        inside = ["--root", "/bin/sh", "-c", f"cd {folder} && {script}"]
        return subprocess.run([*enter, *inside], env=_plain(), capture_output=True, text=True, timeout=timeout)

    def _leader(self) -> int | None:
        """The machine's own first process, seen from here."""
        if self._nspawn is None:
            return None
        children = Path(f"/proc/{self._nspawn.pid}/task/{self._nspawn.pid}/children").read_text().split()
        for child in children:
            if Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
                return int(child)
        return None

    def pull_the_plug(self) -> None:
        """Everything in it ends at once, as by a power cut."""
        if self._nspawn is None:
            return
        leader = self._leader()
        if leader is not None:
            os.kill(leader, signal.SIGKILL)  # the first process of a namespace takes all others along
        self._nspawn.kill()
        self._nspawn.wait()
        self._nspawn = None
