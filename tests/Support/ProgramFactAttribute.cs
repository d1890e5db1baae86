namespace NacrithOnnx.Tests.Support;

/// <summary>A test that needs a program of the system.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    /// <summary>Skips where the program is not installed.</summary>
    public ProgramFactAttribute(string program)
    {
        Program = program;
        Skip = IsInstalled(program) ? null : $"{program} is not installed.";
    }

    /// <summary>Name of the program.</summary>
    public string Program { get; }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program))
        .Any(path => File.Exists(path) || File.Exists(path + ".exe"));
}
