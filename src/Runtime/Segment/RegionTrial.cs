using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>
/// Decides between the language model and the byte coder by what they really make of a text, where <see cref="Segmenter"/>
/// only estimates. A rare script, random letters or a code looks like words to any estimate.
/// </summary>
/// <remarks>
/// The byte coder takes 3 µs a byte and the model 1 to 3 ms a token, so the one may run over everything and the other over a
/// sample. The sample is coded cold by the model, and cold as well as warm by the byte coder: a model that beats the
/// warm coder is better, one that loses to the cold coder is worse. Between the two lies what shorter content has coded
/// both ways as a whole (<see cref="PrefersBytes"/>), and longer content on a sample four times as long.
/// </remarks>
internal static class RegionTrial
{
    /// <summary>Content up to this length is tried as a text whatever it looks like, if it may be one.</summary>
    public const int ShortLength = 1 << 10;

    /// <summary>Content up to this length is coded by both coders as a whole, unless a sample has decided.</summary>
    public const int WholeLength = 1 << 16;

    /// <summary>Longer texts are judged piece by piece. A multiple of the units of UTF-16 and UTF-32.</summary>
    private const int PieceLength = 1 << 16;

    /// <summary>Below it a sample would be a large part of the text: coding all of it costs hardly more.</summary>
    private const int MinSampledLength = 1 << 13;

    /// <summary>Of a text this part is the sample: 3 % of the model's time.</summary>
    private const int PartSampled = 32;
    private const int MinSampleLength = 1 << 9;
    private const int SecondSampleParts = 4;

    /// <summary>
    /// Text that the byte coder makes this many times smaller is runs and repetition. Little is left for the model to win,
    /// while it takes as long for a token of it as for any other.
    /// </summary>
    private const int Repetitive = 128;

    /// <summary>Tokens that must save a byte to be worth their time: half a bit each, as in <see cref="CostModel"/>.</summary>
    private const int TokensPerByte = 16;

    /// <summary>Tries the regions of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="stretches">Its division by <see cref="Segmenter"/>.</param>
    /// <param name="model">Opens the model; called where a sample of it is needed.</param>
    /// <param name="settings">Of the byte coder.</param>
    /// <returns>The division with texts that the byte coder makes smaller given to it.</returns>
    public static IReadOnlyList<Stretch> Settle(
        ReadOnlySpan<byte> block, IReadOnlyList<Stretch> stretches, Func<ISampleCoder> model, ByteCoderSettings settings)
    {
        if (block.Length <= ShortLength && stretches is [{ Kind: not RegionKind.Text }] && MayBeText(block))
        {
            stretches = [new Stretch(RegionKind.Text, 0, block.Length)];
        }

        var settled = new List<Stretch>();
        foreach (var stretch in stretches)
        {
            var first = settled.Count;
            var pieces = Math.Max(stretch.Length / PieceLength, 1);
            for (var i = 0; i < pieces; i++)
            {
                // The last piece has the rest, which alone would be too short to judge.
                var end = i == pieces - 1 ? stretch.Length : (i + 1) * PieceLength;
                var piece = stretch with { Offset = stretch.Offset + (i * PieceLength), Length = end - (i * PieceLength) };
                if (piece.Kind == RegionKind.Text
                    && !IsForModel(block.Slice(piece.Offset, piece.Length), block.Length > WholeLength, model, settings))
                {
                    piece = piece with { Kind = RegionKind.Bytes };
                }

                Add(settled, piece, first);
            }
        }

        return settled.Count <= FormatConstants.MaxRegions ? settled : stretches;
    }

    /// <summary>Whether the byte coder makes less of short content's texts than the model made, other regions considered.</summary>
    /// <param name="block">The block.</param>
    /// <param name="stretches">What <see cref="Settle"/> returned.</param>
    /// <param name="textLength">Bytes that the model made of the texts.</param>
    /// <param name="settings">Of the byte coder.</param>
    public static bool PrefersBytes(
        ReadOnlySpan<byte> block, IReadOnlyList<Stretch> stretches, int textLength, ByteCoderSettings settings)
    {
        if (block.Length > WholeLength)
        {
            return false;
        }

        var bytes = new List<byte>();
        var all = new List<byte>();
        foreach (var stretch in stretches)
        {
            if (stretch.Kind != RegionKind.Stored)
            {
                all.AddRange(block.Slice(stretch.Offset, stretch.Length));
            }

            if (stretch.Kind == RegionKind.Bytes)
            {
                bytes.AddRange(block.Slice(stretch.Offset, stretch.Length));
            }
        }

        return Length([.. all], settings) <= textLength + Length([.. bytes], settings);
    }

    private static bool IsForModel(
        ReadOnlySpan<byte> piece, bool hasPrice, Func<ISampleCoder> model, ByteCoderSettings settings)
    {
        var middle = piece.Length / 2 & ~3;
        var before = Length(piece[..middle], settings);
        if (before < middle / Repetitive && Length(piece, settings) < piece.Length / Repetitive)
        {
            return false;
        }

        if (piece.Length < MinSampledLength)
        {
            return true;
        }

        var sample = piece.Slice(middle, Math.Max(piece.Length / PartSampled & ~3, MinSampleLength));
        var price = hasPrice ? TokensPerByte : int.MaxValue;
        var cost = Cost(sample, model(), price);
        if (cost <= Length(piece[..(middle + sample.Length)], settings) - before)
        {
            return true;
        }

        if (cost > Length(sample, settings))
        {
            return false;
        }

        if (!hasPrice)
        {
            return true;
        }

        sample = piece.Slice(middle, SecondSampleParts * sample.Length);
        return Cost(sample, model(), price) <= Length(piece[..(middle + sample.Length)], settings) - before;
    }

    private static int Cost(ReadOnlySpan<byte> sample, ISampleCoder model, int tokensPerByte)
    {
        var (length, tokens) = model.CodeSample(TextTransform.Apply(TextTransform.Choose(sample), sample));
        return length + (tokens / tokensPerByte);
    }

    private static int Length(ReadOnlySpan<byte> bytes, ByteCoderSettings settings) => ByteCoder.Compress(bytes, settings).Length;

    /// <summary>At least the model would not have to spell bytes.</summary>
    private static bool MayBeText(ReadOnlySpan<byte> block)
    {
        if ((TextTransform.Choose(block) & TextTransform.Encodings) != 0)
        {
            return true;
        }

        foreach (var value in block)
        {
            if (TextScanner.IsControl(value))
            {
                return false;
            }
        }

        return System.Text.Unicode.Utf8.IsValid(block);
    }

    /// <summary>Adds a piece, to the one before where they come from one stretch and have one coder.</summary>
    private static void Add(List<Stretch> settled, Stretch piece, int first)
    {
        if (settled.Count > first && settled[^1].Kind == piece.Kind)
        {
            settled[^1] = settled[^1] with { Length = settled[^1].Length + piece.Length };
            return;
        }

        settled.Add(piece);
    }
}
