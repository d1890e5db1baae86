namespace NacrithOnnx.Tests.Support;

/// <summary>A test of what only Linux tells, such as /proc.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    /// <summary>Skips elsewhere.</summary>
    public LinuxFactAttribute()
    {
        Skip = OperatingSystem.IsLinux() ? null : "Needs Linux.";
    }
}
