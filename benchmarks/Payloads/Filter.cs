using System.Diagnostics;

namespace NacrithOnnx.Payloads;

/// <summary>Another compressor, run as a program.</summary>
internal static class Filter
{
    /// <summary>Bytes that it makes of a file.</summary>
    public static long Length(string program, string options, string file)
    {
        using var process = Process.Start(new ProcessStartInfo(program, $"{options} -c -q \"{file}\"") { RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Length : throw new InvalidOperationException($"{program} failed with {file}");
    }
}
