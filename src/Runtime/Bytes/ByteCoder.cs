using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Bytes;

/// <summary>Compresses any bytes with a context-mixing predictor and a binary arithmetic coder.</summary>
/// <remarks>
/// Payload: empty for empty input; else one byte, 1 for x86 branches plus 2 for <see cref="ByteProfile.Symbols"/>, and
/// the coded bits, most significant bit of each byte first. The caller keeps the original length.
/// </remarks>
internal static class ByteCoder
{
    private const byte BranchesAbsolute = 1;
    private const byte OfSymbols = 2;
    private const int BitsPerByte = 8;

    /// <summary>Bytes coded with both profiles; beyond them the initial weights no longer matter.</summary>
    private const int TrialLength = 1 << 14;

    /// <summary>Compresses.</summary>
    /// <param name="input">Any bytes, as many as fit in memory.</param>
    /// <param name="settings">Stored in the archive: the decoder needs the same settings.</param>
    /// <returns>The payload. Random input grows by less than 0.1 %: callers store it instead.</returns>
    public static byte[] Compress(ReadOnlySpan<byte> input, ByteCoderSettings settings)
    {
        if (input.IsEmpty)
        {
            return [];
        }

        byte transform = 0;
        if (BranchTransform.Pays(input))
        {
            transform = BranchesAbsolute;
            var copy = input.ToArray();
            BranchTransform.Apply(copy);
            input = copy;
        }

        var trial = input[..Math.Min(input.Length, TrialLength)];
        var sizes = PredictorSizes.For(input.Length, settings);
        var general = Code(trial, transform, sizes);
        var symbols = Code(trial, (byte)(transform | OfSymbols), sizes);
        var best = symbols.Length < general.Length ? symbols : general;
        return trial.Length == input.Length ? best : Code(input, best[0], sizes);
    }

    private static byte[] Code(ReadOnlySpan<byte> input, byte mode, PredictorSizes sizes)
    {
        var predictor = new BytePredictor(sizes, ProfileOf(mode));
        var encoder = new BinaryEncoder(mode, (input.Length / 2) + 1);
        predictor.Begin();
        for (var i = 0; i < input.Length; i++)
        {
            int value = input[i];
            for (var shift = BitsPerByte - 1; shift >= 0; shift--)
            {
                var bit = (value >> shift) & 1;
                encoder.Encode(bit, predictor.Predict());
                predictor.Update(bit, input[..(i + 1)]);
            }
        }

        return encoder.Finish();
    }

    /// <summary>Decompresses.</summary>
    /// <param name="payload">What <see cref="Compress"/> returned.</param>
    /// <param name="output">Receives the content; has the length of the original.</param>
    /// <param name="settings">The settings of <see cref="Compress"/>.</param>
    /// <exception cref="CorruptArchiveException">
    /// The payload cannot be valid: it is too short or too long for what it decodes to, or names an unknown transform.
    /// Other damage gives incorrect bytes, which a hash must detect.
    /// </exception>
    public static void Decompress(ReadOnlySpan<byte> payload, Span<byte> output, ByteCoderSettings settings)
    {
        if (output.IsEmpty)
        {
            ThrowUnless(payload.IsEmpty);
            return;
        }

        ThrowUnless(!payload.IsEmpty && payload[0] <= (BranchesAbsolute | OfSymbols));
        var predictor = new BytePredictor(PredictorSizes.For(output.Length, settings), ProfileOf(payload[0]));
        var decoder = new BinaryDecoder(payload[1..]);
        predictor.Begin();
        for (var i = 0; i < output.Length; i++)
        {
            var value = 0;
            for (var n = 0; n < BitsPerByte; n++)
            {
                var bit = decoder.Decode(predictor.Predict());
                value = (value << 1) | bit;
                output[i] = (byte)value;
                predictor.Update(bit, output[..(i + 1)]);
            }

            ThrowUnless(!decoder.IsExhausted);
        }

        ThrowUnless(decoder.IsConsumedExactly);
        if ((payload[0] & BranchesAbsolute) != 0)
        {
            BranchTransform.Invert(output);
        }
    }

    /// <summary>Bits that each byte takes, for reports: the predictor runs once more.</summary>
    /// <param name="content">What was compressed, not empty.</param>
    /// <param name="payload">What <see cref="Compress"/> returned.</param>
    /// <param name="settings">The settings of <see cref="Compress"/>.</param>
    public static float[] Costs(ReadOnlySpan<byte> content, ReadOnlySpan<byte> payload, ByteCoderSettings settings)
    {
        if ((payload[0] & BranchesAbsolute) != 0)
        {
            var copy = content.ToArray();
            BranchTransform.Apply(copy);
            content = copy;
        }

        var predictor = new BytePredictor(PredictorSizes.For(content.Length, settings), ProfileOf(payload[0]));
        var costs = new float[content.Length];
        predictor.Begin();
        for (var i = 0; i < content.Length; i++)
        {
            for (var shift = BitsPerByte - 1; shift >= 0; shift--)
            {
                var bit = (content[i] >> shift) & 1;
                var one = predictor.Predict();
                costs[i] += ExactLog2.Of(Logistic.One) - ExactLog2.Of((ulong)(bit == 1 ? one : Logistic.One - one));
                predictor.Update(bit, content[..(i + 1)]);
            }
        }

        return costs;
    }

    private static ByteProfile ProfileOf(byte mode) => (mode & OfSymbols) != 0 ? ByteProfile.Symbols : ByteProfile.General;

    private static void ThrowUnless(bool valid)
    {
        if (!valid)
        {
            throw new CorruptArchiveException("The payload of a byte region is malformed or has an impossible length.");
        }
    }
}
