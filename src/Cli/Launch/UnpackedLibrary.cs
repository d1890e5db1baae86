using System.Runtime.InteropServices;

namespace NacrithOnnx.Cli.Launch;

/// <summary>
/// A library unpacked into a folder named by its content, once for all versions of the program that have the same. Two
/// programs may do so at once: each writes a file of its own and renames it.
/// </summary>
internal static class UnpackedLibrary
{
    private const string Prefix = "onnxruntime-";

    /// <summary>Digits of the SHA-256 that name a library.</summary>
    private const int NameDigits = 16;

    /// <summary>Loads a library from the first folder that can be used, or from a temporary one.</summary>
    /// <exception cref="EnvironmentException">There is no folder to unpack it into, or it cannot be loaded.</exception>
    public static nint Load(PackedLibrary library, IReadOnlyList<string> folders)
    {
        List<string> reasons = [];
        foreach (var folder in folders)
        {
            try
            {
                return NativeLibrary.Load(InFolder(library, folder));
            }
            catch (Exception exception) when (IsReason(exception))
            {
                reasons.Add($"{folder}: {exception.Message}");
            }
        }

        try
        {
            return FromTemporaryFolder(library);
        }
        catch (Exception exception) when (IsReason(exception))
        {
            reasons.Add($"{Path.GetTempPath()}: {exception.Message}");
        }

        throw new EnvironmentException(
            $"there is no folder that ONNX Runtime can be unpacked into; name one with {UnpackFolders.Variable} "
            + $"that has {(library.ReadLength() >> 20) + 1} MiB free ({string.Join("; ", reasons)})");
    }

    private static bool IsReason(Exception exception) => exception is IOException or UnauthorizedAccessException
        or ArgumentException or NotSupportedException or DllNotFoundException or BadImageFormatException;

    private static string InFolder(PackedLibrary library, string folder)
    {
        var own = Path.Combine(folder, Prefix + library.Sha256[..NameDigits]);
        var path = Path.Combine(own, library.Name);
        if (new FileInfo(path) is { Exists: true } file && file.Length == library.ReadLength())
        {
            return path;
        }

        CreatePrivate(own);
        Write(library, path);
        RemoveOthers(folder, own);
        return path;
    }

    /// <summary>
    /// A folder with a name nobody can foresee, so that nobody else can have put a library there. Unix removes the
    /// file at once; Windows keeps a loaded one, so each start would leave a folder.
    /// </summary>
    private static nint FromTemporaryFolder(PackedLibrary library)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new NotSupportedException("a library in use cannot be deleted again");
        }

        var folder = Directory.CreateTempSubdirectory("nacrith-");
        try
        {
            var path = Path.Combine(folder.FullName, library.Name);
            Write(library, path);
            return NativeLibrary.Load(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(PackedLibrary library, string path)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                library.Unpack(file);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Removes what other versions unpacked; one that is in use stays where the system keeps it.</summary>
    private static void RemoveOthers(string folder, string own)
    {
        foreach (var other in Directory.EnumerateDirectories(folder, Prefix + "*"))
        {
            if (other != own)
            {
                try
                {
                    Directory.Delete(other, recursive: true);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // It is in use; the next version removes it.
                }
            }
        }
    }
}
