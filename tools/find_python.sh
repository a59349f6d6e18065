#!/bin/sh
# Prints a Python that can run Touchstone, or one sentence that says what to do.
# It is a shell script because it runs before any Python is known to be there.

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if [ -n "${PYTHON:-}" ]; then
    if is_new_enough "$PYTHON"; then
        echo "$PYTHON"
        exit 0
    fi
    echo "PYTHON=$PYTHON is not a Python 3.11 or newer: name another one, for example PYTHON=/usr/bin/python3.11." >&2
    exit 1
fi

for name in python3.11 python3 python3.12 python3.13; do
    if is_new_enough "$name"; then
        echo "$name"
        exit 0
    fi
done

echo "Touchstone needs Python 3.11 or newer: install it, or name the one that you have with PYTHON=/path/to/python3." >&2
exit 1
