#!/usr/bin/env bash
# Runs the released programs on other processors, emulated or with instructions switched off, and writes what happened
# into the table of docs/portability.md. Each row: golden archives decoded; a text, and data that is no text, compressed,
# their archives compared with those made here, and decompressed again.
#
# Usage: build/matrix.sh --fresh           publishes the programs, then runs all rows
#        build/matrix.sh [--fresh] [ROW]...  only those named; build/matrix.sh --list names them. An interrupted run is
#                                          taken up again by naming the rows that are missing. A row that is older than
#                                          the program is not run yet.
#
#   BYTES=N     length of the text in rows that run natively (4096) ...
#   SLOW=N      ... and in emulated ones (400): the model is some hundred times as slow there
#   GOLDEN=N    native rows decode the golden archives of at most N bytes (all of them) ...
#   SLOW_GOLDEN=N  ... and emulated ones these (350)
#
# Needs build/publish.sh linux-x64, and for their rows linux-arm64, win-x64, qemu-user, wine64, and
# libc6-arm64-cross libstdc++6-arm64-cross libgcc-s1-arm64-cross. A row for which something is missing says so.
set -euo pipefail
cd "$(dirname "$0")/.."

rows=(native no-avx512 no-avx2 no-intrinsics threads-1 threads-2 threads-3 threads-8
    nehalem haswell skylake x64-max cortex-a72 neoverse-n1 arm64-max wine)
if [[ ${1-} == --list ]]; then
    printf '%s\n' "${rows[@]}"
    exit
fi

if [[ ${1-} == --fresh ]]; then
    for rid in linux-x64 linux-arm64 win-x64; do
        build/publish.sh "$rid"
    done
    shift
fi

bytes=${BYTES:-4096} slow=${SLOW:-400} golden_limit=${GOLDEN:-999999999} slow_limit=${SLOW_GOLDEN:-350}
text=tests/texts/alice29.txt prose=1500
data=models/onnx/tokenizer.bin data_bytes=6000
work=$PWD/artifacts/matrix
version=$(dotnet msbuild src/Cli -getProperty:Version)
mkdir -p "$work"

program() { echo "$PWD/artifacts/publish/nacrith-$1/nacrith-$version-$1/nacrith${2-}"; }
x64=$(program linux-x64)
arm64=$(program linux-arm64)
windows=$(program win-x64 .exe)
wine=$(command -v wine64 || echo /usr/lib/wine/wine64) # Debian's has no link.
[[ -x $x64 ]] || { echo "matrix.sh: build/publish.sh linux-x64 has not run" >&2; exit 1; }

hash() { sha256sum | cut -c 1-16; }

# A C library and a description of the processor, without which ONNX Runtime does not start.
arm_root() {
    local root=$work/root-$1 part=0xd0c more=" atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp"
    [[ $1 != cortex-a72 ]] || part=0xd08 more=
    if [[ ! -d $root ]]; then
        cp -a /usr/aarch64-linux-gnu "$root"
        mkdir -p "$root/proc" "$root/sys/devices/system/cpu"
        echo 0-1 | tee "$root/sys/devices/system/cpu/possible" > "$root/sys/devices/system/cpu/present"
        for processor in 0 1; do
            printf 'processor\t: %s\nFeatures\t: fp asimd evtstrm aes pmull sha1 sha2 crc32%s\n' "$processor" "$more"
            printf 'CPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: %s\nCPU revision\t: 0\n\n' "$part"
        done > "$root/proc/cpuinfo"
    fi
    echo "$root"
}

# Linux grants the tiles of AMX to a process that asks for them, Windows to every one. ONNX Runtime's library for Windows
# does not ask, and Wine neither, so that its first product would be an illegal instruction.
amx_permission() {
    [[ -e $work/amx.so ]] || cc -shared -fPIC -x c -o "$work/amx.so" - << 'END' || true
#include <sys/syscall.h>
#include <unistd.h>
__attribute__((constructor)) static void ask(void) { syscall(SYS_arch_prctl, 0x1023, 18); }
END
    echo "$work/amx.so"
}

x64_on() { echo qemu-x86_64 -cpu "$1" "$x64"; }
arm64_on() { echo qemu-aarch64 -L "$(arm_root "$1")" -E LD_LIBRARY_PATH=/lib -cpu "$1" "$arm64"; }
processor() { sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1; }

