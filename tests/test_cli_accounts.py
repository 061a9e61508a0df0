"""Accounts are changed by the shell, and outlive the sites that they were made for."""

from pathlib import Path

import pytest

from tests.world.command_line import queue_server
from tests.world.folders import MINIMAL, folder
from tests.world.server import Client


@pytest.fixture
def config(tmp_path_factory) -> Path:
    """A --config folder with one small site."""
    return folder(tmp_path_factory.mktemp("config"), MINIMAL)


def test_an_account_is_changed_and_whoever_names_no_site_means_all(config, tmp_path):
    own = ("--config", config, "--data", tmp_path)
    queue_server("user", "add", "sari", "--role", "officer", *own)
    assert queue_server("user", "list", *own).stdout == "sari officer sites: all\n"
    narrower = ("user", "change", "sari", "--role", "supervisor", "--site", "kecil", "--agency", "desa", *own)
    assert queue_server(*narrower).stdout == "changed: sari\n"
    assert queue_server("user", "list", *own).stdout == "sari supervisor sites: kecil agencies: desa\n"
    queue_server("user", "change", "sari", "--all-sites", "--all-agencies", *own)
    assert queue_server("user", "list", *own).stdout == "sari supervisor sites: all\n"


def test_an_account_has_as_many_roles_as_are_named(config, tmp_path):
    own = ("--config", config, "--data", tmp_path)
    queue_server("user", "add", "sari", "--role", "officer", "--role", "auditor", "--role", "officer", *own)
    assert queue_server("user", "list", *own).stdout == "sari officer,auditor sites: all\n"
    queue_server("user", "change", "sari", "--role", "content", "--role", "supervisor", *own)
    assert queue_server("user", "list", *own).stdout == "sari supervisor,content sites: all\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["sari"], "say what is to change", id="nothing"),
        pytest.param(["sari", "--site", "kecil", "--all-sites"], "not both", id="some and all"),
        pytest.param(["sari", "--site", "nowhere"], "nowhere", id="no such site"),
        pytest.param(["sari", "--role", "king"], "king", id="no such role"),
        pytest.param(["nobody", "--role", "officer"], "there is no account 'nobody'", id="nobody"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_a_line(config, tmp_path, args, said):
    own = ("--config", config, "--data", tmp_path)
    queue_server("user", "add", "sari", "--role", "officer", *own)
    done = queue_server("user", "change", *args, *own)
    assert done.returncode != 0 and said in done.stderr and "Traceback" not in done.stderr


def test_a_site_whose_file_is_gone_keeps_nobody_out_of_the_others_and_its_kiosk_can_be_shut_out(
    config, tmp_path, start_server
):
    other = config / "sites" / "besar.toml"
    other.write_text(MINIMAL.replace('"kecil"', '"besar"'))
    own = ("--config", config, "--data", tmp_path / "data")
    passwords = {}
    for name, where in (("sari", ("--site", "besar", "--site", "kecil")), ("wati", ("--site", "besar")), ("ida", ())):
        made = queue_server("user", "add", name, "--role", "officer", *where, *own)
        passwords[name] = made.stdout.removeprefix("password: ").strip()
    queue_server("device", "add", "Kios", "--kind", "kiosk", "--site", "besar", *own)
    other.unlink()
    server = start_server(config=config)
    for name, sites in (("sari", '["kecil"]'), ("wati", "[]"), ("ida", '["kecil"]')):
        client = Client(server).sign_in(name, passwords[name])
        page = client.http.get(f"{server.url}/login")
        assert page.status_code == 200 and f'"sites": {sites}' in page.text.replace('":[', '": ['), page.text
    assert queue_server("device", "revoke", "Kios", "--site", "besar", *own).stdout == "revoked: Kios at besar\n"
