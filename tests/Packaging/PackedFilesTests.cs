using System.Text;
using NacrithOnnx.Format;
using NacrithOnnx.Release;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Tests.Runtime;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Packaging;

/// <summary>A model behind a program does what the model in a folder does.</summary>
public sealed class PackedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_packed_model_makes_the_archive_of_the_folder()
    {
        var text = TinyCodec.Prose[..2000];
        using var folder = TinyCodec.Open();
        using var packed = TinyCodec.Open(PackModel());

        var archive = packed.Compress(text, 6);

        Assert.Equal(folder.Compress(text, 6), archive);
        Assert.Equal(text, packed.Decompress(archive));
    }

    [Fact]
    public void Files_keep_their_bytes_and_begin_where_memory_can_be_mapped()
    {
        var pack = PackedFiles.TryOpen(PackModel())!;

        foreach (var file in Directory.EnumerateFiles(TinyModel.Codec.Folder))
        {
            Assert.True(pack.TryGet(Path.GetFileName(file), out var slice, out var sha256));
            Assert.Equal(0, slice.Offset % PackedFiles.Alignment);
            Assert.Equal(File.ReadAllBytes(file), slice.ReadAll());
            Assert.Equal(Sha256Digest.Compute(slice.ReadAll()).ToString(), sha256);
        }
    }

    [Fact]
    public void Damage_in_a_packed_weight_is_noticed()
    {
        var path = PackModel();
        Assert.True(PackedFiles.TryOpen(path)!.TryGet("weights.0.bin", out var weights));
        Change(path, weights.Offset + (weights.Length / 2));
        using var codec = TinyCodec.Open(path);

        var exception = Assert.Throws<EnvironmentException>(() => codec.Compress(TinyCodec.Prose[..2000], 6));
        Assert.Contains("damaged", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing is packed behind this text, which is long enough")]
    [InlineData("nacrith files 00000000000000099\n")]
    [InlineData("nacrith files -0000000000000001\n")]
    [InlineData("1 99 abc name\nnacrith files 00000000000000000\n")]
    [InlineData("1 -9 abc name\nnacrith files 00000000000000000\n")]
    [InlineData("0 0 abc\nnacrith files 00000000000000000\n")]
    [InlineData("0 0 abc name\n0 0 abc name\nnacrith files 00000000000000000\n")]
    public void What_is_no_pack_has_no_files(string content)
    {
        _folder.Write("file", Encoding.ASCII.GetBytes(content));

        Assert.Null(PackedFiles.TryOpen(_folder.File("file")));
    }

    [Fact]
    public void A_cut_program_has_no_files()
    {
        var bytes = File.ReadAllBytes(PackModel());
        _folder.Write("cut", bytes.AsSpan(0, bytes.Length - 1).ToArray());

        Assert.Null(PackedFiles.TryOpen(_folder.File("cut")));
        Assert.Null(PackedFiles.TryOpen(_folder.File("absent")));
    }

    public void Dispose() => _folder.Dispose();

    private static void Change(string path, long position)
    {
        using var file = File.Open(path, FileMode.Open);
        file.Position = position;
        var value = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)(value ^ 1));
    }

    private string PackModel()
    {
        _folder.Write("bare", "the program"u8.ToArray());
        string[] files = [.. Directory.EnumerateFiles(TinyModel.Codec.Folder)];
        FilePacker.Pack(_folder.File("bare"), _folder.File("program"), files);
        return _folder.File("program");
    }
}
