using System.Runtime.InteropServices;

namespace NacrithOnnx.Train.Native;

/// <summary>
/// Makes TorchSharp's native library load on Debian 12. It was linked against GCC 13's libstdc++ and asks for one symbol
/// of version GLIBCXX_3.4.32; Debian 12 ends at 3.4.30. That symbol only forces the initialisation of iostreams, which
/// older versions do by themselves.
/// </summary>
internal static class TorchLibrary
{
    private const string FileName = "libLibTorchSharp.so";

    private const string NewestVersion = "GLIBCXX_3.4.32";

    /// <summary>Call before anything of TorchSharp is used. Changes the copy in the build's output, once.</summary>
    public static void Prepare()
    {
        var path = Path.Combine(AppContext.BaseDirectory, FileName);
        if (!OperatingSystem.IsLinux() || !File.Exists(path) || SystemProvidesNewestVersion())
        {
            return;
        }

        var library = File.ReadAllBytes(path);
        if (!StandardLibraryDependency.Relax(library))
        {
            return;
        }

        // A process that runs keeps the file that it has mapped; a rename does not touch it.
        var temporary = FormattableString.Invariant($"{path}.{Environment.ProcessId}");
        File.WriteAllBytes(temporary, library);
        File.Move(temporary, path, overwrite: true);
    }

    private static bool SystemProvidesNewestVersion()
    {
        if (!NativeLibrary.TryLoad("libstdc++.so.6", out var handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        var maps = File.ReadLines("/proc/self/maps")
            .FirstOrDefault(line => line.Contains("/libstdc++.so.6", StringComparison.Ordinal));
        var path = maps?[maps.IndexOf('/', StringComparison.Ordinal)..];
        return path is not null
            && File.ReadAllBytes(path).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(NewestVersion)) >= 0;
    }
}
