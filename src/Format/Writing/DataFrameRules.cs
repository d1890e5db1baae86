namespace NacrithOnnx.Format;

/// <summary>The bounds of a data frame, for writers, and the limits of a reader.</summary>
internal static class DataFrameRules
{
    /// <exception cref="ArgumentException">The frame breaks a rule of the format.</exception>
    public static void Check(DataFrameHeader header, int originalLength, ArchiveHeader archive)
    {
        Require(
            originalLength is > 0 and <= FormatConstants.MaxFrameOriginalLength, "The content is empty or too long.");
        Require(header.OriginalLength == originalLength, "The lengths of the regions do not add up to the content.");
        Require(header.Regions.Length <= FormatConstants.MaxRegions, "There are too many regions.");
        Require(header.PayloadLength <= FormatConstants.MaxFramePayloadLength, "The payload is too long.");
        foreach (var region in header.Regions)
        {
            Require(region.OriginalLength > 0, "A region is empty.");
            Require(region.Kind <= RegionKind.Stored, "A region has an unknown kind.");
            var maxTransform = region.Kind == RegionKind.Stored ? 0 : FormatConstants.MaxTransformId;
            Require(region.TransformId >= 0 && region.TransformId <= maxTransform, "A transform id is out of bounds.");
        }

        if (header.TextLength > 0)
        {
            Require(archive.Codec is not null, "A text region needs an archive header with a codec identity.");
            Require(
                header.Text.TokenCount >= 0
                    && header.Text.TokenCount <= DataFrameHeaderCodec.MaxTokens(header.TextLength),
                "There are too many tokens.");
            Require(header.Text.LaneCount is > 0 and <= FormatConstants.MaxLanes, "The lane count is out of bounds.");
            Require(
                header.Text.PrimerTokenCount is >= 0 and <= FormatConstants.MaxPrimerTokens,
                "The primer token count is out of bounds.");
        }
        else
        {
            Require(header.Text == default && header.TextPayloadLength == 0, "Coded text needs a text region.");
        }

        Require(header.BytesLength > 0 || header.BytesPayloadLength == 0, "Coded bytes need a bytes region.");
    }

    /// <exception cref="LimitExceededException">The frame exceeds a limit of the reader.</exception>
    public static void CheckLimits(DataFrameHeader header, long offset, ReaderLimits limits)
    {
        if (header.OriginalLength > limits.MaxFrameOriginalLength)
        {
            throw new LimitExceededException(
                $"The content of the frame at byte {offset} exceeds the limit of "
                + $"{limits.MaxFrameOriginalLength} bytes.");
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
