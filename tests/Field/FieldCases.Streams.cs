namespace NacrithOnnx.Tests.Field;

/// <summary>Standard streams that are closed, full, appended to or non-blocking.</summary>
internal static partial class FieldCases
{
    private const string NoInput = "nacrith: standard input: is closed\n";

    private const string NoOutput = "nacrith: standard output: is closed\n";

    private static readonly FieldCase[] Closed =
    [
        new("closed input", "nacrith <&-", 1, Error: NoInput),
        new("closed input, decompress", "nacrith -d <&-", 1, Error: NoInput),
        new("closed input, test", "nacrith -t <&-", 1, Error: NoInput),
        new("closed input, list", "nacrith -l <&-", 1, Error: NoInput),
        new("closed input that is not needed", "echo x > a; nacrith a <&- && nacrith -dc a.ncx", Output: "x\n"),
        new("closed output", "echo x > a; nacrith -c a >&-", 1, Error: NoOutput),
        new("closed output, help", "nacrith --help >&-", 1, Error: NoOutput),
        new("closed output, version", "nacrith -V >&-", 1, Error: NoOutput),
        new("closed output, list", "echo x > a; nacrith a; nacrith -l a.ncx >&-", 1, Error: NoOutput),
        new("closed input and output", "echo x > a; nacrith -c a <&- >&-", 1, Error: NoOutput),
        new("closed output that is not needed", "echo x > a; nacrith a >&-; nacrith -dc a.ncx", Output: "x\n"),
        new("closed error, failure", "nacrith missing 2>&-", 1),
        new("closed error, success", "echo x > a; nacrith -v a 2>&-; ls", Output: "a\na.ncx\n"),
        new("full error", "nacrith missing 2> /dev/full", 1),
        new("all closed, failure", "nacrith <&- >&- 2>&-", 1),
        new("all closed, success", "echo x > a; nacrith a <&- >&- 2>&-; nacrith -dc a.ncx", Output: "x\n"),
        new("a file is not opened as standard error", "echo x > a; nacrith -vv a missing <&- >&- 2>&-; echo $?; nacrith -dc a.ncx", Output: "1\nx\n"),
        new("reader that goes away", "head -c 4000000 /dev/zero > a; nacrith a; { nacrith -dc a.ncx; echo $? >&2; } | head -c 1 | wc -c", Output: "1\n", Error: "0\n"),
        new("FIFO whose reader goes away", "mkfifo p; head -c 4000000 /dev/zero > a; head -c 1 < p > /dev/null & nacrith -o p a", 1, Error: "nacrith: p: Broken pipe\n"),
        new("appended with -c", "echo x > a; echo begin > log; nacrith -c a >> log; head -1 log; tail -n +2 log | nacrith -dc", Output: "begin\nx\n"),
        new("appended with -o /dev/stdout", "echo x > a; echo begin > log; nacrith -o /dev/stdout a >> log; head -1 log; tail -n +2 log | nacrith -dc", Output: "begin\nx\n"),
        new("-o /dev/stdout after others", "echo x > a; nacrith a; { echo begin; nacrith -d -o /dev/stdout a.ncx; echo end; } > log; cat log", Output: "begin\nx\nend\n"),
        new("-o /dev/fd/3", "echo x > a; { nacrith -o /dev/fd/3 a; } 3> out; nacrith -dc < out", Output: "x\n"),
        new("-o /proc/self/fd/1", "echo x > a; nacrith -o /proc/self/fd/1 a | nacrith -dc", Output: "x\n"),
        new("-o /dev/stderr", "echo x > a; nacrith a; nacrith -d -o /dev/stderr a.ncx", Error: "x\n"),
        new("a descriptor of the runtime is not an output", "echo x > a; nacrith -f -o /dev/fd/3 a", 1, Error: "nacrith: /dev/fd/3: is not open\n"),
        new("closed output by name", "echo x > a; nacrith -o /dev/stdout a >&-", 1, Error: "nacrith: /dev/stdout: is not open\n"),
        new("closed input by name", "nacrith -c /dev/stdin <&-", 1, Error: "nacrith: /dev/stdin: is not open\n"),
        new("input from a descriptor", "echo x > a; nacrith -c /dev/fd/3 3< a | nacrith -dc", Output: "x\n"),
        new("input from /dev/stdin", "echo x | nacrith -c /dev/stdin | nacrith -dc /dev/stdin", Output: "x\n"),
        new("output to its own input", "echo x > a; nacrith -c a >> a; echo $?; cat a", Output: "1\nx\n", Error: "nacrith: standard output: is the input itself\n"),
        new("output to /dev/full", "echo x > a; nacrith -c a > /dev/full", 1, Error: "nacrith: standard output: No space left on device\n"),
        new("output by name to /dev/full", "echo x > a; nacrith -o /dev/full a", 1, Error: "nacrith: /dev/full: No space left on device\n"),
        new("-dc into a pipe keeps zeros", "head -c 100000 /dev/zero > a; nacrith a; nacrith -dc a.ncx | cmp - a && echo same", Output: "same\n"),
    ];

