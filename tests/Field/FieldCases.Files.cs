namespace NacrithOnnx.Tests.Field;

/// <summary>Files, links, FIFOs, names and attributes.</summary>
internal static partial class FieldCases
{
    private static readonly FieldCase[] Outputs =
    [
        new("FIFO named with -o", "echo x > a; mkfifo p; cat p > got & nacrith -o p a && wait && nacrith -dc < got", Output: "x\n"),
        new("FIFO under the usual name", "echo x > a; mkfifo a.ncx; nacrith a", 1, Error: "nacrith: a.ncx: already exists and is kept; use -f to replace it\n"),
        new("FIFO under the usual name, -f", "echo x > a; mkfifo a.ncx; cat a.ncx > got & nacrith -f a && wait && nacrith -dc < got; test -p a.ncx && echo kept", Output: "x\nkept\n"),
        new("device stays one", "echo x > a; nacrith -f -o /dev/null a && test -c /dev/null && ls", Output: "a\n"),
        new("--rm to a device", "echo x > a; nacrith --rm -o /dev/null a", 1, Error: "nacrith: /dev/null: is not a regular file, which --rm and --verify need\n"),
        new("--verify to a descriptor", "echo x > a; nacrith --verify -o /dev/stdout a", 1, Error: "nacrith: /dev/stdout: is not a regular file, which --rm and --verify need\n"),
        new("dangling link", "echo x > a; ln -s nowhere a.ncx; nacrith a; echo $?; readlink a.ncx", Output: "1\nnowhere\n", Error: "nacrith: a.ncx: already exists and is kept; use -f to replace it\n"),
        new("dangling link, -f", "echo x > a; ln -s nowhere a.ncx; nacrith -f a; test -L a.ncx || nacrith -dc a.ncx; ls", Output: "x\na\na.ncx\n"),
        new("-f replaces a link and not what it leads to", "echo old > target; echo x > a; ln -s target a.ncx; nacrith -f a; cat target; nacrith -dc a.ncx", Output: "old\nx\n"),
        new("link to itself", "echo x > a; ln -s a a.ncx; nacrith -f a; echo $?; cat a", Output: "1\nx\n", Error: "nacrith: a.ncx: is the input itself\n"),
        new("hard link to itself", "echo x > a; ln a b; nacrith -f -o b a; echo $?; cat a", Output: "1\nx\n", Error: "nacrith: b: is the input itself\n"),
        new("itself by another path", "mkdir d; echo x > a; nacrith -f -o d/../a a; echo $?; cat a", Output: "1\nx\n", Error: "nacrith: d/../a: is the input itself\n"),
        new("the dictionary", "echo words > d; echo x > a; nacrith -D d -f -o d a; echo $?; nacrith -D d -f --report d -c a; echo $?; cat d", Output: "1\n1\nwords\n", Error: "nacrith: d: is another input\nnacrith: d: is another input\n"),
        new("the archive as the file that parts share", "head -c 90 /dev/urandom > a; nacrith a; cp a.ncx b; ln a.ncx l; nacrith -d -f --part 1/1 -o a.ncx a.ncx; nacrith -d -f --part 1/2 -o l a.ncx; cmp a.ncx b && echo kept", Output: "kept\n", Error: "nacrith: a.ncx: is another input\nnacrith: l: is another input\n"),
        new("a device as the file that parts share", "echo x > a; nacrith a; nacrith -d --part 1/1 -o /dev/null a.ncx; nacrith -d --part 1/1 -o no/x a.ncx", 1, Error: "nacrith: /dev/null: is not a regular file, which --part needs\nnacrith: no/x: no such file or folder\n"),
        new("joining to the only part", "echo x > a; nacrith a; nacrith --join -f -o ./a.ncx a.ncx", 1, Error: "nacrith: ./a.ncx: is another input\n"),
        new("message without --message", "echo x > a; nacrith --message a; nacrith -d a.ncm; echo $?; nacrith a; mv a.ncx .ncx; nacrith -d .ncx", 1, Output: "1\n", Error: "nacrith: a.ncm: has the name of a message; use --message\nnacrith: .ncx: has no name before .ncx; name the output with -o or -c\n"),
        new("folder as dictionary", "echo x > a; nacrith -D . a", 1, Error: "nacrith: .: is a folder; -D takes one file\n"),
        new("range beyond the content", "echo x > a; nacrith a; nacrith -dc --range 0,2 a.ncx; nacrith -dc --range 1,5 a.ncx; nacrith -dc --range 7,1 a.ncx; echo $?", Output: "x\n\n0\n", Error: "nacrith: a.ncx: the content ends before the range: 1 of 5 bytes written\nnacrith: a.ncx: the content ends before the range: 0 of 1 bytes written\n"),
        new("another input", "echo x > a; nacrith -o a.ncx.ncx a; echo old > a.ncx; nacrith -df a.ncx.ncx a.ncx; cat a.ncx", Output: "old\n", Error: "nacrith: a.ncx: is another input\n*nacrith: 2 of 2 files failed\n"),
        new("two runs with -f at once", "echo x > a; nacrith -f a & nacrith -f a; echo $?; wait; nacrith -dc a.ncx; ls -A", Output: "0\nx\na\na.ncx\n", Delay: 300),
        new("two runs without -f at once", "echo x > a; nacrith a 2> e1 & nacrith a 2> e2; wait; cat e1 e2; nacrith -dc a.ncx; rm e1 e2; ls -A", Output: "nacrith: a.ncx: *x\na\na.ncx\n", Delay: 300),
        new("missing output folder", "echo x > a; nacrith -o no/b.ncx a", 1, Error: "nacrith: no/b.ncx: no such file or folder\n"),
        new("file in place of the output folder", "echo x > a; nacrith -o a/b.ncx a", 1, Error: "nacrith: a/b.ncx: no such file or folder\n"),
        new("folder as output", "mkdir d; echo x > a; nacrith -f -o d a", 1, Error: "nacrith: d: is a folder\n"),
        new("failure keeps the old file and names the input", "echo old > a; echo no archive > a.ncx; nacrith -df a.ncx; cat a; ls -A", Output: "old\na\na.ncx\n", Error: "nacrith: a.ncx: the input is not an .ncx archive\n"),
        new("missing input keeps the output, -f", "echo old > a; nacrith -df a.ncx; cat a", Output: "old\n", Error: "nacrith: a.ncx: no such file or folder\n"),
        new("from standard input a file gets the usual permissions", "umask 022; echo x | nacrith -o a.ncx; stat -c %a a.ncx", Output: "644\n"),
        new("set-user-id is not passed on", "echo x > a; chmod 4755 a; nacrith a; stat -c %a a.ncx", Output: "755\n"),
        new("holes", "head -c 10000000 /dev/zero > a; echo x >> a; nacrith a; nacrith -d -o b a.ncx; cmp a b && stat -c %s b; test $(du -k b | cut -f1) -lt 100 && echo holes", Output: "10000002\nholes\n"),
        new("file of holes alone", "truncate -s 1000000 a; nacrith a; nacrith -d -o b a.ncx; cmp a b && stat -c %s b", Output: "1000000\n"),
        new("name of 251 bytes", "n=$(printf %0251d 0); echo x > $n; nacrith $n; ls | wc -l", Output: "2\n"),
        new("name of 255 bytes", "n=$(printf %0255d 0); echo x > $n; nacrith $n", 1, Error: "nacrith: 0*0.ncx: File name too long\n"),
        new("what killed runs have left is removed", "echo x > a; echo junk > .nacrith-1-00000000.tmp; nacrith a; ls -A", Output: "a\na.ncx\n"),
        new("what living runs write is kept", "head -c 400000 /dev/zero > a; nacrith a & sleep 1; echo x > b; nacrith b; wait; nacrith -dc a.ncx | cmp - a && ls -A", Output: "a\na.ncx\nb\nb.ncx\n", Delay: 20),
    ];

