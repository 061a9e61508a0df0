"""What runs by itself on a hall's PC: every unit is installed, and its command is one that the program takes."""

import re

import pytest
from click.testing import CliRunner

from queue_server.cli import cli
from tests.world.tree import ROOT

DEPLOY = ROOT / "config" / "deploy"
NIGHTLY = ("purge", "backup")  # in this order
UNITS = ("antrean.service", *(f"antrean-{name}.{kind}" for name in NIGHTLY for kind in ("service", "timer")))


def said(unit: str) -> dict[str, str]:
    """key -> value of a unit, the last one of each."""
    lines = (DEPLOY / unit).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def time_of(name: str) -> str:
    """At what time of the night it is done."""
    return said(f"antrean-{name}.timer")["OnCalendar"].rpartition(" ")[2]


def test_every_unit_of_a_hall_is_installed():
    there = {file.name for file in DEPLOY.glob("antrean*.*") if file.suffix in (".service", ".timer")}
    installed = set(re.findall(r"config/deploy/(antrean\S*\.(?:service|timer))", (DEPLOY / "install.sh").read_text()))
    assert there == installed == set(UNITS)


@pytest.mark.parametrize("name", NIGHTLY)
def test_what_is_done_every_night_is_a_command_of_the_program_and_is_made_up_for(name):
    program, command, *_ = said(f"antrean-{name}.service")["ExecStart"].split()
    assert (program, command) == ("/opt/antrean/bin/queue-server", name)
    assert CliRunner().invoke(cli, [command, "--help"]).exit_code == 0
    assert said(f"antrean-{name}.service")["User"] == said("antrean.service")["User"], "else the files are another's"
    assert said(f"antrean-{name}.timer")["Persistent"] == "true"


def test_the_purge_comes_before_the_backup_and_needs_nobody_to_think_of_it():
    assert time_of("purge") < time_of("backup")
    assert said("antrean.service")["Wants"] == "antrean-purge.timer"
    assert "/var/lib/antrean" in said("antrean-purge.service")["ReadWritePaths"].split()
