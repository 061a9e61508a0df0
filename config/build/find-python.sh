#!/bin/sh
# Print the first Python on the PATH that is 3.11 or newer and can make a virtual environment; PYTHON=… names another.
for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$python"
        exit 0
    fi
done
echo "make: no Python 3.11 or newer with venv found. On Debian: apt-get install python3 python3-venv" >&2
exit 1