    private static readonly FieldCase[] Descriptors =
    [
        new("non-blocking pipes", """
            cat > run.py <<'END'
            import fcntl, os, subprocess, sys, threading, time
            def pipe(end):
                ends = os.pipe()
                fcntl.fcntl(ends[end], fcntl.F_SETFL, os.O_NONBLOCK)
                return ends
            program = sys.argv[1:]
            (source, feed), (drain, sink) = pipe(0), pipe(1)
            child = subprocess.Popen(program, stdin=source, stdout=sink)
            os.close(source); os.close(sink)
            content = bytes(range(256)) * 2000
            def write():
                for start in range(0, len(content), 64000):
                    os.write(feed, content[start:start + 64000]); time.sleep(0.02)
                os.close(feed)
            threading.Thread(target=write).start()
            time.sleep(0.5)
            archive = b''
            while piece := os.read(drain, 5000):
                archive += piece
            code = child.wait()
            back = subprocess.run(program + ['-d'], input=archive, stdout=subprocess.PIPE).stdout
            print(code, back == content)
            END
            python3 run.py $RUN
            """, Output: "0 True\n"),
        new("ends by the signal that stopped it", """
            head -c 4000000 /dev/zero > a
            cat > run.py <<'END'
            import signal, subprocess, sys, time
            for number in signal.SIGINT, signal.SIGTERM:
                child = subprocess.Popen(sys.argv[1:] + ['a'])
                time.sleep(1)
                child.send_signal(number)
                print(child.wait() == -number)
            END
            python3 run.py $RUN; ls -A
            """, Output: "True\nTrue\na\nrun.py\n", Delay: 20),
        new("an access control list is not copied and opens nothing", """
            echo x > a; chmod 640 a
            cat > run.py <<'END'
            import os, struct
            rows = [(1, 6, -1), (2, 4, 1000), (4, 0, -1), (16, 4, -1), (32, 0, -1)]
            os.setxattr('a', 'system.posix_acl_access', struct.pack('<I', 2) + b''.join(struct.pack('<HHi', *row) for row in rows))
            END
            python3 run.py && stat -c %a a && nacrith a && stat -c %a a.ncx
            """, Output: "640\n600\n"),
        new("sockets as standard streams", """
            cat > run.py <<'END'
            import socket, subprocess, sys
            ours, theirs = socket.socketpair()
            child = subprocess.Popen(sys.argv[1:], stdin=theirs, stdout=theirs)
            theirs.close()
            ours.sendall(b'content'); ours.shutdown(socket.SHUT_WR)
            archive = b''
            while piece := ours.recv(4096):
                archive += piece
            print(child.wait(), subprocess.run(sys.argv[1:] + ['-d'], input=archive, stdout=subprocess.PIPE).stdout)
            END
            python3 run.py $RUN
            """, Output: "0 b'content'\n"),
    ];
}
