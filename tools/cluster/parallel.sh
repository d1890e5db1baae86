#!/usr/bin/env bash
# Compresses a file with GNU parallel: on this machine, or on those of --sshlogin with a shared file system.
# Usage: parallel.sh FILE N [options of parallel, such as --sshlogin a,b -j 1]. Run again, it does only what is missing.
set -eu
file=$(realpath "$1"); parts=$2; shift 2
nacrith=${NACRITH:-nacrith}
seq "$parts" | parallel "$@" --halt now,fail=1 "$nacrith ${NACRITH_OPTIONS:-} --part {}/$parts -- $(printf '%q' "$file")"
mapfile -t names < <(for ((i = 1; i <= parts; i++)); do printf '%s.part-%0*d-of-%d.ncx\n' "$file" "${#parts}" "$i" "$parts"; done)
$nacrith --join "${names[@]}" --content "$file" -o "$file.ncx"
rm -- "${names[@]}"
