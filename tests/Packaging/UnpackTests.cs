using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NacrithOnnx.Cli.Launch;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Tests.Cli;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Packaging;

/// <summary>A library that is packed behind the program gets into the process.</summary>
public sealed class UnpackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Cache => _folder.File("cache");

    [Fact]
    public void A_library_of_many_blocks_comes_back()
    {
        const int Length = (3 * PackedLibrary.BlockLength) + 5;
        var library = Enumerable.Range(0, Length).Select(i => (byte)(i * i >> 9)).ToArray();
        using (var target = File.OpenHandle(_folder.File("target"), FileMode.CreateNew, FileAccess.Write))
        {
            Packed(library).Unpack(target);
        }

        Assert.Equal(library, File.ReadAllBytes(_folder.File("target")));
    }

    [Fact]
    public void A_damaged_library_is_an_error_and_leaves_nothing()
    {
        var packed = PackedLibrary.Pack(RandomNumberGenerator.GetBytes(1000));
        packed[^1] ^= 1;
        packed = packed[..^1];

        var exception = Assert.Throws<EnvironmentException>(() => UnpackedLibrary.Load(Library(packed), [Cache]));
        Assert.Contains("damaged", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void It_is_unpacked_once_and_what_older_versions_left_is_removed()
    {
        var older = Directory.CreateDirectory(Path.Combine(Cache, "onnxruntime-0123456789abcdef")).FullName;
        var library = Packed(SmallLibrary());

        Assert.NotEqual(0, UnpackedLibrary.Load(library, [Cache]));
        var file = Assert.Single(Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories));
        var written = File.GetLastWriteTimeUtc(file);
        Assert.NotEqual(0, UnpackedLibrary.Load(library, [Cache]));

        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
        Assert.False(Directory.Exists(older));
        Assert.Equal(SmallLibrary(), File.ReadAllBytes(file));
    }

    [Fact]
    public void A_file_that_was_cut_is_unpacked_again()
    {
        var library = Packed(SmallLibrary());
        UnpackedLibrary.Load(library, [Cache]);
        var file = Assert.Single(Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories));
        File.Delete(file);
        File.WriteAllBytes(file, SmallLibrary()[..100]);

        Assert.NotEqual(0, UnpackedLibrary.Load(library, [Cache]));
        Assert.Equal(SmallLibrary(), File.ReadAllBytes(file));
    }

    [Fact]
    public void Many_may_unpack_it_at_once()
    {
        var library = Packed(SmallLibrary());

        Parallel.For(0, 16, _ => Assert.NotEqual(0, UnpackedLibrary.Load(library, [Cache])));

        Assert.Single(Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories));
    }

    [UnixFact]
    public void Without_a_folder_that_can_be_written_the_temporary_one_serves_and_is_left_clean()
    {
        _folder.Write("file", []);
        var before = Directory.GetDirectories(Path.GetTempPath(), "nacrith-*").Length;

        Assert.NotEqual(0, UnpackedLibrary.Load(Packed(SmallLibrary()), [Path.Combine(_folder.File("file"), "below")]));
        Assert.DoesNotContain(
            Directory.GetDirectories(Path.GetTempPath(), "nacrith-*").Skip(before),
            folder => File.Exists(Path.Combine(folder, "library")));
    }

    [Fact]
    public void What_is_no_library_is_an_error_that_names_the_folder_and_the_variable()
    {
        var exception = Assert.Throws<EnvironmentException>(() => UnpackedLibrary.Load(Packed(new byte[1000]), [Cache]));

        Assert.Contains("NACRITH_CACHE", exception.Message, StringComparison.Ordinal);
        Assert.Contains(Cache, exception.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void On_Linux_no_file_is_needed() => Assert.True(
        OperatingSystem.IsLinux() && MemoryFile.TryLoad(Packed(SmallLibrary()), out var handle) && handle != 0);

    [UnixFact]
    public void Folders_are_those_of_the_user_and_never_relative()
    {
        using var host = new TestHost();
        Assert.Empty(UnpackFolders.List(host));

        host.Variables["HOME"] = "somewhere";
        host.Variables["XDG_CACHE_HOME"] = "else";
        Assert.Empty(UnpackFolders.List(host));

        host.Variables["HOME"] = "/home/me";
        Assert.Single(UnpackFolders.List(host));
        host.Variables["NACRITH_CACHE"] = "/big";
        Assert.Equal(["/big"], UnpackFolders.List(host));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The smallest library that comes with ONNX Runtime.</summary>
    private static byte[] SmallLibrary() => File.ReadAllBytes(Directory.EnumerateFiles(
        Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"),
        "*onnxruntime*").Where(file => Path.GetExtension(file) is ".so" or ".dll" or ".dylib")
        .MinBy(file => new FileInfo(file).Length)!);

    private PackedLibrary Packed(byte[] library) => Library(PackedLibrary.Pack(library));

    private PackedLibrary Library(byte[] packed)
    {
        _folder.Write("packed", packed);
        return new PackedLibrary(
            "library", FileSlice.Whole(_folder.File("packed")), Sha256Digest.Compute(packed).ToString());
    }
}
