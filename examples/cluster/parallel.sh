#!/bin/sh
# All shards with GNU parallel: parallel.sh FOLDER. With --sshlogin in PARALLEL it uses other machines too; they need
# the program, and the folder must be shared.
set -eu
here=$(dirname "$0")
shards="${SHARDS:-4}"
mkdir -p "$1"
seq "$shards" | parallel --halt soon,fail=1 sh "$here/sweep.sh" {} "$shards" "$1"
"${DOORBUSTER:-doorbuster}" merge "$1"/shard-* --table "$1/runs.csv"
