using System.Diagnostics;
using NacrithOnnx.Tests.Golden;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

/// <summary>
/// The program as shipped, with the real model, in processes without some instruction sets: all make the same archive,
/// and each decodes it.
/// </summary>
public sealed class InstructionSetTests : IDisposable
{
    /// <summary>About 600 tokens; without any vectors they take 12 s.</summary>
    private const int Length = 2000;

    /// <summary>Decoding goes token by token, so its text is shorter.</summary>
    private const int ShortLength = 300;

    /// <summary>Twenty times what the slowest takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly byte[] Text = File.ReadAllBytes(
        Path.Combine(Repository.Root, "tests", "texts", "alice29.txt"))[..Length];

    /// <summary>Settings of the runtime, each with a number of threads; the first two disable nothing.</summary>
    private static readonly (string Name, string Value, string Threads)[] Machines =
    [
        ("DOTNET_EnableHWIntrinsic", "1", "-T1"),
        ("DOTNET_EnableHWIntrinsic", "1", "-T2"),
        ("DOTNET_EnableAVX512", "0", "-T2"),
        ("DOTNET_EnableAVX2", "0", "-T2"),
        ("DOTNET_EnableHWIntrinsic", "0", "-T2"),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_text_gives_one_archive_everywhere()
    {
        _folder.Write("text", Text);
        _folder.Write("short", Text.AsSpan(0, ShortLength));

        var archives = Machines.Select(machine => Run(machine, "-c", "text")).ToList();

        Assert.InRange(archives[0].Length, 1, Length / 2);
        Assert.All(archives, archive => Assert.Equal(archives[0], archive));
        _folder.Write("short.ncx", Run(Machines[0], "-c", "short"));
        Assert.All(Machines, machine => Assert.Equal(Text[..ShortLength], Run(machine, "-dc", "short.ncx")));
    }

    /// <summary>Runs the program and returns its output.</summary>
    private byte[] Run((string Name, string Value, string Threads) machine, string mode, string file)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "nacrith.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", program, machine.Threads, mode, _folder.File(file)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[machine.Name] = machine.Value;
        start.Environment["NACRITH_MODEL"] = RealModel.Folder;
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        var copy = process.StandardOutput.BaseStream.CopyToAsync(output);
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The program does not end under {machine.Name}={machine.Value}.");
        }

        copy.Wait();
        Assert.Equal((0, string.Empty), (process.ExitCode, error.Result));
        return output.ToArray();
    }
}
