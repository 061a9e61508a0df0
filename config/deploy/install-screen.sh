#!/bin/sh
# Make this PC a screen (kiosk, wall or counter display) that shows one page from power-on to power-off: as root, on
# Debian 12 or newer:
#   sh config/deploy/install-screen.sh 'http://SERVER:8000/lebak/wall?voice=1'
# For a kiosk the address is the link that `queue-server device add` prints. Called again, it changes the address.
set -eu
cd "$(dirname "$0")"
url=${1:?usage: install-screen.sh ADDRESS}
[ "$(id -u)" = 0 ] || { echo "install-screen: this needs root (su -, then the same again)" >&2; exit 1; }
case $url in http://* | https://*) ;; *)
    echo "install-screen: an address begins with http:// or https://" >&2
    exit 1
    ;;
esac

# cage shows one program and nothing else; it does not start without xwayland. cups prints the slips.
echo "install-screen: packages of Debian"
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq install -y chromium cage xwayland cups python3 dbus-user-session libpam-systemd >/dev/null

echo "install-screen: the screen's user, its address and its unit"
id kiosk >/dev/null 2>&1 || useradd --create-home --shell /usr/sbin/nologin kiosk
for group in video input audio render; do
    if getent group "$group" >/dev/null; then usermod -aG "$group" kiosk; fi
done
# The address may hold a kiosk's token.
(umask 077 && printf "URL='%s'\n" "$url" >/etc/antrean-screen)
install -d /usr/local/lib/antrean-screen
install -m 644 screen/*.py /usr/local/lib/antrean-screen/
install -m 644 kiosk-browser.service /etc/systemd/system/
systemctl enable kiosk-browser
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    systemctl restart kiosk-browser
fi
echo "install-screen: done"
