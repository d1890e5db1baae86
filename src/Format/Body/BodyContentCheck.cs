namespace NacrithOnnx.Format;

/// <summary>Checks what a writer is given.</summary>
internal static class BodyContentCheck
{
    /// <exception cref="ArgumentException">The content breaks a rule of the format.</exception>
    public static void Check(in BodyContent content, BodyContainer container)
    {
        Require(content.Original.Length <= FormatConstants.MaxFrameOriginalLength, "The content is too long.");
        Require(content.Regions.Length <= FormatConstants.MaxRegions, "There are too many regions.");
        long length = 0;
        var textLength = 0;
        var isListed = content.Regions.Length > 1;
        foreach (var region in content.Regions)
        {
            CheckRegion(region, isListed);
            length += region.OriginalLength;
            textLength += region.Kind == RegionKind.Text ? region.OriginalLength : 0;
        }

        Require(length == content.Original.Length, "The regions are not as long as the content.");
        Require(
            content.HasKind(RegionKind.Bytes) || content.BytesPayload.IsEmpty,
            "There are coded bytes but no region for them.");
        CheckText(content, textLength);
        CheckTag(content.Tag(container), container);
    }

    private static void CheckRegion(in Region region, bool isListed)
    {
        Require(
            region.OriginalLength is > 0 and <= FormatConstants.MaxFrameOriginalLength,
            "A region's length is out of bounds.");
        Require(region.Kind <= RegionKind.Stored, "A region has an unknown kind.");
        var maxTransform = region.Kind == RegionKind.Text ? FormatConstants.MaxTransformId : 0;
        Require(region.TransformId >= 0 && region.TransformId <= maxTransform, "A transform id is out of bounds.");
        var maxTransformed = isListed && region.TransformId != 0
            ? (long)region.OriginalLength * BodyRules.MaxTransformGrowth : 0;
        Require(
            region.TransformedLength >= 0 && region.TransformedLength <= maxTransformed,
            "A transformed length is out of bounds.");
    }

    private static void CheckText(in BodyContent content, int textLength)
    {
        if (textLength == 0)
        {
            Require(
                content is { TokenCount: 0, IsPrimed: false, TextPayload.IsEmpty: true },
                "There is coded text but no region for it.");
            return;
        }

        Require(
            content.TokenCount >= 0 && content.TokenCount <= BodyRules.MaxTokens(textLength),
            "The number of tokens is out of bounds.");
        Require(
            !content.IsPrimed || content.TokenCount >= BodyRules.MinPrimableTokens,
            "There are too few tokens for a primer.");
    }

    private static void CheckTag(BodyTag tag, BodyContainer container)
    {
        Require(tag.Profile is >= 0 and <= BodyRules.MaxProfile, "The profile has no number that a body can hold.");
        Require(tag.Fault(container) is null, "The profile is missing.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
