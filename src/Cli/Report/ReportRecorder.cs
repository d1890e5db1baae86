using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Report;

/// <summary>Adds up what frames took: by coder, by region, along the content and by token.</summary>
internal sealed class ReportRecorder : IFrameObserver
{
    /// <summary>Regions listed; a page with more of them would be a list of numbers.</summary>
    public const int MaxRegions = 500;

    private const int BitsPerByte = 8;

    private readonly List<RegionRow> _regions = [];
    private readonly CoderTotal[] _coders = new CoderTotal[3];
    private long _position;

    /// <summary>The first regions of the content.</summary>
    public IReadOnlyList<RegionRow> Regions => _regions;

    /// <summary>Number of all regions.</summary>
    public int RegionCount { get; private set; }

    /// <summary>Number of frames.</summary>
    public int FrameCount { get; private set; }

    /// <summary>Number of all tokens.</summary>
    public long TokenCount { get; private set; }

    /// <summary>Bits along the content.</summary>
    public BitCurve Curve { get; } = new();

    /// <summary>The first tokens, one by one.</summary>
    public TokenColumns Tokens { get; } = new();

    /// <summary>What a coder took.</summary>
    public CoderTotal Coder(RegionKind kind) => _coders[(int)kind];

    public void Coded(FrameTrace frame)
    {
        FrameCount++;
        var (token, coded) = (0, 0);
        foreach (var region in frame.Regions)
        {
            var row = region.Kind switch
            {
                RegionKind.Text => AddText(region, frame.Text!, ref token),
                RegionKind.Bytes => AddBytes(region, frame.ByteBits.Span.Slice(coded, region.Length)),
                _ => AddStored(region),
            };
            coded += region.Kind == RegionKind.Bytes ? region.Length : 0;
            _coders[(int)region.Kind] += row.Total;
            _position += region.Length;
            RegionCount++;
            if (_regions.Count < MaxRegions)
            {
                _regions.Add(row);
            }
        }
    }

    private RegionRow AddText(RegionTrace region, TextTrace text, ref int token)
    {
        var scale = (double)region.Length / Math.Max(region.TextLength, 1);
        var (bits, shown, length) = (0.0, 0, 0);
        while (length < region.TextLength)
        {
            var bytes = text.TokenText(token).Length;
            Curve.Add(bytes * scale, text.Bits(token));
            bits += text.Bits(token);
            if (_regions.Count < MaxRegions && Tokens.TryAdd(text, token))
            {
                shown++;
            }

            length += bytes;
            token++;
            TokenCount++;
        }

        return new(region.Kind, region.TransformId, _position, new(region.Length, bits), shown, scale);
    }

    private RegionRow AddBytes(RegionTrace region, ReadOnlySpan<float> costs)
    {
        var bits = 0.0;
        foreach (var cost in costs)
        {
            Curve.Add(1, cost);
            bits += cost;
        }

        return new(region.Kind, region.TransformId, _position, new(region.Length, bits), 0, 1);
    }

    private RegionRow AddStored(RegionTrace region)
    {
        Curve.AddEven(region.Length, BitsPerByte);
        var total = new CoderTotal(region.Length, (double)region.Length * BitsPerByte);
        return new(region.Kind, region.TransformId, _position, total, 0, 1);
    }
}
