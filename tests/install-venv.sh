#!/usr/bin/env bash
# Makes a Python virtual environment with the packages of a requirements file:
#   install-venv.sh PYTHON DIRECTORY REQUIREMENTS
set -euo pipefail
python=$1 dir=$2 requirements=$3
rm -rf "$dir"
if ! "$python" -m venv "$dir" 2>/dev/null; then
  # Debian keeps venv in a package of its own.
  sudo=""
  if [ "$(id -u)" != 0 ]; then sudo="sudo"; fi
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq python3-venv >/dev/null
  rm -rf "$dir"
  "$python" -m venv "$dir"
fi
"$dir/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: -r "$requirements"
