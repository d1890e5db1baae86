using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// Turns off the telemetry of ONNX Runtime. The release libraries for Linux and macOS write a device id and an event
/// store under ~/.cache/Microsoft and upload from there, starting when their environment is created: before
/// OrtEnv.DisableTelemetryEvents can be called. Only an environment variable, set earlier, turns off all of it.
/// </summary>
internal static partial class TelemetryOptOut
{
    /// <summary>The native library reads it once, when it creates its environment.</summary>
    internal const string Variable = "ORT_DISABLE_TELEMETRY";

    // A module initializer, because no code of this assembly, and so no session, can run before it.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Must precede every use of the native library.")]
    internal static void Apply()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Windows builds write to the system's event tracing and upload nothing.
        }

        // Environment.SetEnvironmentVariable changes .NET's copy of the environment, not what getenv returns.
        const int Overwrite = 1;
        _ = SetEnvironment(Variable, "1", Overwrite);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
