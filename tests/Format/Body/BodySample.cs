using System.Buffers;
using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Format.Body;

/// <summary>Everything a body is written from, and the bytes it gives.</summary>
internal sealed record BodySample(BodyContainer Container, byte[] Original, Region[] Regions)
{
    public int Profile { get; init; } = 2;

    public bool HasDictionary { get; init; }

    public int TokenCount { get; init; }

    public bool IsPrimed { get; init; }

    public byte[] TextPayload { get; init; } = [];

    public byte[] BytesPayload { get; init; } = [];

    public BodyContent Content => new()
    {
        Original = Original,
        Regions = Regions,
        Profile = Profile,
        HasDictionary = HasDictionary,
        TokenCount = TokenCount,
        IsPrimed = IsPrimed,
        TextPayload = TextPayload,
        BytesPayload = BytesPayload,
    };

    public BodyContext Context => ContextOf(Container, Original.Length);

    /// <summary>Samples of every kind: small numbers make the bytes easy to read.</summary>
    public static IEnumerable<BodySample> All() =>
        from container in Enum.GetValues<BodyContainer>()
        from sample in Of(container)
        select sample;

    public static BodyContext ContextOf(BodyContainer container, int contentLength) => container switch
    {
        BodyContainer.Message => BodyContext.ForMessage(),
        BodyContainer.SmallArchive => BodyContext.ForSmallArchive(contentLength),
        _ => BodyContext.ForDataFrame(contentLength),
    };

    public static BodySample Text(BodyContainer container, int transform = 0) =>
        new(container, "a text"u8.ToArray(), [new(RegionKind.Text, transform, 6)])
        {
            TokenCount = 3,
            TextPayload = [0xAB, 0xCD],
        };

    public static BodySample Bytes(BodyContainer container) =>
        new(container, [1, 2, 3, 4, 5], [new(RegionKind.Bytes, 0, 5)]) { BytesPayload = [0xBB, 0xBC, 0xBD] };

    public static BodySample Stored(BodyContainer container) =>
        new(container, "as it is"u8.ToArray(), [new(RegionKind.Stored, 0, 8)]);

    public static BodySample List(BodyContainer container, params Region[] regions) =>
        new(container, new byte[regions.Sum(region => region.OriginalLength)], regions)
        {
            TokenCount = regions.Any(region => region.Kind == RegionKind.Text) ? 5 : 0,
            TextPayload = regions.Any(region => region.Kind == RegionKind.Text) ? [0xA1, 0xA2, 0xA3] : [],
            BytesPayload = regions.Any(region => region.Kind == RegionKind.Bytes) ? [0xB1, 0xB2] : [],
        };

    public byte[] Write()
    {
        var output = new ArrayBufferWriter<byte>();
        BodyWriter.Write(output, Content, Container);
        return output.WrittenSpan.ToArray();
    }

    public override string ToString() =>
        $"{Container}, {Original.Length} bytes, {string.Join(" ", Regions)}, {TokenCount} tokens";

    private static IEnumerable<BodySample> Of(BodyContainer container)
    {
        Region text = new(RegionKind.Text, 0, 7);
        Region transformed = new(RegionKind.Text, 300, 9, 10);
        Region bytes = new(RegionKind.Bytes, 0, 200);
        Region stored = new(RegionKind.Stored, 0, 3);
        if (container != BodyContainer.DataFrame)
        {
            yield return new(container, [], []);
            yield return Text(container) with { HasDictionary = true };
            yield return Text(container, transform: 4) with { HasDictionary = true, Profile = BodyRules.MaxProfile };
            yield return List(container, text, stored) with { HasDictionary = true };
        }

        yield return Stored(container);
        yield return Text(container);
        yield return Text(container, transform: FormatConstants.MaxTransformId);
        yield return Text(container) with { TokenCount = 0, TextPayload = [] };
        yield return LongText(container, isPrimed: false);
        yield return LongText(container, isPrimed: true);
        yield return Bytes(container);
        yield return List(container, text, transformed);
        yield return List(container, bytes, text);
        yield return List(container, bytes, stored);
        yield return List(container, bytes, bytes);
        yield return List(container, stored, stored);
        yield return List(container, stored, transformed, bytes, text, stored, bytes);
        yield return List(container, text with { OriginalLength = 2000 }, stored) with
        {
            TokenCount = BodyRules.MinPrimableTokens,
            IsPrimed = true,
        };
        yield return List(container, [.. Enumerable.Repeat(transformed, FormatConstants.MaxRegions)]);
    }

    private static BodySample LongText(BodyContainer container, bool isPrimed) =>
        new(container, new byte[3_000], [new(RegionKind.Text, 0, 3_000)])
        {
            TokenCount = BodyRules.MinPrimableTokens,
            IsPrimed = isPrimed,
            TextPayload = [0xFF],
        };
}
