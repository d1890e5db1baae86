using System.Globalization;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Tests.Cli;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Reliability;

/// <summary>
/// The program with the real codec in a separate process, limited to 4 MiB, with archives made to take more. The test
/// compares its peak resident memory with that of a process that decodes ten bytes.
/// </summary>
public sealed class HostileMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Limit = 4 << 20;

    /// <summary>Less than the 64 MiB that any unchecked allocation below would take.</summary>
    private const int Slack = 32 << 20;

    /// <summary>What a limit of 4 MiB leaves for the content of a frame.</summary>
    private const int FrameContent = Limit / 16;

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [LinuxFact]
    public void Memory_stays_below_the_limit_whatever_an_archive_promises()
    {
        var usual = Peak("ten bytes", StoredCodec.Compress("ten bytes."u8), code: 0);
        AssertBounded("content at the limit", BytesFrame(FrameContent), 0);
        AssertBounded("content above the limit", BytesFrame(FrameContent + 1), 2);
        AssertBounded("64 MiB promised", Start().Head(1, ArchiveForge.DataMap("x"u8.ToArray()), 1 << 26).Bytes, 2);
        AssertBounded("4 MiB promised in a small archive", ArchiveForge.Small([0, .. ArchiveForge.Varint(1 << 22)], [], []), 2);
        AssertBounded("4 MiB in a small archive", ArchiveForge.Small(new byte[1 << 22]), 2);
        AssertBounded("64 MiB stored", Start().Stored(new byte[1 << 26]).End(new byte[1 << 26], 1).Bytes, 2);
        AssertBounded("64 MiB of padding", [.. StoredCodec.Compress("x"u8), .. new byte[1 << 26]], 0);
        AssertBounded("64 MiB of a foreign frame", Start().Frame(0x40, [], new byte[1 << 26]).End([], 0).Bytes, 0);
        AssertBounded("an index of 64 MiB", Start().Stored("x"u8.ToArray()).Head(2, [], 1 << 26).Append(new byte[1 << 26]).Bytes, 2);
        AssertBounded("20,000 archives", [.. Enumerable.Repeat(StoredCodec.Compress([]), 20_000).SelectMany(archive => archive)], 0);

        void AssertBounded(string what, byte[] archive, int code)
        {
            var peak = Peak(what, archive, code);
            Assert.True(peak <= usual + Limit + Slack, $"{what}: {peak >> 20} MiB, where {usual >> 20} are usual");
        }
    }

    private static ArchiveForge Start() => new ArchiveForge().Header([]);

    /// <summary>Zeros for the byte coder: the cheapest way to declare much content.</summary>
    private static byte[] BytesFrame(int length)
    {
        var content = new byte[length];
        var payload = ByteCoder.Compress(content, ByteCoderSettings.Default);
        using var archive = new MemoryStream();
        using var writer = new ContainerWriter(archive);
        writer.WriteHeader(new() { Profile = 2 });
        writer.WriteFrame(new()
        {
            Original = content,
            Regions = [new(RegionKind.Bytes, 0, length)],
            Profile = 2,
            BytesPayload = payload,
        });
        writer.WriteEnd();
        return archive.ToArray();
    }

    private long Peak(string what, byte[] archive, int code)
    {
        _host.Write("a.ncx", archive);
        // What counts is memory in use. The collector lets garbage grow with the processor's cache: 20,000 archives peak at
        // 75 MiB by default on a Xeon, at 47 MiB with a young generation of 4 MiB.
        var result = ChildProcess.Run(_host, $"""
            export DOTNET_GCgen0size=0x400000
            export {TestEntryPoint.RealCodecVariable}=1 {TestEntryPoint.PeakVariable}='{_host.PathOf("peak")}'
            nacrith --model '{TinyModel.Codec.Folder}' -M {Limit} -dc a.ncx > /dev/null
            """);
        Assert.True(code == result.Code, $"{what}: exit code {result.Code}: {result.Error}");
        var peak = File.ReadAllText(_host.PathOf("peak")).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
        output.WriteLine($"{what}: {archive.Length} bytes, exit code {code}, {peak} KiB at most");
        return long.Parse(peak, CultureInfo.InvariantCulture) << 10;
    }
}
