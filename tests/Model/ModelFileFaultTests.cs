using NacrithOnnx.Format;
using NacrithOnnx.Tests.Runtime;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Model;

/// <summary>A file of the model that is not what it should be is named, with what to do, before ONNX Runtime is heard.</summary>
public sealed class ModelFileFaultTests : IDisposable
{
    private static readonly byte[] Pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22e\nsize 12345\n"u8.ToArray();

    private readonly TemporaryFolder _folder = new();

    public ModelFileFaultTests()
    {
        foreach (var file in Directory.GetFiles(TinyModel.Codec.Folder))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("weights.0.bin")]
    [InlineData("model.fast.onnx")]
    [InlineData("selftest.onnx")]
    [InlineData("tokenizer.bin")]
    public void A_Git_LFS_pointer_is_named_as_one(string file)
    {
        var path = _folder.Write(file, Pointer);

        Assert.Equal($"{path}: is a Git LFS pointer, not the file; run git lfs pull.", Failure());
    }

    [Theory]
    [InlineData("weights.0.bin")]
    [InlineData("model.fast.onnx")]
    [InlineData("selftest.onnx")]
    [InlineData("tokenizer.bin")]
    public void A_file_that_was_cut_or_exchanged_is_named(string file)
    {
        var whole = File.ReadAllBytes(_folder.File(file));
        var path = _folder.Write(file, []);
        Assert.Equal($"{path}: is empty; copy the model again.", Failure());
        foreach (var content in (byte[][])[whole[..1], whole[..(whole.Length / 2)], "<html>Not found</html>"u8.ToArray()])
        {
            _folder.Write(file, content);
            var expected = Sha256Digest.Compute(whole).ToString()[..12];
            var found = Sha256Digest.Compute(content).ToString()[..12];

            Assert.Equal(
                $"{path}: is truncated, damaged or from another model: its SHA-256 begins with {found}, expected {expected}; copy the model again.",
                Failure());
        }
    }

    private string Failure() => Assert.Throws<EnvironmentException>(() =>
    {
        using var codec = TinyCodec.Open(_folder.Path);
        codec.Compress(TinyCodec.Prose[..500], 6);
    }).Message;
}