    private static readonly FieldCase[] Sources =
    [
        new("--rm of a symbolic link", "echo x > a; ln -s a l; nacrith --rm l; ls", Output: "a\nl\n", Error: "nacrith: l: is a symbolic link; --rm needs the file itself\n"),
        new("--rm of a FIFO", "mkfifo p; nacrith --rm p; ls", Output: "p\n", Error: "nacrith: p: is not a regular file; --rm is refused\n"),
        new("--rm of a file with two names", "echo x > a; ln a b; nacrith --rm a; ls", Output: "a\nb\n", Error: "nacrith: a: has 2 names (hard links), of which --rm would remove one; use -f\n"),
        new("--rm of a file with two names, -f", "echo x > a; ln a b; nacrith -f --rm a; ls", Output: "a.ncx\nb\n"),
        new("--rm before and after the name", "echo x > a; echo x > b; nacrith --rm a; nacrith b --rm; ls", Output: "a.ncx\nb.ncx\n"),
        new("--rm with -t removes nothing", "echo x > a; nacrith a; nacrith -t --rm a.ncx; nacrith -l --rm a.ncx > log; ls", Output: "a\na.ncx\nlog\n"),
        new("link is followed without --rm", "echo x > a; ln -s a l; nacrith l; nacrith -dc l.ncx; ln -s l.ncx k; nacrith -dc k", Output: "x\nx\n"),
        new("FIFO as input", "mkfifo p; echo x > p & nacrith -c p | nacrith -dc", Output: "x\n"),
        new("device as input", "nacrith /dev/zero; echo $?; nacrith -r /dev/null", 1, Output: "1\n", Error: "nacrith: /dev/zero: is a device; name the output with -o or -c\nnacrith: /dev/null: is a device; name the output with -o or -c\n"),
        new("device as input with -c and -o", "nacrith -c /dev/null | nacrith -dc | wc -c; nacrith -o a /dev/null; nacrith -dc a | wc -c", Output: "0\n0\n"),
        new("--rm before and after -c", "echo x > a; nacrith --rm -c a > b; echo $?; nacrith -c --rm a > b; echo $?; cat a", Output: "1\n1\nx\n", Error: "nacrith: --rm needs an output file (see nacrith --help)\nnacrith: --rm needs an output file (see nacrith --help)\n"),
        new("empty file", ": > a; nacrith a; nacrith -dc a.ncx | wc -c; nacrith -c < a | nacrith -dc | wc -c", Output: "0\n0\n"),
        new("empty file as archive", ": > a.ncx; nacrith -d a.ncx; ls", Output: "a.ncx\n", Error: "nacrith: a.ncx: *empty*\n"),
        new("link that leads to itself", "ln -s a a; nacrith a", 1, Error: "nacrith: a: Too many levels of symbolic links\n"),
        new("locked by somebody", "echo x > a; flock a sh -c 'sleep 2' & sleep 0.5; nacrith a; nacrith -dc a.ncx", Output: "x\n"),
        new("/proc file of size 0", "nacrith -c /proc/version | nacrith -dc | cmp - /proc/version && echo same", Output: "same\n"),
        new("grows while it is read", "head -c 400000 /dev/zero > a; { sleep 1; echo more >> a; } & nacrith a; nacrith -dc a.ncx | cmp - a && echo same", Output: "same\n", Error: "nacrith: a: changed while it was read; the archive holds what was read\n", Delay: 20),
        new("shrinks while it is read", "head -c 400000 /dev/zero > a; { sleep 1; truncate -s 1000 a; } & nacrith a; nacrith -t a.ncx && echo fine", Output: "fine\n", Error: "nacrith: a: changed while it was read; the archive holds what was read\n", Delay: 20),
        new("changes before --rm", "head -c 400000 /dev/zero > a; { sleep 1; echo more >> a; } & nacrith --rm a; echo $?; ls", Output: "1\na\na.ncx\n", Error: "nacrith: a: changed while it was read and is kept\n", Delay: 10),
        new("nanoseconds", "echo x > a; touch -d '2001-02-03 04:05:06.123456789 UTC' a; nacrith a; test ! a -nt a.ncx && test ! a.ncx -nt a && echo same", Output: "same\n"),
        new("before 1970", "echo x > a; touch -d @-5.25 a; nacrith a; test ! a -nt a.ncx && test ! a.ncx -nt a && echo same", Output: "same\n"),
        new("time beyond year 9999", "echo x > a; touch -d @999999999999 a; nacrith a; nacrith -df a.ncx; cat a", Output: "x\n"),
        new("time in the future", "echo x > a; touch -d 2099-01-01 a; nacrith a; test ! a -nt a.ncx && test ! a.ncx -nt a && echo same", Output: "same\n"),
        new("missing input", "nacrith d/a", 1, Error: "nacrith: d/a: no such file or folder\n"),
        new("folder as input", "mkdir d; nacrith d", 1, Error: "nacrith: d: is a folder; use -r for the files in it, or tar(1) for one archive\n"),
        new("read-only input", "echo x > a; chmod 400 a; nacrith a && nacrith -dc a.ncx && stat -c %a a.ncx", Output: "x\n400\n"),
    ];

