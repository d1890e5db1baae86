using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// Keeps ONNX Runtime from reporting about its use. The release libraries for Linux and macOS leave a device id and an
/// event store below ~/.cache/Microsoft and upload from there, beginning when their environment is created: before
/// OrtEnv.DisableTelemetryEvents can be called. The one complete switch is a variable that must be set earlier.
/// </summary>
internal static partial class TelemetryOptOut
{
    /// <summary>Read once, by the native library, at the creation of its environment.</summary>
    internal const string Variable = "ORT_DISABLE_TELEMETRY";

    // A module initializer, because no code of this assembly, hence no session, can run before it.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Must precede every use of the native library, whoever makes it.")]
    internal static void Apply()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Windows builds write to the system's own event tracing and upload nothing themselves.
        }

        // Environment.SetEnvironmentVariable would change .NET's copy of the environment and not what getenv returns.
        const int Overwrite = 1;
        _ = SetEnvironment(Variable, "1", Overwrite);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
