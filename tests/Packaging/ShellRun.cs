using System.Diagnostics;

namespace NacrithOnnx.Tests.Packaging;

/// <summary>Runs a program of the system.</summary>
internal static class ShellRun
{
    /// <summary>Runs it and returns what it wrote; fails with what it complained of.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {error.Result}{output}");
        return output;
    }
}
