using System.Diagnostics.CodeAnalysis;

namespace NacrithOnnx.Format;

/// <summary>What a reader of a frame body must know from outside the body.</summary>
public readonly record struct BodyContext
{
    /// <summary>Default limit on the content of a message: far above a radio frame or a table row.</summary>
    public const int DefaultMaxMessageLength = 1 << 16;

    private BodyContext(BodyContainer container, int? contentLength, int maxContentLength, long offset)
    {
        Container = container;
        ContentLength = contentLength;
        MaxContentLength = maxContentLength;
        Offset = offset;
    }

    /// <summary>What the body lies in.</summary>
    public BodyContainer Container { get; }

    /// <summary>Length of the content in bytes; null in a message.</summary>
    public int? ContentLength { get; }

    /// <summary>Most bytes of content that the body may hold.</summary>
    public int MaxContentLength { get; }

    /// <summary>Where the archive or frame begins in the input, for error messages.</summary>
    public long Offset { get; }

    /// <summary>The context of a message.</summary>
    /// <param name="maxContentLength">Most content the reader accepts.</param>
    public static BodyContext ForMessage(int maxContentLength = DefaultMaxMessageLength) =>
        new(BodyContainer.Message, null, maxContentLength, 0);

    /// <summary>The context of a small archive.</summary>
    /// <param name="contentLength">What the archive's head says.</param>
    /// <param name="offset">Where the archive begins.</param>
    public static BodyContext ForSmallArchive(int contentLength, long offset = 0) =>
        new(BodyContainer.SmallArchive, contentLength, contentLength, offset);

    /// <summary>The context of a data frame.</summary>
    /// <param name="contentLength">What the frame's head says.</param>
    /// <param name="offset">Where the frame begins.</param>
    public static BodyContext ForDataFrame(int contentLength, long offset = 0) =>
        new(BodyContainer.DataFrame, contentLength, contentLength, offset);

    /// <summary>Fails for a rule of the format that the body breaks.</summary>
    [DoesNotReturn]
    internal void Refuse(string what) => throw new CorruptArchiveException($"{Subject()} {what}.");

    /// <summary>Fails for a body that stops before its last field or section does.</summary>
    [DoesNotReturn]
    internal void RefuseEnd()
    {
        // The length of a body in an archive is known, so there an early end is a wrong number, not a lost byte.
        if (Container == BodyContainer.Message)
        {
            throw new TruncatedArchiveException("The message ends too early.");
        }

        Refuse("has a body that ends in the middle of a field or section");
    }

    /// <summary>Fails for more content than there may be.</summary>
    [DoesNotReturn]
    internal void RefuseLength()
    {
        if (Container == BodyContainer.Message)
        {
            throw new LimitExceededException($"The message holds more than the allowed {MaxContentLength} bytes.");
        }

        Refuse($"lists regions that are longer than its {MaxContentLength} bytes of content");
    }

    /// <summary>Fails for a tag that only a later version can read.</summary>
    [DoesNotReturn]
    internal void RefuseProfile(int profile) => throw new UnsupportedVersionException(
        $"{Subject()} uses profile {profile}, which needs a newer version of this program.");

    private string Subject() => Container switch
    {
        BodyContainer.Message => "The message",
        BodyContainer.SmallArchive => $"The archive at byte {Offset}",
        _ => $"The frame at byte {Offset}",
    };
}
