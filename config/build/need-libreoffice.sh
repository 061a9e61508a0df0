#!/bin/sh
# See that LibreOffice's spreadsheet is here, for the drill of `make deep` that opens our files in it; install Debian's
# where this user may.
command -v soffice >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "make: installing LibreOffice Calc for the drill of the files"
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends libreoffice-calc-nogui >/dev/null
fi
command -v soffice >/dev/null && exit 0
echo "make: the drill of the files needs LibreOffice. As root: apt-get install libreoffice-calc-nogui" >&2
exit 1
