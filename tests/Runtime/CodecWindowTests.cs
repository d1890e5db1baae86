using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Tests.Support;
using NacrithOnnx.Tests.Tokenize;

namespace NacrithOnnx.Tests.Runtime;

/// <summary>Texts whose tokens just fill a window, or just do not.</summary>
public sealed class CodecWindowTests : IDisposable
{
    /// <summary>Without line feeds, so that unwrapping does not change the number of tokens.</summary>
    private static readonly int[] Tokens = SmolLm2.Encode(
        [.. TinyCodec.Prose.Take(20_000).Select(value => value == '\n' ? (byte)' ' : value)]);

    private readonly NacrithCodec _codec = TinyCodec.Open();

    public void Dispose() => _codec.Dispose();

    [Theory]
    [InlineData(1, 255, 1)]
    [InlineData(1, 1023, 1)]
    [InlineData(1, 1024, 1)]
    [InlineData(1, 1025, 1)]
    [InlineData(1, 2048, 2)]
    [InlineData(1, 2049, 2)]
    [InlineData(2, 2047, 1)]
    [InlineData(2, 2048, 1)]
    [InlineData(2, 2049, 1)]
    public void A_text_around_the_length_of_the_window_comes_back(int profile, int tokens, int streams)
    {
        var text = TextOf(tokens);

        var archive = _codec.Compress(text, Profiles.Of(profile));

        var frame = TinyCodec.Frame(archive);
        Assert.Equal((tokens, text.Length), (frame.TokenCount, frame.TextLength));
        Assert.Equal(streams, Profiles.Of(profile).Lanes.Layout(tokens).Lanes);
        Assert.Equal(text, _codec.Decompress(archive));
    }

    /// <summary>Prose with exactly this number of tokens.</summary>
    private static byte[] TextOf(int tokens)
    {
        for (var start = 0; start + tokens <= Tokens.Length; start++)
        {
            var text = SmolLm2.Decode(Tokens.AsSpan(start, tokens));
            if (SmolLm2.Encode(text).Length == tokens)
            {
                return text;
            }
        }

        throw new InvalidOperationException($"No piece of the text has {tokens} tokens.");
    }
}
