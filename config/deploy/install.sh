#!/bin/sh
# Install Antrean on a mall's PC, or bring it up to date: as root, on Debian 12 or newer, from anywhere:
#   sh config/deploy/install.sh
# Into /opt/antrean go the product and exactly the packages it was tested with; /etc/antrean is the hall's own
# configuration and /var/lib/antrean its data: neither is ever overwritten. Nothing is started for the first time.
set -eu
cd "$(dirname "$0")/../.."
[ "$(id -u)" = 0 ] || { echo "install: this needs root (su -, then the same again)" >&2; exit 1; }

echo "install: packages of Debian"
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq install -y python3 python3-venv ca-certificates >/dev/null

# The lock names each package with its hash; Node, which fetches fonts and scripts once, only where there is no npm.
echo "install: Antrean and the packages it was tested with, into /opt/antrean"
python3 -m venv /opt/antrean
pip() { /opt/antrean/bin/python -m pip --quiet --disable-pip-version-check --no-input "$@"; }
pip install --require-hashes -r config/build/requirements.txt
command -v npm >/dev/null || pip install --require-hashes -r config/build/requirements-node.txt
PATH=/opt/antrean/bin:$PATH pip install --no-build-isolation --no-deps --force-reinstall .

echo "install: the server's user, folders, command and units"
install -D -m 644 config/deploy/antrean.sysusers /etc/sysusers.d/antrean.conf
systemd-sysusers antrean.conf
install -d -m 755 /etc/antrean /etc/antrean/sites /etc/antrean/holidays
# It may hold passwords: root writes it, the server reads it.
[ -e /etc/antrean/environment ] || install -m 640 -g antrean /dev/null /etc/antrean/environment
install -d -m 700 -o antrean -g antrean /var/lib/antrean
install -m 755 config/deploy/queue-server.sh /usr/local/bin/queue-server
install -m 644 config/deploy/antrean.service config/deploy/antrean-backup.service config/deploy/antrean-backup.timer \
    config/deploy/antrean-purge.service config/deploy/antrean-purge.timer /etc/systemd/system/

if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    systemctl try-restart antrean
fi
echo "install: done. Next: systemctl enable --now antrean, and its page /setup; or a site file in /etc/antrean/sites first"
