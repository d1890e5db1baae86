using System.Globalization;
using NacrithOnnx.Tests.Cli;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Reliability;

/// <summary>
/// The program from standard input to standard output, with the real codec in separate processes: its memory does not
/// depend on the length of the input. The bytes are random, so that the model is not used; garbage collection is not
/// concurrent, as in the program itself.
/// </summary>
public sealed class StreamMemoryTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>Enough frames for every buffer to have its full size, and for the garbage collector to settle.</summary>
    private const int Short = 60 << 20;

    private const int Long = 156 << 20;

    /// <summary>A tenth of what a copy of the input would take; the garbage collector varies by a few MiB.</summary>
    private const long Slack = (Long - Short) / 10;

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [LinuxFact]
    public void Memory_does_not_grow_with_the_input() => Compare(workers: 1, Slack);

    /// <summary>With several frames in memory, what the garbage collector leaves varies by some 30 MiB.</summary>
    [LinuxFact]
    public void Memory_of_two_workers_does_not_grow_with_the_input() => Compare(workers: 2, 5 * Slack);

    private void Compare(int workers, long slack)
    {
        var (shortThere, shortBack) = Peaks(Short, workers);
        var (longThere, longBack) = Peaks(Long, workers);

        Assert.True(longThere <= shortThere + slack, $"compressing: {longThere >> 20} MiB, then {shortThere >> 20}");
        Assert.True(longBack <= shortBack + slack, $"decompressing: {longBack >> 20} MiB, then {shortBack >> 20}");
    }

    private (long There, long Back) Peaks(int length, int workers)
    {
        var result = ChildProcess.Run(_host, $"""
            export {TestEntryPoint.RealCodecVariable}=1 DOTNET_gcConcurrent=0
            head -c {length} /dev/urandom > content
            (export {TestEntryPoint.PeakVariable}=there; nacrith --model '{TinyModel.Codec.Folder}' -w {workers} -c < content) |
            (export {TestEntryPoint.PeakVariable}=back; nacrith --model '{TinyModel.Codec.Folder}' -w {workers} -dc) |
            cmp - content
            """);

        Assert.True(result.Code == 0, $"exit code {result.Code}: {result.Output}{result.Error}");
        var (there, back) = (Peak("there"), Peak("back"));
        output.WriteLine($"{length >> 20} MiB: {there >> 20} MiB there, {back >> 20} MiB back");
        return (there, back);
    }

    private long Peak(string file)
    {
        var line = File.ReadAllText(_host.PathOf(file));
        return long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
