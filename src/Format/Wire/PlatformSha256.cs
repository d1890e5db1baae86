using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NacrithOnnx.Format;

/// <summary>
/// The system's SHA-256, several times as fast as portable code because .NET cannot reach the SHA instructions of x86
/// processors. On Linux it is OpenSSL's, and .NET ends the process where it finds no OpenSSL: so look first.
/// </summary>
internal static class PlatformSha256
{
    /// <summary>The library that .NET loads. It takes 1.0 and 1.1 too, which are out of support.</summary>
    private const string OpenSsl = "libssl.so.3";

    private static readonly Lazy<bool> Available = new(
        () => !OperatingSystem.IsLinux() || NativeLibrary.TryLoad(OpenSsl, out _));

    /// <summary>Starts a hash; null where the system has none.</summary>
    public static IncrementalHash? TryCreate() =>
#pragma warning disable RS0030 // This is the one place that has looked.
        Available.Value ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
#pragma warning restore RS0030
}
