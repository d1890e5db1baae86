namespace NacrithOnnx.Tests.Support;

/// <summary>A theory of scripts that need Linux, and of some programs; skipped with the reason where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsTheoryAttribute : TheoryAttribute
{
    private const string Root = "root";

    /// <summary>Looks for the programs.</summary>
    /// <param name="needs">Names of programs; "root" for the right to give files away.</param>
    public NeedsTheoryAttribute(params string[] needs)
    {
        Needs = needs;
        var missing = needs.Where(need => need == Root ? !Environment.IsPrivilegedProcess : !IsInstalled(need)).ToList();
        Skip = !OperatingSystem.IsLinux() ? "Needs Linux." : missing.Count > 0 ? $"Needs {string.Join(", ", missing)}." : null;
    }

    public string[] Needs { get; }

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
