#!/bin/sh
# usage: venv.sh FOLDER PYTHON...
# Make a virtual environment in FOLDER with the first PYTHON that is 3.11 or newer, and a pip that
# knows dependency groups. Called by the Makefile.
set -eu

folder=$1
shift

for candidate in "$@"; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "${python:-}" ]; then
    echo "schoolsync needs Python 3.11 or newer, and found none. Looked for: $*." >&2
    echo "Install one, or name it: make PYTHON=/path/to/python3" >&2
    exit 1
fi

echo "Creating $folder with $("$python" --version) …"
rm -rf "$folder"
# Debian ships venv without the pip to put into it: then the system's own pip is asked to.
if ! "$python" -m venv "$folder" >/dev/null 2>&1; then
    rm -rf "$folder"
    if ! { "$python" -m venv --without-pip "$folder" &&
        "$python" -m pip --python "$folder/bin/python" install --quiet pip; } >/dev/null 2>&1; then
        rm -rf "$folder"
        echo "$python cannot create a virtual environment." >&2
        echo "On Debian or Ubuntu: apt install python3-venv" >&2
        exit 1
    fi
fi
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' || {
    rm -rf "$folder"
    exit 1
}
