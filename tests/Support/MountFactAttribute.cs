using System.Diagnostics;

namespace NacrithOnnx.Tests.Support;

/// <summary>A test that mounts a small file system in its own namespace; skipped if that is not permitted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(Probe);

    /// <summary>Tries once whether mounting works.</summary>
    public MountFactAttribute()
    {
        Skip = CanMount.Value ? null : "Needs unshare(1) and permission to mount.";
    }

    private static bool Probe()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            string[] command = ["-rm", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", Path.GetTempPath()];
            using var process = Process.Start(new ProcessStartInfo("unshare", command) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
