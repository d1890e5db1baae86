using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NacrithOnnx.Runtime.Onnx;

namespace NacrithOnnx.Tests.Onnx;

public sealed partial class TelemetryOptOutTests
{
    [Fact]
    public void The_native_library_sees_the_opt_out_before_any_session_can_exist()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // What the first use of any type of the assembly does.
        RuntimeHelpers.RunModuleConstructor(typeof(TelemetryOptOut).Module.ModuleHandle);

        Assert.Equal("1", Marshal.PtrToStringUTF8(GetEnvironment(TelemetryOptOut.Variable)));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnvironment(string name);
}
