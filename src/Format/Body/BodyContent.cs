namespace NacrithOnnx.Format;

/// <summary>What a frame body is written from.</summary>
public readonly ref struct BodyContent
{
    /// <summary>The content, of which the stored regions are taken.</summary>
    public required ReadOnlySpan<byte> Original { get; init; }

    /// <summary>The regions; together they are as long as the content. None for an empty content.</summary>
    public required ReadOnlySpan<Region> Regions { get; init; }

    /// <summary>Number of the profile; not written for stored content, and not used in data frames.</summary>
    public int Profile { get; init; }

    /// <summary>Whether text was coded after a dictionary. Without text it does not matter.</summary>
    public bool HasDictionary { get; init; }

    /// <summary>Tokens of all text regions together.</summary>
    public int TokenCount { get; init; }

    /// <summary>Whether the lanes start after a primer.</summary>
    public bool IsPrimed { get; init; }

    /// <summary>The coded text.</summary>
    public ReadOnlySpan<byte> TextPayload { get; init; }

    /// <summary>What the byte coder coded.</summary>
    public ReadOnlySpan<byte> BytesPayload { get; init; }

    /// <summary>The tag that the body gets: its kind follows from the regions.</summary>
    public BodyTag Tag(BodyContainer container)
    {
        var kind = Regions.Length switch
        {
            0 => BodyKind.Stored,
            > 1 => BodyKind.Regions,
            _ => Regions[0].Kind switch
            {
                RegionKind.Text => BodyKind.Text,
                RegionKind.Bytes => BodyKind.Bytes,
                _ => BodyKind.Stored,
            },
        };
        return new(
            kind,
            kind == BodyKind.Stored || container == BodyContainer.DataFrame ? 0 : Profile,
            HasDictionary && container != BodyContainer.DataFrame && HasKind(RegionKind.Text),
            kind == BodyKind.Text && Regions[0].TransformId != 0);
    }

    /// <summary>Whether there is a region of a kind.</summary>
    internal bool HasKind(RegionKind kind)
    {
        foreach (var region in Regions)
        {
            if (region.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }
}
