#!/usr/bin/env bash
# Compresses a file on a Slurm cluster: an array of N tasks, and a join that waits for all of them.
# Usage: slurm-submit.sh FILE N [options of sbatch]. Prints the numbers of the two jobs.
# FILE must be on a file system that all nodes see. NACRITH is the program; NACRITH_OPTIONS are more of its options, such as -9.
set -eu
file=$(realpath "$1"); parts=$2; shift 2
here=$(dirname "$(realpath "$0")")
array=$(sbatch --parsable --array="1-$parts" "$@" "$here/compress.sbatch" "$file")
join=$(sbatch --parsable --dependency="afterok:$array" "$@" "$here/join.sbatch" "$file" "$parts")
echo "$array $join"
