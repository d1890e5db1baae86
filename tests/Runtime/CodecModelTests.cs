using NacrithOnnx.Tests.Cli;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>An archive opens with the model it was made with, and with no other.</summary>
public sealed class CodecModelTests : IDisposable
{
    private static readonly byte[] Text = TinyCodec.Prose[..600];

    private readonly NacrithCodec _codec = TinyCodec.Open();
    private readonly NacrithCodec _other = TinyCodec.Open(TinyModel.Other.Folder);
    private readonly TestHost _host = new();

    public void Dispose()
    {
        _codec.Dispose();
        _other.Dispose();
        _host.Dispose();
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    public void Another_model_is_refused(int level)
    {
        var exception = _other.Refuse(_codec.Compress(Text, level));

        Assert.IsType<ModelMismatchException>(exception);
        Assert.Contains(_codec.Identity.ModelSha256[..8], _other.Refuse(_codec.Compress(Text, 6)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_model_is_refused_at_the_archive_that_needs_it()
    {
        byte[] archives = [.. _other.Compress(Text, 6), .. _codec.Compress(Text, 6)];
        using var content = new MemoryStream();

        Assert.Throws<ModelMismatchException>(() => _other.Decompress(
            new MemoryStream(archives), content, new DecompressOptions(), null, CancellationToken.None));

        Assert.Equal(Text, content.ToArray());
    }

    [Fact]
    public void What_holds_no_text_opens_with_any_model()
    {
        var random = new byte[3000];
        new Random(1).NextBytes(random);

        Assert.Equal(random, _other.Decompress(_codec.Compress(random, 6)));
        Assert.Equal(new byte[3000], _other.Decompress(_codec.Compress(new byte[3000], 6)));
    }

    [Fact]
    public void What_holds_no_text_opens_without_a_model()
    {
        using var folder = new TemporaryFolder();
        using var none = TinyCodec.Open(folder.Path);

        Assert.Equal(new byte[3000], none.Decompress(_codec.Compress(new byte[3000], 6)));
        Assert.IsType<EnvironmentException>(none.Refuse(_codec.Compress(Text, 6)));
    }

    [Theory]
    [InlineData("-d")]
    [InlineData("-t")]
    public void The_program_refuses_another_model_and_writes_nothing(string mode)
    {
        _host.CodecFactory = settings => new NacrithCodec(settings with { ModelFolder = TinyModel.Other.Folder, TriesCoders = false });
        var archive = _host.Write("a.ncx", _codec.Compress(Text, 6));

        Assert.Equal(2, _host.Run(mode, archive));

        Assert.Equal(["a.ncx"], _host.Names());
        Assert.Contains("the archive was made with model", _host.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_takes_a_damaged_model_for_a_fault_of_the_machine()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(TinyModel.Codec.Folder))
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
        }

        using (var weights = File.Open(folder.File("weights.0.bin"), FileMode.Open))
        {
            var last = weights.Seek(-1, SeekOrigin.End);
            var value = weights.ReadByte();
            weights.Position = last;
            weights.WriteByte((byte)(value ^ 1));
        }

        _host.CodecFactory = settings => new NacrithCodec(settings with { ModelFolder = folder.Path, TriesCoders = false });
        var text = _host.Write("a", Text);

        Assert.Equal(1, _host.Run(text));

        Assert.Equal(["a"], _host.Names());
        Assert.Contains("weights.0.bin: is truncated, damaged or from another model", _host.ErrorText, StringComparison.Ordinal);
    }
}
