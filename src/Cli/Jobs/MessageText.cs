using System.Buffers;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Recognises the text form of a message, which has no mark of its own.</summary>
internal static class MessageText
{
    private static readonly SearchValues<byte> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ \t\r\n"u8);

    /// <summary>The mark that some editors put before UTF-8 text.</summary>
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether an input consists of digits of Base64url and white space.</summary>
    public static bool MayBe(ReadOnlySpan<byte> input)
    {
        input = input.StartsWith(ByteOrderMark) ? input[ByteOrderMark.Length..] : input;
        return !input.IsEmpty && !input.ContainsAnyExcept(Letters);
    }
}
