#!/usr/bin/env bash
# Tests the files of this folder with a Slurm of one node on this machine, as root: munge, slurmctld, slurmd, slurm-client and
# parallel from Debian, and the tests built (dotnet build -c Release tests). The model is the tiny one of the tests.
# A file of eight frames is compressed by an array of eight tasks, of which one is killed in the middle and requeued, joined, and
# decompressed by another array; the archive must be the one that a single process makes.
set -eu
here=$(dirname "$(realpath "$0")")
root=$(realpath "$here/../..")
work=$(mktemp -d /tmp/nacrith-slurm-XXXXXX)
chmod 755 "$work"
export SLURM_CONF=$work/slurm.conf NACRITH_TEST_TINY_MODEL=1 NACRITH="dotnet $root/tests/bin/Release/net10.0/NacrithOnnx.Tests.dll"
pids=()
finish() {
  kill "${pids[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
say() { printf '%(%H:%M:%S)T  %s\n' -1 "$*"; }

host=$(hostname -s)
cat > "$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldPort=16817
SlurmdPort=16818
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_interval=2
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
mkdir -p "$work/state" "$work/spool" "$work/munge" "$work/data"
chown munge: "$work/munge" && chmod 755 "$work/munge"
dd if=/dev/urandom of="$work/munge/key" bs=1024 count=1 status=none && chmod 400 "$work/munge/key" && chown munge: "$work/munge/key"
setpriv --reuid=munge --regid=munge --clear-groups munged -F --socket="$work/munge/socket" --key-file="$work/munge/key" \
  --pid-file="$work/munge/pid" --log-file="$work/munge/log" --seed-file="$work/munge/seed" 2> "$work/munged.err" & pids+=($!)
for _ in $(seq 50); do [ -S "$work/munge/socket" ] && break; sleep 0.2; done
slurmctld -D 2> "$work/slurmctld.err" & pids+=($!)
slurmd -D 2> "$work/slurmd.err" & pids+=($!)
for _ in $(seq 60); do [ "$(sinfo -h -o %t 2>/dev/null)" = idle ] && break; sleep 1; done
say "Slurm $(sinfo --version | cut -d' ' -f2): $(sinfo -h -o '%D node, %C CPUs (allocated/idle/other/total), %T')"

file=$work/data/mixed.bin
for i in 1 2 3 4 5 6 7 8; do
  head -c 90000 "$root/tests/texts/alice29.txt" | tail -c "$((20000 + i * 1000))"
  head -c $((4194304 - 20000 - i * 1000)) /dev/urandom
done > "$file"
expected=$(sha256sum < "$file")
say "content: $(stat -c %s "$file") bytes in 8 frames"
$NACRITH -w 1 -q -o "$work/data/one.ncx" "$file"
say "one process: $(stat -c %s "$work/data/one.ncx") bytes, $(sha256sum < "$work/data/one.ncx" | cut -c1-16)"

cd "$work/data"
read -r array join < <("$here/slurm-submit.sh" "$file" 8 -n 1 --output="$work/data/%x-%a.log")
say "submitted: array $array, join $join"
killed=
for _ in $(seq 200); do
  running=$(squeue -h -t R -o %K -j "$array" | sort -n | tail -1)
  # In the middle: the task has begun to write its part.
  if [ -n "$running" ] && ls -A "$work/data" | grep -q '^\.' && [ ! -e "$file.part-$running-of-8.ncx" ]; then
    scontrol requeue "${array}_$running"
    killed=$running
    say "killed in the middle and requeued: task $killed"
    break
  fi
  sleep 0.1
done
[ -n "$killed" ] || { say "no task could be killed in the middle"; exit 1; }
shown=
for _ in $(seq 600); do
  # A requeued job is held back for two minutes from its first start.
  scontrol update jobid="${array}_$killed" starttime=now 2>/dev/null || true
  state=$(squeue -h -o '%T' -j "$array,$join" 2>/dev/null | sort | uniq -c | tr -s ' \n' ' ')
  [ "$state" = "$shown" ] || say "queue:${state:- empty}"
  shown=$state
  [ -z "$state" ] && break
  sleep 1
done
cat "$work"/data/nacrith-*.log | grep -v ' left at ' | sed "s#$work/data/##" | sort
cmp "$file.ncx" "$work/data/one.ncx"
say "joined: $(stat -c %s "$file.ncx") bytes, $(sha256sum < "$file.ncx" | cut -c1-16), equal to the archive of one process"

sbatch --wait --array=0-3 -n 1 --output="$work/data/d-%a.log" "$here/decompress.sbatch" "$file.ncx" "$work/data/back" > /dev/null
cat "$work"/data/d-*.log | sed "s#$work/data/##"
[ "$(sha256sum < "$work/data/back")" = "$expected" ]
say "decompressed by an array of four tasks: SHA-256 equal to that of the content"

rm "$file.ncx"
"$here/parallel.sh" "$file" 3 -j 2
cmp "$file.ncx" "$work/data/one.ncx"
say "GNU parallel, three parts: equal to the archive of one process"
