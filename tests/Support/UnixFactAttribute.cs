namespace NacrithOnnx.Tests.Support;

/// <summary>A test of signals, permissions or devices that Windows does not have.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    /// <summary>Skips on Windows.</summary>
    public UnixFactAttribute()
    {
        Skip = OperatingSystem.IsWindows() ? "Needs a Unix." : null;
    }
}
