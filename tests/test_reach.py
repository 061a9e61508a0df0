"""Where links lead: by the address the asker used, else by what the interfaces say now; never where no phone gets."""

import shlex
import subprocess
import sys
from ipaddress import ip_address
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.interfaces import Address, is_loopback, own_addresses, plain, ranked
from queue_server.reach import Approach, Reach
from tests.world.hostname import addresses_by_hostname
from tests.world.lacking import lacking
from tests.world.tree import ROOT

LAN, WIFI = Address("192.168.1.20", "enp1s0"), Address("10.7.0.5", "wlan0")
UNPLUGGED = Address("192.168.1.20", "enp1s0", live=False)
DOCKER, V6, SELF_MADE = (
    Address("172.17.0.1", "docker0"),
    Address("fd00::20", "enp1s0"),
    Address("169.254.9.9", "enp1s0"),
)


def reach(*own: Address, host: str = "0.0.0.0", public_url: str | None = None) -> Reach:
    return Reach(host, 8000, public_url, lambda: own)


def came(host: str, arrived: str, proxied: bool = False, scheme: str = "http") -> Approach:
    return Approach(scheme, host, arrived, proxied)


HERE = came("127.0.0.1:8000", "127.0.0.1")  # a kiosk on the server's own machine


@pytest.mark.parametrize(
    ("at", "by", "base"),
    [
        # nobody asks (a commit is told), or who asks sits at this machine: what the interfaces say
        (reach(LAN), None, "http://192.168.1.20:8000"),
        (reach(LAN), HERE, "http://192.168.1.20:8000"),
        (reach(LAN, V6, host="::"), came("[::1]:8000", "::1"), "http://192.168.1.20:8000"),
        (reach(V6, host="::"), HERE, "http://[fd00::20]:8000"),
        (reach(UNPLUGGED), HERE, "http://192.168.1.20:8000"),
        (reach(), HERE, "http://127.0.0.1:8000"),
        (reach(LAN), came("localhost:8000", "127.0.0.1"), "http://192.168.1.20:8000"),
        # the address that the asker used, which only the connection can know
        (reach(LAN, WIFI), came("10.7.0.5:8000", "10.7.0.5"), "http://10.7.0.5:8000"),
        (reach(LAN, WIFI), came("192.168.1.20:8000", "192.168.1.20"), "http://192.168.1.20:8000"),
        (reach(LAN), came("192.168.1.20", "192.168.1.20"), "http://192.168.1.20"),  # port 80, led on by the machine
        (reach(LAN), came("mpp-server:8000", "192.168.1.20"), "http://192.168.1.20:8000"),
        (reach(V6, host="::"), came("[fd00::20]:8000", "fd00::20"), "http://[fd00::20]:8000"),
        (reach(LAN, host="::"), came("192.168.1.20:8000", "::ffff:192.168.1.20"), "http://192.168.1.20:8000"),
        (reach(LAN, host="::"), came("[fe80::1]:8000", "fe80::1%enp1s0"), "http://192.168.1.20:8000"),
        # what a client merely writes leads nobody astray
        (reach(LAN), came("evil.example", "192.168.1.20"), "http://192.168.1.20:8000"),
        (reach(LAN), came("evil.example", "127.0.0.1"), "http://192.168.1.20:8000"),
        (reach(LAN), came("6.6.6.6:80", "192.168.1.20"), "http://192.168.1.20:8000"),
        (reach(LAN), came("", "192.168.1.20"), "http://192.168.1.20:8000"),
        (reach(LAN), came("a b<script>", ""), "http://192.168.1.20:8000"),
        # a server that listens on one address is reached by that one
        (reach(LAN, WIFI, host="10.7.0.5"), HERE, "http://10.7.0.5:8000"),
        (reach(LAN, host="127.0.0.1"), HERE, "http://127.0.0.1:8000"),
        (reach(LAN, host="::1"), came("[::1]:8000", "::1"), "http://[::1]:8000"),
        # a trusted proxy's word
        (reach(LAN, host="127.0.0.1"), came("mpp.example", "127.0.0.1", True, "https"), "https://mpp.example"),
        (reach(LAN, host="127.0.0.1"), came("MPP.example:443", "127.0.0.1", True, "https"), "https://mpp.example"),
        (reach(LAN, host="127.0.0.1"), came("192.168.1.20:8080", "127.0.0.1", True), "http://192.168.1.20:8080"),
        (reach(LAN, host="127.0.0.1"), came("localhost", "127.0.0.1", True), "http://192.168.1.20"),
        (reach(LAN, host="127.0.0.1"), came("127.0.0.1:8443", "::1", True, "https"), "https://192.168.1.20:8443"),
        (reach(host="127.0.0.1"), came("localhost", "127.0.0.1", True), "http://127.0.0.1:8000"),
        (reach(LAN, host="127.0.0.1"), came("x/../y", "127.0.0.1", True), "http://192.168.1.20"),
        # a public name is everybody's
        (reach(LAN, public_url="https://mpp.example"), came("10.7.0.5", "10.7.0.5"), "https://mpp.example"),
    ],
)
def test_where_links_lead(at, by, base):
    assert at.base(by) == base


HOSTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["127.0.0.1", "127.1.2.3:80", "[::1]:8000", "localhost", "LOCALHOST.", "a.localhost", "0.0.0.0"]),
    st.ip_addresses().map(lambda ip: f"[{ip}]" if ip.version == 6 else str(ip)),
)
OWN = st.lists(st.sampled_from([LAN, WIFI, DOCKER, UNPLUGGED]), min_size=1, unique=True)


@given(HOSTS, st.sampled_from(["127.0.0.1", "::1", "192.168.1.20", "fe80::1%eth0", "", "?"]), st.booleans(), OWN)
def test_no_link_leads_to_the_loopback_while_there_is_another_address(host, arrived, proxied, own):
    base = urlsplit(reach(*own).base(came(host, arrived, proxied)))
    assert base.hostname and not is_loopback(base.hostname) and base.port != 0
    assert not (base.path or base.query or base.fragment or base.username)


@given(HOSTS, st.sampled_from(["127.0.0.1", "192.168.1.20", "10.7.0.5"]))
def test_whatever_a_client_writes_the_link_leads_to_this_machine(host, arrived):
    base = urlsplit(reach(LAN, WIFI).base(came(host, arrived)))
    assert base.hostname in (LAN.ip, WIFI.ip)


def test_the_interfaces_are_asked_each_time():
    """A switch that comes up after the server, another lease: no restart."""
    own: list[Address] = []
    server = Reach("0.0.0.0", 8000, None, lambda: own)
    assert server.base(HERE) == "http://127.0.0.1:8000"
    own.append(LAN)
    assert server.base(HERE) == "http://192.168.1.20:8000"
    own[:] = [WIFI]
    assert server.base(HERE) == "http://10.7.0.5:8000"


@pytest.mark.parametrize(
    ("found", "route", "order"),
    [
        ([WIFI, LAN], LAN.ip, [LAN, WIFI]),
        ([DOCKER, LAN], None, [LAN, DOCKER]),
        ([DOCKER, LAN], DOCKER.ip, [LAN, DOCKER]),
        ([UNPLUGGED, WIFI], UNPLUGGED.ip, [WIFI, UNPLUGGED]),
        ([V6, LAN], None, [LAN, V6]),
        ([SELF_MADE, V6], None, [V6, SELF_MADE]),
        ([Address("127.0.0.1", "lo"), Address("::1", "lo"), Address("fe80::1", "enp1s0"), LAN], None, [LAN]),
        ([], None, []),
    ],
)
def test_the_likeliest_address_comes_first(found, route, order):
    assert ranked(found, route) == order


def test_this_machine_s_own_addresses_are_addresses_of_others_use():
    own = own_addresses()
    assert {address.ip for address in own if "." in address.ip} == addresses_by_hostname()
    for address in own:
        assert not is_loopback(address.ip) and ip_address(address.ip) and address.interface


def _alone(steps: list[str]) -> subprocess.CompletedProcess[str]:
    """The steps, in a network that nobody else is in."""
    command = ["unshare", "--user", "--map-root-user", "--net", "sh", "-ec", "; ".join(steps)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)


def _needs_a_network_of_its_own(made: list[str]) -> None:
    """End the test where the network cannot even be made; whatever fails in it afterwards is ours, and fails."""
    try:
        done = _alone(made)
    except FileNotFoundError:
        lacking("this machine lacks unshare (util-linux)")
    if done.returncode:
        lacking(f"this machine allows no network of the test's own: {done.stderr.strip()}")


def test_a_network_without_a_gateway_is_a_network():
    """One switch, no internet: no route leads out, and yet phones come. Tried in a network of the test's own."""
    ways = "import sys; from queue_server.reach import Reach; print(*Reach('0.0.0.0').bases(), flush=True)"
    python = f"{sys.executable} -c {shlex.quote(ways)}"
    made = ["ip link set lo up", "ip link add hall0 type veth peer name switch0", "ip link set switch0 up"]
    _needs_a_network_of_its_own(made)
    steps = [*made, python]
    steps += ["ip addr add 192.168.50.7/24 dev hall0", "ip link set hall0 up", python]
    steps += ["ip addr del 192.168.50.7/24 dev hall0", "ip addr add 10.20.0.8/24 dev hall0", python]
    done = _alone(steps)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["http://127.0.0.1:8000", "http://192.168.50.7:8000", "http://10.20.0.8:8000"]


@pytest.mark.parametrize(
    ("spelt", "meant"),
    [
        ("::ffff:127.0.0.1", "127.0.0.1"),
        ("::FFFF:10.0.0.5", "10.0.0.5"),
        ("fe80::1%eth0", "fe80::1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("10.0.0.5", "10.0.0.5"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(spelt, meant):
    assert plain(spelt) == meant
