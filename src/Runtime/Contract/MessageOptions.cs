using NacrithOnnx.Format;

namespace NacrithOnnx;

/// <summary>
/// Options to write or read a message. Except for <see cref="Level"/> and <see cref="MaxContent"/>, both sides must use
/// the same options: a message does not record them.
/// </summary>
public sealed record MessageOptions
{
    /// <summary>Default of <see cref="MaxContent"/>: far above a radio frame or a table row.</summary>
    public const int DefaultMaxContent = BodyContext.DefaultMaxMessageLength;

    /// <summary>
    /// Trade-off of speed against size, <see cref="CompressOptions.MinLevel"/> to
    /// <see cref="CompressOptions.MaxLevel"/>. Reading takes it from the message.
    /// </summary>
    public int Level { get; init; } = CompressOptions.DefaultLevel;

    /// <summary>
    /// Bytes of a check of the content at the end: 0, 1, 2 or 4. Without one, damage and a different dictionary may
    /// give incorrect content without an error.
    /// </summary>
    public int CheckLength { get; init; } = MessageCheck.DefaultLength;

    /// <summary>The dictionary that both sides share, or null.</summary>
    public NacrithDictionary? Dictionary { get; init; }

    /// <summary>Maximum bytes of content, in both directions.</summary>
    public int MaxContent { get; init; } = DefaultMaxContent;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Level, CompressOptions.MinLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Level, CompressOptions.MaxLevel);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxContent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxContent, FormatConstants.MaxFrameOriginalLength);
        if (!MessageCheck.IsLength(CheckLength))
        {
            throw new ArgumentOutOfRangeException(nameof(CheckLength), CheckLength, "A check has 0, 1, 2 or 4 bytes.");
        }
    }
}
