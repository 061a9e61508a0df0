#!/bin/sh
# See that a Chromium is here for the browser tests; install Debian's where this user may. The headless shell is the same
# engine at less expense: a system that does not have it runs the whole browser.
command -v chromium-headless-shell >/dev/null && command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root='sudo -n'
fi
install() {
    command -v "$1" >/dev/null || DEBIAN_FRONTEND=noninteractive $as_root apt-get -qq install -y "$1" >/dev/null
}
if [ -n "${as_root+yes}" ] && command -v apt-get >/dev/null; then
    echo "make: installing Chromium for the browser tests"
    timeout 120 $as_root apt-get -qq update
    install chromium
    install chromium-headless-shell || echo "make: without its headless shell the tests take a tenth longer"
fi
command -v chromium >/dev/null && exit 0
echo "make: the tests need Chromium, and it cannot be installed from here. As root: apt-get install chromium" >&2
exit 1
