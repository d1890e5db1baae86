using System.Text;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Frame;

/// <summary>Runs and repetition of any length cost no step of the model.</summary>
public sealed class RepetitiveContentTests : IDisposable
{
    private readonly NacrithCodec _codec = new(new CodecSettings(TinyModel.Codec.Folder, 1));
    private readonly TokenCounter _counter = new();

    public void Dispose() => _codec.Dispose();

    [Theory]
    [InlineData(";")]
    [InlineData("\r")]
    [InlineData("\f")]
    [InlineData(" ")]
    [InlineData(",,,,\n")]
    [InlineData("\U0001F600")]
    [InlineData("e\u0301\u0302\u0303")]
    public void Repetition_is_coded_without_a_token(string piece)
    {
        foreach (var length in (int[])[4000, 30000])
        {
            var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, length / Encoding.UTF8.GetByteCount(piece))));

            Assert.Equal(content, _codec.Decompress(_codec.Compress(content, null, _counter)));
        }

        Assert.Equal(0, _counter.Most);
    }

    [Fact]
    public void Prose_is_tried_as_text()
    {
        _codec.Compress("It was a bright cold day, and the clocks were striking."u8, null, _counter);

        Assert.InRange(_counter.Most, 10, 20);
    }

    private sealed class TokenCounter : IProgress<CodecProgress>
    {
        public long Most { get; private set; }

        public void Report(CodecProgress value) => Most = Math.Max(Most, value.Tokens);
    }
}
