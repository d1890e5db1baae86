using System.Diagnostics;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Cli;

/// <summary>
/// The program as a process, ended by KILL, INT, TERM and HUP at random points from before its start to after its end. At every
/// one the source is there, or its whole replacement; under the final name is the old file, nothing, or the whole new one.
/// </summary>
public sealed class InterruptionTests : IDisposable
{
    private const int Runs = 100;

    /// <summary>Frames of 4 KiB at this many milliseconds: about as long as a process takes to start.</summary>
    private const int FrameDelay = 2;

    private static readonly byte[] Content = [.. Enumerable.Range(0, 16 * FakeCodec.FrameLength).Select(i => (byte)(i * i >> 3))];
    private static readonly byte[] Old = "old"u8.ToArray();
    private static readonly string[] Signals = ["KILL", "INT", "TERM", "HUP"];

    private readonly TestHost _host = new();
    private readonly ITestOutputHelper _output;
    private readonly byte[] _archive;

    public InterruptionTests(ITestOutputHelper output)
    {
        _output = output;
        _host.WriteArchive("sample", Content);
        _archive = _host.Read("sample");
    }

    public void Dispose() => _host.Dispose();

    [UnixFact]
    public void A_hundred_interruptions_lose_nothing()
    {
        var random = new Random(FuzzBudget.Seed);
        Prepare(compresses: true, removes: true);
        var clock = Stopwatch.StartNew();
        Run("--rm a", "CONT", TimeSpan.Zero);
        var longest = clock.Elapsed;
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var run = 0; run < Runs; run++)
        {
            var signal = Signals[run % Signals.Length];
            var compresses = run / 4 % 2 == 0;
            var removes = run / 8 % 2 == 0;
            var delay = longest * random.NextDouble();
            Prepare(compresses, removes);
            var arguments = (compresses ? string.Empty : "-d ") + (removes ? "--rm " : "-f ") + (compresses ? "a" : "a.ncx");
            var code = Run(arguments, signal, delay);
            var outcome = Check(compresses, removes, signal, code, $"run {run}, {signal} after {delay.TotalMilliseconds:F1} ms, nacrith {arguments}");

            // The longest delay follows the machine, so that most signals come in time and some too late.
            longest *= code == 0 ? 0.85 : 1.05;
            outcomes[$"{signal}: {outcome}"] = outcomes.GetValueOrDefault($"{signal}: {outcome}") + 1;
        }

        _output.WriteLine($"Seed {FuzzBudget.Seed}: {Runs} runs, the last within {longest.TotalMilliseconds:F0} ms.");
        foreach (var (outcome, count) in outcomes)
        {
            _output.WriteLine($"{outcome}: {count}");
        }
    }

    private void Prepare(bool compresses, bool removes)
    {
        foreach (var path in Directory.GetFiles(_host.Files))
        {
            File.Delete(path);
        }

        _host.Write(compresses ? "a" : "a.ncx", compresses ? Content : _archive);
        if (!removes)
        {
            _host.Write(compresses ? "a.ncx" : "a", Old);
        }
    }

    private int Run(string arguments, string signal, TimeSpan delay)
    {
        using var process = ChildProcess.Start(_host, $"exec {ChildProcess.Signalled} {arguments}", FrameDelay);
        process.StandardInput.Close();
        Thread.Sleep(delay);
        using (var kill = Process.Start(new ProcessStartInfo("/bin/kill", [$"-{signal}", $"{process.Id}"]) { RedirectStandardError = true })!)
        {
            kill.WaitForExit();
        }

        return ChildProcess.Finish(process).Code;
    }

    private string Check(bool compresses, bool removes, string signal, int code, string what)
    {
        var (source, target) = compresses ? ("a", "a.ncx") : ("a.ncx", "a");
        var wanted = compresses ? _archive : Content;
        var names = _host.Names();
        var found = names.Contains(target) ? _host.Read(target) : null;
        var isNew = found is not null && found.AsSpan().SequenceEqual(wanted);
        var isOld = removes ? found is null : found is not null && found.AsSpan().SequenceEqual(Old);
        Assert.True(isNew || isOld, $"{what}: the file under the final name is neither the old one nor the whole new one");

        var isSourceThere = names.Contains(source);
        Assert.True(isSourceThere || (removes && isNew), $"{what}: the source is gone");
        Assert.True(
            !isSourceThere || _host.Read(source).AsSpan().SequenceEqual(compresses ? Content : _archive),
            $"{what}: the source has changed");
        Assert.True(code != 0 || (isNew && isSourceThere != removes), $"{what}: exit code 0 without the work done");

        string[] left = [.. names.Except([source, target])];
        Assert.True(left.All(name => name.StartsWith(".nacrith-", StringComparison.Ordinal)), $"{what}: foreign files");
        Assert.True(signal == "KILL" || left.Length == 0, $"{what}: a temporary file is left");
        var number = signal switch { "KILL" => 9, "INT" => 2, "TERM" => 15, _ => 1 };
        Assert.True(code == 0 || code == 128 + number, $"{what}: exit code {code}");
        return (code == 0 ? "done before" : isNew ? "ended, new file" : "ended, old state") + (left.Length > 0 ? ", temporary file left" : string.Empty);
    }
}
