namespace NacrithOnnx.Tests.Field;

/// <summary>Several inputs, foreign inputs, signals, limits, containers and terminals.</summary>
internal static partial class FieldCases
{
    private static readonly FieldCase[] Several =
    [
        new("several with -c", "echo 1 > a; echo 2 > b; nacrith -c a b | nacrith -dc", Output: "1\n2\n"),
        new("several with -dc", "echo 1 > a; echo 2 > b; nacrith a b; nacrith -dc a.ncx b.ncx", Output: "1\n2\n"),
        new("several with -o", "echo 1 > a; echo 2 > b; nacrith -o c a b; echo $?; ls", Output: "1\na\nb\n", Error: "nacrith: -o takes one input, so that nothing is overwritten (see nacrith --help)\n"),
        new("- among files", "echo 1 > a; echo 2 | nacrith a - > out; nacrith -dc a.ncx; nacrith -dc < out", Output: "1\n2\n"),
        new("same input twice", "echo x > a; nacrith a a; echo $?; nacrith -dc a.ncx", Output: "1\nx\n", Error: "nacrith: a.ncx: already exists and is kept; use -f to replace it\nnacrith: 1 of 2 files failed\n"),
        new("same input twice, -f", "echo x > a; nacrith -f a a && nacrith -dc a.ncx", Output: "x\n"),
        new("same input twice, --rm", "echo x > a; nacrith --rm a a; ls", Output: "a.ncx\n", Error: "nacrith: a: no such file or folder\nnacrith: 1 of 2 files failed\n"),
        new("tree", "mkdir -p d/e; echo 1 > d/a; echo 2 > d/e/b; ln -s a d/l; mkfifo d/p; nacrith -r d; find d -name '*.ncx' | sort; nacrith -dcr d", Output: "d/a.ncx\nd/e/b.ncx\n1\n2\n"),
        new("tree of archives is passed over", "mkdir d; echo 1 > d/a; nacrith -r d && rm d/a && nacrith -r d; ls d", Output: "a.ncx\n"),
        new("tree, decompress", "mkdir -p d/e; echo 1 > d/a; echo 2 > d/e/b; nacrith -r --rm d; nacrith -dr --rm d; find d -type f | sort", Output: "d/a\nd/e/b\n"),
        new("tree, test and list", "mkdir d; echo 1 > d/a; echo 2 > d/b; nacrith -r d; nacrith -tr d && nacrith -lr d | wc -l", Output: "4\n"),
        new("tree with a damaged archive goes on", "mkdir d; echo 1 > d/b; nacrith d/b; rm d/b; echo junk > d/a.ncx; nacrith -dr d; echo $?; cat d/b", Output: "2\n1\n", Error: "nacrith: d/a.ncx: the input is not an .ncx archive\nnacrith: 1 of 2 files failed\n"),
        new("tree with a circle of links", "mkdir -p d/e; echo 1 > d/e/a; ln -s .. d/e/up; nacrith -r -f d; find d -name '*.ncx'", Output: "d/e/a.ncx\n"),
        new("empty tree does not read standard input", "mkdir d; echo x | nacrith -r d | wc -c", Output: "0\n"),
        new("tree with -o", "mkdir d; nacrith -r -o x d", 1, Error: "nacrith: -r writes each output beside its input, so -o is refused (see nacrith --help)\n"),
        new("file with -r", "echo x > a; nacrith -r a; nacrith -dc a.ncx", Output: "x\n"),
        new("no question where nobody answers", "echo x > a; nacrith a; echo y | nacrith a; echo $?", Output: "1\n", Error: "nacrith: a.ncx: already exists and is kept; use -f to replace it\n"),
    ];

    private static readonly FieldCase[] Foreign =
    [
        new("-dcf passes on what is no archive", "echo x > a; nacrith -dcf a", Output: "x\n"),
        new("-dcf from a pipe", "echo x | nacrith -dcf", Output: "x\n"),
        new("-dcf of nothing", "nacrith -dcf < /dev/null"),
        new("-dcf of one byte", "printf x | nacrith -dcf", Output: "x"),
        new("-dcf of much", "head -c 3000000 /dev/urandom > a; cat a | nacrith -dcf | cmp - a && echo same", Output: "same\n"),
        new("-dcf of an archive", "echo x | nacrith | nacrith -dcf", Output: "x\n"),
        new("-dcf of several", "echo 1 > a; echo 2 > b; nacrith b; nacrith -dcf a b.ncx", Output: "1\n2\n"),
        new("-dcf of a damaged archive", "echo x | nacrith > a; truncate -s 12 a; nacrith -dcf a | wc -c", Output: "0\n", Error: "nacrith: a: *\n"),
        new("-dc of what is no archive", "echo x > a; nacrith -dc a", 2, Error: "nacrith: a: the input is not an .ncx archive\n"),
        new("-df of what is no archive", "echo x > a.ncx; nacrith -df a.ncx; echo $?; ls", Output: "2\na.ncx\n", Error: "nacrith: a.ncx: the input is not an .ncx archive\n"),
        new("bytes after an archive", "echo x | nacrith > a.ncx; echo junk >> a.ncx; nacrith -d a.ncx; echo $?; nacrith -d --ignore-trailing a.ncx; cat a", Output: "2\nx\n", Error: "nacrith: a.ncx: *\n"),
        new("zeros after an archive", "echo x | nacrith > a.ncx; head -c 5000 /dev/zero >> a.ncx; nacrith -dc a.ncx", Output: "x\n"),
        new("archive of a model that is not here, unread", "nacrith --model missing -dc a", 1, Error: "nacrith: a: no such file or folder\n"),
    ];