# Sets what a row is called, how it is run, and whether that is slow.
describe() {
    emulated=true
    case $1 in
        native) title="$(processor)" run="$x64" emulated=false ;;
        no-avx512) title="the same without AVX-512" run="env DOTNET_EnableAVX512=0 $x64" emulated=false ;;
        no-avx2) title="the same without AVX2" run="env DOTNET_EnableAVX2=0 $x64" emulated=false ;;
        no-intrinsics) title="the same without any vector instruction" run="env DOTNET_EnableHWIntrinsic=0 $x64" emulated=false ;;
        threads-*) title="the same, ${1#threads-} thread(s)" run="env NACRITH_THREADS=${1#threads-} $x64" emulated=false ;;
        nehalem) title="Nehalem (SSE4.2), emulated" run=$(x64_on Nehalem) ;;
        haswell) title="Haswell (AVX2), emulated" run=$(x64_on Haswell) ;;
        skylake) title="Skylake-Server, emulated" run=$(x64_on Skylake-Server) ;;
        x64-max) title="all that QEMU has for x64, emulated" run=$(x64_on max) ;;
        cortex-a72) title="Cortex-A72 (no dot product), emulated" run=$(arm64_on cortex-a72) ;;
        neoverse-n1) title="Neoverse N1 (dot product), emulated" run=$(arm64_on neoverse-n1) ;;
        arm64-max) title="all that QEMU has for ARM64 (i8mm, SVE), emulated" run=$(arm64_on max) ;;
        # Wine 8 cannot map code that was compiled ahead (error 0x80070057), so everything is compiled at the start.
        wine) title="Windows program under Wine" run="env WINEDEBUG=-all WINEPREFIX=$work/wine DOTNET_ReadyToRun=0 LD_PRELOAD=$(amx_permission) $wine $windows" ;;
        *) echo "matrix.sh: there is no row $1" >&2; exit 1 ;;
    esac
}

missing() {
    local -a words
    read -ra words <<< "$run"
    for word in "${words[@]}"; do
        case $word in
            env | -* | *=* | Nehalem | Haswell | Skylake-Server | max | cortex-a72 | neoverse-n1 | "$work"*) ;;
            *) command -v "$word" > /dev/null || [[ -e $word ]] || { echo "$word"; return; } ;;
        esac
    done
}

# Writes a file of standard input, and what this machine makes of it, which every row must make too.
reference() {
    cat > "$1"
    [[ $1.ncx -nt $x64 ]] || "$x64" -qc "$1" > "$1.ncx"
}

# A file through the program of a row and back: sets archive and back, the hashes of what came out, and note if one differs.
trip() {
    $run -qc "$2" < /dev/null > "$work/$1.out" || return 1
    archive=$(hash < "$work/$1.out")
    cmp "$work/$1.out" "$2.ncx" || note="**another archive**"
    $run -qdc "$2.ncx" < /dev/null > "$work/$1.out" || return 1
    back=$(hash < "$work/$1.out")
    cmp "$work/$1.out" "$2" || note="**another content**"
}

row() {
    local length=$bytes most=$golden_limit good=0 all=0 archive back note=same golden content coded
    if $emulated; then length=$slow most=$slow_limit; fi
    reference "$work/text-$length" < <(tail -c +"$prose" "$text" | head -c "$length")
    reference "$work/data" < <(head -c "$data_bytes" "$data")
    for golden in golden/good-*.ncx; do
        all=$((all + 1))
        if (($(stat -c %s "$golden") <= most)); then
            content=$work/${golden##*/}.content
            [[ $content -nt $x64 && $content -nt $golden ]] || "$x64" -qdc "$golden" > "$content" || return 1
            $run -qdc "$golden" < /dev/null > "$work/$1.out" || return 1
            cmp "$content" "$work/$1.out" || return 1
            good=$((good + 1))
        fi
    done
    trip "$1" "$work/data" || return 1
    coded="\`$archive\`"
    trip "$1" "$work/text-$length" || return 1
    echo "| $title | $good of $all | $length | \`$archive\` | \`$back\` | $coded | $note |" > "$work/$1.row"
}

for name in "${@:-${rows[@]}}"; do
    [[ -n $name ]] || continue
    describe "$name"
    absent=$(missing)
    if [[ -n $absent ]]; then
        echo "| $title | | | | | | not run: no ${absent##*/} |" > "$work/$name.row"
    elif ! row "$name"; then
        echo "| $title | | | | | | **failed** |" > "$work/$name.row"
    fi
    cat "$work/$name.row"
done

# The table, between its two marks.
{
    echo "| Processor | Golden archives | Text, bytes | Archive | Content | Archive of data | |"
    echo "| --- | ---: | ---: | --- | --- | --- | --- |"
    for name in "${rows[@]}"; do
        describe "$name"
        if [[ $work/$name.row -nt $x64 ]]; then cat "$work/$name.row"; else echo "| $title | | | | | | not run |"; fi
    done
} > "$work/table"
awk -v table="$work/table" '
    /^<!-- matrix -->$/ { print; while ((getline line < table) > 0) print line; skip = 1; next }
    /^<!-- end of matrix -->$/ { skip = 0 }
    !skip' docs/portability.md > "$work/portability.md"
mv "$work/portability.md" docs/portability.md
