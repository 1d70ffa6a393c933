#!/bin/sh
# Prints the path of a Python that is new enough, found by running it (a name on PATH may be a shim of nothing), or a sentence.
seen=""
for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3 python; do
    found=$(command -v "$name" 2>/dev/null) || continue
    version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    if "$found" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        "$found" -c 'import os, sys; print(os.path.realpath(sys.executable))'
        exit 0
    fi
    seen="$seen $name is $version;"
done
if [ -n "$seen" ]; then seen="Too old:${seen%;}."; fi
echo "Sømløs needs Python 3.11 or newer, and none was found on the PATH. ${seen}${seen:+ }Install one, or say where it is: make up PYTHON=/path/to/python3.11" >&2
exit 1
