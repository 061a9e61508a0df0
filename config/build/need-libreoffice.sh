#!/bin/sh
# See that LibreOffice is here, its spreadsheet and its writer, with what makes pictures of pages and the letters of our
# papers, for the drills of `make deep` that open our files in it; install Debian's where this user may.
needed="libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils fonts-liberation"
here() {
    command -v soffice >/dev/null && command -v pdftoppm >/dev/null || return 1
    office=$(dirname "$(readlink -f "$(command -v soffice)")")
    [ -e "$office/libsclo.so" ] && [ -e "$office/libswlo.so" ]
}
here && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "make: installing LibreOffice for the drills of the files"
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $needed >/dev/null
fi
here && exit 0
echo "make: the drills of the files need LibreOffice. As root: apt-get install $needed" >&2
exit 1
