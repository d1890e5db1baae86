using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Runtime.Segment;

/// <summary>
/// Decides between the language model and the byte coder by coding text with both, where <see cref="Segmenter"/> only
/// estimates. To any estimate, rare scripts, random letters and codes look like words.
/// </summary>
/// <remarks>
/// The byte coder takes 3 µs per byte and the model 1 to 3 ms per token, so the byte coder can code everything and the
/// model only a sample. The model codes the sample cold, the byte coder both cold and warm: a model that beats the warm
/// coder is better, one that loses to the cold coder is worse. In between, content up to <see cref="WholeLength"/> counts
/// as text, because the caller codes all of it with both; of longer content a sample four times as long decides.
/// </remarks>
internal static class RegionTrial
{
    /// <summary>Both coders code all of content up to this length, unless a sample has decided.</summary>
    public const int WholeLength = 1 << 16;

    /// <summary>Longer texts are tested piece by piece. A multiple of the code units of UTF-16 and UTF-32.</summary>
    private const int PieceLength = 1 << 16;

    /// <summary>Of shorter texts a sample would be a large part: coding all of the text costs hardly more.</summary>
    private const int MinSampledLength = 1 << 13;

    /// <summary>One part in this many is sampled: 3 % of the model's time.</summary>
    private const int PartSampled = 32;
    private const int MinSampleLength = 1 << 9;
    private const int SecondSampleParts = 4;

    /// <summary>
    /// Text that the byte coder makes this many times smaller is runs and repetition. Little is left for the model to
    /// save, and it takes as long per token as for any other text.
    /// </summary>
    private const int Repetitive = 128;

    /// <summary>
    /// Tokens that must save a byte to be worth their time: half a bit each, as in <see cref="CostModel"/>.
    /// </summary>
    private const int TokensPerByte = 16;

    /// <summary>
    /// English prose has 3 tokens in 11 bytes (alice29.txt). What has more than three times as many, 9 in 11 bytes, would
    /// take more than three times as long: random digits, keys. On such the model saves a quarter of a bit per token at
    /// most.
    /// </summary>
    private const int DensestTokens = 9;
    private const int DensestBytes = 11;

    /// <summary>Tries the regions of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="stretches">Its split by <see cref="Segmenter"/>.</param>
    /// <param name="model">Opens the model; called only if a sample is needed.</param>
    /// <param name="settings">Settings of the byte coder.</param>
    /// <returns>The split, with texts that the byte coder makes smaller turned into bytes.</returns>
    public static IReadOnlyList<Stretch> Settle(
        ReadOnlySpan<byte> block, IReadOnlyList<Stretch> stretches, Func<ISampleCoder> model, ByteCoderSettings settings)
    {
        var settled = new List<Stretch>();
        foreach (var stretch in stretches)
        {
            var first = settled.Count;
            var pieces = Math.Max(stretch.Length / PieceLength, 1);
            for (var i = 0; i < pieces; i++)
            {
                // The last piece includes the rest, which alone would be too short to test.
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

    /// <summary>Whether content is runs and repetition, which the model is not tried on.</summary>
    /// <param name="coded">Bytes that the byte coder makes of it.</param>
    /// <param name="length">Its length.</param>
    public static bool IsRepetitive(int coded, int length) => coded < length / Repetitive;

    private static bool IsForModel(
        ReadOnlySpan<byte> piece, bool hasPrice, Func<ISampleCoder> model, ByteCoderSettings settings)
    {
        var middle = piece.Length / 2 & ~3;
        var before = Length(piece[..middle], settings);
        if (IsRepetitive(before, middle) && IsRepetitive(Length(piece, settings), piece.Length))
        {
            return false;
        }

        if (piece.Length < MinSampledLength)
        {
            return true;
        }

        var sample = piece.Slice(middle, Math.Max(piece.Length / PartSampled & ~3, MinSampleLength));
        var (length, tokens) = Code(sample, model());
        if (tokens * DensestBytes > sample.Length * DensestTokens)
        {
            return false;
        }

        var price = hasPrice ? TokensPerByte : int.MaxValue;
        var cost = length + (tokens / price);
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
        (length, tokens) = Code(sample, model());
        return length + (tokens / price) <= Length(piece[..(middle + sample.Length)], settings) - before;
    }

    private static (int Length, int Tokens) Code(ReadOnlySpan<byte> sample, ISampleCoder model) =>
        model.CodeSample(TextTransform.Apply(TextTransform.Choose(sample), sample));

    private static int Length(ReadOnlySpan<byte> bytes, ByteCoderSettings settings) => ByteCoder.Compress(bytes, settings).Length;

    /// <summary>Adds a piece, or extends the previous one if both are from one stretch and for one coder.</summary>
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
