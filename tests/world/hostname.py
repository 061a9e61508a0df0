"""What the machine says of its own network, asked of ``hostname`` (which every Debian has) and not of the product."""

import subprocess


def addresses_by_hostname() -> set[str]:
    """The IPv4 addresses of this machine, the loopback's left out; none where it is in no network."""
    said = subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=True).stdout
    return {address for address in said.split() if "." in address}
