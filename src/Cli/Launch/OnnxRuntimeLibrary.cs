using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli.Launch;

/// <summary>
/// ONNX Runtime's library where it is packed behind the program. A system loads libraries from files only. On Linux
/// that is a file in memory, so that the program runs where it can write nothing; elsewhere, and where Linux forbids it,
/// the library is unpacked once below <see cref="UnpackFolders"/>.
/// </summary>
internal static class OnnxRuntimeLibrary
{
    /// <summary>Name under which managed code asks for it.</summary>
    private const string ImportName = "onnxruntime";

    /// <summary>Ending of a file that is packed compressed.</summary>
    private const string Compressed = ".lz4";

    private static readonly Lock Gate = new();
    private static nint _handle;

    private static string FileName => OperatingSystem.IsWindows() ? "onnxruntime.dll"
        : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib"
        : "libonnxruntime.so";

    /// <summary>Loads it if the program has it packed; else .NET finds it beside the program.</summary>
    /// <exception cref="EnvironmentException">It cannot be unpacked or loaded.</exception>
    public static void Load(IHost host)
    {
        lock (Gate)
        {
            if (_handle == 0 && host.Pack is { } pack
                && pack.TryGet(FileName + Compressed, out var file, out var sha256))
            {
                _handle = Load(new PackedLibrary(FileName, file, sha256), host);
                OrtEnv.DisableDllImportResolver = true;
                NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, Resolve);
                NativeLibrary.SetDllImportResolver(typeof(NacrithCodec).Assembly, Resolve);
            }
        }
    }

    private static nint Load(PackedLibrary library, IHost host)
    {
        if (OperatingSystem.IsLinux() && MemoryFile.TryLoad(library, out var handle))
        {
            return handle;
        }

        return UnpackedLibrary.Load(library, UnpackFolders.List(host));
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths) =>
        name == ImportName ? _handle : 0;
}
