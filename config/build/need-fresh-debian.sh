#!/bin/sh
# See that a fresh Debian can be made and started here, for the drills of `make deep`; install what makes it if we may.
if [ "$(id -u)" != 0 ]; then
    echo "make: the drills make and start a machine of their own, which needs root" >&2
    exit 1
fi
command -v debootstrap >/dev/null && command -v systemd-nspawn >/dev/null && exit 0
echo "make: installing debootstrap and systemd-nspawn for the drills"
apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y debootstrap systemd-container >/dev/null
