#!/usr/bin/env bash
# What texts of each kind become, with each of the given models and with xz -9e: a Markdown table of bytes, where each
# number behind the first model's is also compared with it.
# Usage: benchmarks/kinds.sh NACRITH MODEL...      NACRITH is the program, each MODEL a folder such as models/onnx.
# The texts come from Debian 12 packages and from this repository's history; none is in the training's texts. Needs apt.
set -eu
bytes=20480
repository=$(cd "$(dirname "$0")/.." && pwd)
program=$(realpath "$1"); shift
models=(); for model in "$@"; do models+=("$(realpath "$model")"); done
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
mkdir "$folder/packages" "$folder/texts"

cd "$folder/packages"
apt-get download -qq anarchism debian-faq-fr fail2ban fortunes-de fortunes-es fortunes-ru fortunes-zh \
    libpython3.11-testsuite node-commander node-lodash ntpsec-doc python3-docutils python3-statsmodels tmux xkb-data \
    2> /dev/null
for package in *.deb; do dpkg-deb -x "$package" .; done

# The first 20 KiB of what standard input has, without a character cut at the end.
take() {
    head -c $bytes | iconv -c -f utf-8 -t utf-8 > "$folder/texts/$1" 2> /dev/null || :
    [ "$(wc -c < "$folder/texts/$1")" -gt $((bytes - 4)) ] || { echo "kinds.sh: no text for $1" >&2; exit 1; }
}

python=usr/lib/python3/dist-packages
git -C "$repository" show 66b8e73:src/Runtime/Frame/TextCoder.cs 66b8e73:src/Runtime/Tokenize/Tokenizer.cs \
    66b8e73:src/Runtime/Bytes/BytePredictor.cs 66b8e73:src/Runtime/NacrithCodec.cs | take 'C#'
zcat usr/share/doc/anarchism/markdown/sec[ABC]*.md.gz | take 'Markdown, essays'
tail -c +200000 "$repository/tests/texts/enwik8-first-512k" | take 'encyclopedia markup'
take Python < $python/docutils/writers/manpage.py
take JavaScript < usr/share/nodejs/lodash/lodash.js
zcat usr/share/doc/node-commander/Readme.md.gz | take 'Markdown, manual'
zcat usr/share/man/man1/tmux.1.gz | take 'man page'
take JSON < usr/share/nodejs/lodash-cli/npm-shrinkwrap.json
take CSV < $python/statsmodels/datasets/star98/star98.csv
take XML < usr/share/X11/xkb/rules/evdev.xml
take HTML < usr/share/doc/ntpsec-doc/html/ntp_conf.html
take log < $python/fail2ban/tests/files/logs/sshd
cat usr/lib/python3.11/test/test_email/data/msg_??.txt | take e-mail
take German < usr/share/games/fortunes/de/zitate
zcat usr/share/doc/debian/FAQ/debian-faq.fr.txt.gz | take French
take Spanish < usr/share/games/fortunes/es/varios.fortunes
take Russian < usr/share/games/fortunes/ru/education
take Chinese < usr/share/games/fortunes/tang300
tail -c +60000 "$repository/tests/texts/alice29.txt" | take 'English, a book'
tail -c +80000 "$repository/tests/texts/asyoulik.txt" | take 'English, a play'

cd "$folder/texts"
printf '| Kind | xz -9e |'
for model in "${models[@]}"; do printf ' %s |' "$(sed -n 's/^ *"name": "\(.*\)".*/\1/p' "$model/manifest.json")"; done
printf '\n| --- | ---: |'
printf ' ---: |%.0s' "${models[@]}"
echo
for text in *; do
    printf '| %s | %s |' "$text" "$(xz -9e -c "$text" | wc -c)"
    first=
    for model in "${models[@]}"; do
        size=$("$program" --model "$model" -c "$text" | wc -c)
        printf ' %s' "$size"
        [ -z "$first" ] || awk -v a="$first" -v b="$size" 'BEGIN { printf " (%+.1f %%)", 100 * (b - a) / a }'
        printf ' |'
        first=${first:-$size}
    done
    echo
done
