using System.Buffers;
using NacrithOnnx.Runtime.Code;

namespace NacrithOnnx.Tests.Code;

/// <summary>Lists of symbols through the range coder, and back.</summary>
internal static class SymbolCoding
{
    public static byte[] Encode(IEnumerable<Symbol> symbols)
    {
        var sink = new ArrayBufferWriter<byte>();
        var encoder = new RangeEncoder(sink);
        foreach (var symbol in symbols)
        {
            encoder.Encode(symbol.Low, symbol.Frequency, symbol.Total);
        }

        encoder.Finish();
        return sink.WrittenSpan.ToArray();
    }

    /// <summary>Whether a payload decodes to these symbols.</summary>
    /// <exception cref="CorruptArchiveException">No encoder could have written it.</exception>
    public static bool DecodesTo(IEnumerable<Symbol> symbols, byte[] payload)
    {
        var decoder = new RangeDecoder(payload);
        foreach (var symbol in symbols)
        {
            var target = decoder.Decode(symbol.Total);
            if (target < symbol.Low || target >= symbol.Low + symbol.Frequency)
            {
                return false;
            }

            decoder.Consume(symbol.Low, symbol.Frequency);
        }

        decoder.Finish();
        return true;
    }
}
