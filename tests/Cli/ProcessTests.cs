using System.Diagnostics;
using System.Text;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

/// <summary>What only a process of its own can show: signals, pipes, devices, terminals.</summary>
public sealed class ProcessTests : IDisposable
{
    /// <summary>Long enough that the work outlasts every test; each frame of 4 KiB takes this many milliseconds.</summary>
    private const int Slow = 20;

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Output_to_a_file_leaves_the_file_where_the_next_program_goes_on()
    {
        var result = ChildProcess.Run(_host, "{ echo before; nacrith --help | head -1; nacrith --help; echo after; } > log; wc -l < log; tail -1 log; head -1 log; nacrith --help | wc -l");

        Assert.Equal(0, result.Code);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("after", lines[1]);
        Assert.Equal("before", lines[2]);
        Assert.Equal(int.Parse(lines[0]), int.Parse(lines[3]) + 3);
    }

    [Fact]
    public void A_process_compresses_and_decompresses()
    {
        _host.Write("a", "content");

        var result = ChildProcess.Run(_host, "nacrith a && rm a && nacrith -d a.ncx && nacrith -dc < a.ncx && cat a | nacrith | nacrith -d");

        Assert.Equal((0, "contentcontent", string.Empty), result);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void A_signal_removes_the_temporary_file_and_keeps_the_old_one(string signal, int code) => Interrupt(signal, code);

    [NeedsTheory]
    [InlineData("QUIT", 131)]
    [InlineData("USR1", 138)]
    [InlineData("USR2", 140)]
    [InlineData("ALRM", 142)]
    [InlineData("XCPU", 152)]
    [InlineData("VTALRM", 154)]
    [InlineData("PROF", 155)]
    [InlineData("IO", 157)]
    public void So_does_every_other_that_would_end_the_program(string signal, int code) => Interrupt(signal, code);

    private void Interrupt(string signal, int code)
    {
        _host.Write("a", new byte[4 << 20]);
        _host.Write("a.ncx", "old");
        var random = new Random(code);
        foreach (var delay in (int[])[0, random.Next(300)])
        {
            using var process = ChildProcess.Start(_host, $"exec {ChildProcess.Signalled} -f a", Slow);
            WaitForTemporaryFile();
            Thread.Sleep(delay);
            Send(signal, process);

            Assert.Equal((code, string.Empty, string.Empty), ChildProcess.Finish(process));
            Assert.Equal(["a", "a.ncx"], _host.Names());
            Assert.Equal("old"u8.ToArray(), _host.Read("a.ncx"));
        }
    }

    [Fact]
    public void A_signal_ends_a_read_that_waits_forever()
    {
        using var process = ChildProcess.Start(_host, $"exec {ChildProcess.Signalled} -o b.ncx");
        WaitForTemporaryFile();
        Send("TERM", process);

        Assert.Equal(143, ChildProcess.Finish(process).Code);
        Assert.Empty(_host.Names());
    }

    [Fact]
    public void A_killed_process_leaves_the_old_file()
    {
        _host.Write("a", new byte[4 << 20]);
        _host.Write("a.ncx", "old");
        using var process = ChildProcess.Start(_host, $"exec {ChildProcess.Signalled} -f a", Slow);
        WaitForTemporaryFile();
        process.Kill();

        Assert.Equal(137, ChildProcess.Finish(process).Code);
        Assert.Equal("old"u8.ToArray(), _host.Read("a.ncx"));
        Assert.Equal(new byte[4 << 20], _host.Read("a"));
    }

    [Fact]
    public void A_closed_pipe_ends_the_work_quietly_and_early()
    {
        _host.WriteArchive("a.ncx", new byte[4 << 20]);
        var clock = Stopwatch.StartNew();

        // All 1024 frames would take 20 seconds.
        var result = ChildProcess.Run(_host, "{ nacrith -dc a.ncx; echo $? >&2; } | head -c 10 | wc -c", Slow);

        Assert.Equal((0, "10", "0"), (result.Code, result.Output.Trim(), result.Error.Trim()));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData("nacrith -c a > /dev/full")]
    [InlineData("nacrith -o /dev/full a")]
    [InlineData("nacrith --help > /dev/full")]
    [InlineData("nacrith -l b.ncx > /dev/full")]
    public void A_full_disk_is_an_error(string script)
    {
        _host.Write("a", new byte[100_000]);
        _host.WriteArchive("b.ncx", new byte[100_000]);

        var result = ChildProcess.Run(_host, script);

        Assert.Equal(1, result.Code);
        Assert.Contains("No space left on device", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    [Fact]
    public void A_device_is_written_to_and_not_replaced()
    {
        _host.Write("a", "content");

        Assert.Equal(0, ChildProcess.Run(_host, "nacrith -f -o /dev/null a && test -c /dev/null").Code);
    }

    [Fact]
    public void A_folder_that_may_not_be_written_to_is_an_error()
    {
        _host.Write("a", "content");

        // /proc refuses even root.
        var result = ChildProcess.Run(_host, "nacrith -o /proc/a.ncx a");

        Assert.Equal(1, result.Code);
        Assert.StartsWith("nacrith: /proc/a.ncx: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void While_it_is_written_a_file_is_for_its_owner_alone()
    {
        var file = _host.Write("a", new byte[4 << 20]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
        }

        using var process = ChildProcess.Start(_host, $"exec {ChildProcess.Signalled} a", Slow);
        var temporary = WaitForTemporaryFile();
        var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(temporary);
        Send("TERM", process);
        ChildProcess.Finish(process);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public void On_a_terminal_an_archive_is_refused_and_progress_is_drawn()
    {
        _host.Write("a", new byte[1 << 18]);

        var refused = Script("nacrith -c a");
        var drawn = Script("nacrith a");

        Assert.Contains("not written to a terminal", refused, StringComparison.Ordinal);
        Assert.Contains("tokens/s", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain("tokens/s", Script("nacrith --no-progress -f a"), StringComparison.Ordinal);
    }

    private string Script(string command)
    {
        File.WriteAllText(_host.PathOf("run.sh"), $"nacrith() {{ {ChildProcess.Command} \"$@\"; }}\n{command}\n", new UTF8Encoding(false));
        return ChildProcess.Run(_host, "script -qec 'sh run.sh' /dev/null < /dev/null", Slow).Output;
    }

    private string WaitForTemporaryFile()
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(20))
        {
            if (Directory.GetFiles(_host.Files, ".nacrith-*") is [string path, ..])
            {
                return path;
            }

            Thread.Sleep(10);
        }

        throw new TimeoutException("No temporary file has appeared.");
    }

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]);
        kill.WaitForExit();
    }
}