    private static readonly FieldCase[] Names =
    [
        new("not UTF-8", "n=$(printf 'caf\\351'); echo x > $n; nacrith $n; rm $n; nacrith -d $n.ncx; cat $n; ls | wc -l", Output: "x\n2\n"),
        new("not UTF-8, two names", "echo 1 > $(printf '\\351'); echo 2 > $(printf '\\352'); nacrith $(printf '\\351 \\352'); for f in *.ncx; do nacrith -dc $f; done", Output: "1\n2\n"),
        new("not UTF-8, -o", "echo x > a; nacrith -o $(printf '\\377.ncx') a; LC_ALL=C ls | od -An -c | tr -d ' \\n'", Output: "a\\n377.ncx\\n"),
        new("not UTF-8, missing", "nacrith $(printf 'caf\\351')", 1, Error: "nacrith: caf\\xE9: no such file or folder\n"),
        new("not UTF-8, beside U+FFFD", "echo x > $(printf '\\357\\277\\275'); nacrith $(printf '\\351'); nacrith $(printf '\\357\\277\\275'); ls | wc -l", Output: "2\n", Error: "nacrith: \\xE9: no such file or folder\n"),
        new("not UTF-8, folder", "d=$(printf 'd\\351'); mkdir $d; echo x > $d/a; nacrith $d/a; nacrith -dc $d/a.ncx", Output: "x\n"),
        new("not UTF-8, current folder", "d=$(printf 'd\\351'); mkdir $d; cd $d; echo x > a; nacrith a; nacrith -dc a.ncx; ls", Output: "x\na\na.ncx\n"),
        new("not UTF-8, tree", "d=$(printf 'd\\351'); mkdir $d; echo x > $d/$(printf '\\351'); nacrith -r $d; nacrith -dcr $d", Output: "x\n"),
        new("not UTF-8, model folder", "m=$(printf 'm\\351'); mkdir $m; echo {} > $m/manifest.json; echo x > a; nacrith --model $m a; nacrith --model ./$m -dc a.ncx", Output: "x\n"),
        new("not UTF-8, list", "n=$(printf '\\351'); echo x > $n; nacrith $n; nacrith -l --json $n.ncx", Output: "{\"file\":\"\\\\xE9.ncx\",*}\n"),
        new("dash", "echo x > -a; nacrith -- -a; nacrith -dc ./-a.ncx; ls", Output: "x\n-a\n-a.ncx\n"),
        new("dash without --", "echo x > -b; nacrith -b", 1, Error: "nacrith: unknown option '-b'; a file of that name is written ./-b (see nacrith --help)\n"),
        new("file called -", "echo x > -; nacrith ./-; nacrith -dc ./-.ncx", Output: "x\n"),
        new("blanks and line ends", "n=$(printf 'a b\\nc'); echo x > \"$n\"; nacrith \"$n\"; nacrith -dc \"$n.ncx\"; nacrith -d \"$n.ncx\"", 1, Output: "x\n", Error: "nacrith: a b?c: already exists and is kept; use -f to replace it\n"),
        new("upper-case suffix", "echo x > I.TXT; nacrith -o I.TXT.NCX I.TXT; rm I.TXT; LC_ALL=tr_TR.UTF-8 nacrith -d I.TXT.NCX; cat I.TXT", Output: "x\n"),
        new("LC_ALL=C", "echo x > é; LC_ALL=C nacrith é; LC_ALL=C nacrith -v missing-é; LC_ALL=POSIX nacrith -dc é.ncx", Output: "x\n", Error: "nacrith: missing-é: no such file or folder\n"),
        new("numbers are the same in every country", "echo x > a; LC_ALL=de_DE.UTF-8 nacrith -v a", Error: "nacrith: a: 2 bytes of content, * (*.0 %), *.* s, * tokens/s\n"),
        new("text direction in a name", "nacrith $(printf 'a\\342\\200\\256b')", 1, Error: "nacrith: a?b: no such file or folder\n"),
        new("empty name", "nacrith ''", 1, Error: "nacrith: a file name is empty (see nacrith --help)\n"),
    ];

