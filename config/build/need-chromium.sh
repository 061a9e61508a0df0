#!/bin/sh
# See that a Chromium is here for the browser tests; install Debian's where this user may.
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root='sudo -n'
fi
if [ -n "${as_root+yes}" ] && command -v apt-get >/dev/null; then
    echo "make: installing Chromium for the browser tests"
    if $as_root apt-get -qq update && DEBIAN_FRONTEND=noninteractive $as_root apt-get -qq install -y chromium >/dev/null; then
        exit 0
    fi
fi
echo "make: the tests need Chromium, and it cannot be installed from here. As root: apt-get install chromium" >&2
exit 1