    private static readonly FieldCase[] Ends =
    [
        new("ignored HUP, as with nohup", "head -c 400000 /dev/zero > a; trap '' HUP; $RUN a & sleep 1; kill -HUP $!; wait $!; echo $?; nacrith -dc a.ncx | cmp - a && echo same", Output: "0\nsame\n", Delay: 20),
        new("ignored INT, as in the background", "head -c 400000 /dev/zero > a; $RUN a & sleep 1; kill -INT $!; wait $!; echo $?; nacrith -t a.ncx && echo fine", Output: "0\nfine\n", Delay: 20),
        new("stopped and continued", "head -c 400000 /dev/zero > a; $RUN a & sleep 1; kill -TSTP $!; sleep 1; kill -CONT $!; wait $!; nacrith -dc a.ncx | cmp - a && echo same", Output: "same\n", Delay: 20),
        new("file size limit", "head -c 6000000 /dev/zero > a; ulimit -f 10000; nacrith a; echo $?; ls -A", Output: "1\na\n", Error: "nacrith: a.ncx: file too large\n"),
        new("CPU time limit", "head -c 400000 /dev/zero > a; $RUN a & sleep 1; kill -XCPU $!; wait $!; echo $?; ls -A", Output: "152\na\n", Delay: 20),
    ];

    private static readonly FieldCase[] Limits =
    [
        new("address space", "echo x > a; ulimit -c unlimited; ulimit -v 400000; nacrith a 2> message; echo $?; test -s message && echo said; ls", Output: "137\nsaid\na\nmessage\n"),
        new("address space, warned of", "echo x > a; ulimit -v 3000000; nacrith a; nacrith -qdc a.ncx", Output: "x\n", Error: "nacrith: the address space is limited to 2.9 GiB (ulimit -v); text needs 3.7 GiB\n"),
        new("open files", "echo x > a; nacrith a; ulimit -n 200; nacrith -dc a.ncx a.ncx", Output: "x\nx\n"),
        new("no byte order mark before output", "LC_ALL=en_US.UTF-8 nacrith -V | head -c 7; LANG=en_US.UTF-16 nacrith -V | head -c 7", Output: "nacrithnacrith"),
        new("no home folder", "echo x > a; unset HOME; nacrith a && env -i NACRITH_MODEL=\"$NACRITH_MODEL\" $RUN -dc a.ncx", Output: "x\n"),
        new("temporary folder that is missing", "echo x > a; TMPDIR=/nowhere nacrith a && TMPDIR=/nowhere nacrith -dc a.ncx", Output: "x\n"),
        new("one processor of several", "echo x > a; taskset -c 0 $RUN -v -T64 a; ls", Output: "a\na.ncx\n", Error: "nacrith: -T64 is cut to 1, the processors available\nnacrith: a: *\n"),
    ];

    private static readonly FieldCase[] Containers =
    [
        new("first process", """
            head -c 400000 /dev/zero > a
            cat > run.sh <<END
            { sleep 2; kill -TERM 1; } & exec $RUN a
            END
            unshare -rpf --kill-child sh run.sh; echo $?; ls -A
            """, Output: "143\na\nrun.sh\n", Delay: 100),
    ];

    private static readonly FieldCase[] Terminals =
    [
        new("nothing is sent that is not asked for", "echo x > a; script -qec \"$RUN a\" /dev/null < /dev/null"),
        new("no archive to a terminal, by name", "echo x > a; script -qec \"$RUN -o /dev/stdout a\" /dev/null < /dev/null", 1, Output: "nacrith: a: an archive is not written to a terminal; use -o FILE, a pipe, -a or -f\r\n"),
        new("TERM=dumb", "head -c 1000000 /dev/zero > a; TERM=dumb script -qec \"$RUN a\" /dev/null < /dev/null", Delay: 10),
        new("narrow terminal", "head -c 1000000 /dev/zero > a; script -qec \"stty cols 20; $RUN a\" /dev/null < /dev/null | tr '\\r' '\\n' | awk 'length > 19 { print \"wide:\", $0 } /%/ { n++ } END { print (n > 2) }'", Output: "1\n", Delay: 10),
        new("the line is taken away", "head -c 1000000 /dev/zero > a; script -qec \"$RUN a\" /dev/null < /dev/null | tr '\\r' '\\n' | tail -n 1 | tr -d ' ' | wc -c", Output: "1\n", Delay: 10),
        new("settings of the terminal stay", "head -c 1000000 /dev/zero > a; script -qec \"stty -g > s1; $RUN a; stty -g > s2; cmp s1 s2 && echo same >&2\" /dev/null < /dev/null", Output: "same\r\n"),
        new("answer to the question", "echo x > a; echo old > a.ncx; (sleep 2; echo y; sleep 2) | script -qec \"$RUN a\" /dev/null | tr -d '\\r\\n'; nacrith -dc a.ncx", Output: "*nacrith: a.ncx already exists; replace it (y/n)? *x\n"),
    ];
}