    private static readonly FieldCase[] Owners =
    [
        new("root keeps owner and group", "echo x > a; chown 1000:4 a; chmod 640 a; nacrith a; stat -c '%u:%g %a' a.ncx; nacrith -df a.ncx; stat -c '%u:%g %a' a", Output: "1000:4 640\n1000:4 640\n"),
        new("a group that cannot be kept gets no more than others", """
            mkdir d; chmod 755 .. .; echo x > d/a; chown 65534:4 d d/a; chmod 640 d/a
            cat > run.sh <<END
            $RUN d/a
            chmod 664 d/a; $RUN -f d/a -o d/b
            END
            setpriv --reuid=65534 --regid=65534 --clear-groups sh run.sh
            stat -c '%u:%g %a' d/a.ncx d/b
            """, Output: "65534:65534 600\n65534:65534 644\n"),
        new("output folder without permission", """
            mkdir d; chmod 755 .. .; echo x > a; chmod 555 d
            setpriv --reuid=65534 --regid=65534 --clear-groups $RUN -o d/b a
            """, 1, Error: "nacrith: d/b: permission denied\n"),
        new("input without permission", """
            chmod 755 .. .; echo x > a; chmod 000 a
            setpriv --reuid=65534 --regid=65534 --clear-groups $RUN -c a
            """, 1, Error: "nacrith: a: permission denied\n"),
    ];
}
