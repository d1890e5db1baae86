using System.Diagnostics;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

/// <summary>The program with the fake codec, in a separate process started by a shell.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Command line of the program, for a shell.</summary>
    public static string Command => $"'{Environment.ProcessPath}' exec '{typeof(ChildProcess).Assembly.Location}'";

    /// <summary>
    /// The same, with no signal ignored. The program inherits ignored signals from the tests, for example INT in a
    /// background job.
    /// </summary>
    public static string Signalled => OperatingSystem.IsLinux() ? $"env --default-signal {Command}" : Command;

    /// <summary>Starts a shell script, in which $N runs the program and exec $N replaces the shell with it.</summary>
    public static Process Start(TestHost host, string script, int frameDelay = 0)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"nacrith() {{ {Command} \"$@\"; }}\n{script}"])
        {
            WorkingDirectory = host.Files,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["NACRITH_MODEL"] = Path.Combine(host.BaseFolder, "models", "onnx");
        start.Environment[TestEntryPoint.DelayVariable] = frameDelay.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    public static (int Code, string Output, string Error) Run(TestHost host, string script, int frameDelay = 0)
    {
        using var process = Start(host, script, frameDelay);
        process.StandardInput.Close();
        return Finish(process);
    }

    public static (int Code, string Output, string Error) Finish(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("The program does not end.");
        }

        return (process.ExitCode, output.Result, error.Result);
    }
}
