using System.Buffers;
using System.Runtime.InteropServices;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Runtime.Text;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// Compresses the frames of one archive. Content is split into regions: text goes to the language model, other bytes to
/// the byte coder, and what neither makes smaller is stored.
/// </summary>
/// <param name="level">Level of the archive.</param>
/// <param name="parameters">Parameters of the archive.</param>
internal sealed class FrameCompressor(Level level, CodecParameters parameters)
{
    /// <summary>Compresses a frame; only text uses the model.</summary>
    /// <param name="content">The content, not empty.</param>
    /// <param name="turn">The engine's turn.</param>
    /// <param name="tracker">Receives progress; cancels.</param>
    public CompressedFrame Compress(ReadOnlySpan<byte> content, Turn turn, ProgressTracker tracker)
    {
        tracker.Cancel.ThrowIfCancellationRequested();
        var stretches = Segmenter.Split(content);
        if (turn.TriesCoders)
        {
            stretches = RegionTrial.Settle(content, stretches, () => TextCodec(turn, tracker), parameters.Bytes);
        }

        var kinds = new RegionKind[stretches.Count];
        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] = stretches[i].Kind;
        }

        var transforms = new TransformId[stretches.Count];
        var textPayload = new ArrayBufferWriter<byte>();
        var section = default(TextSection);
        if (Array.IndexOf(kinds, RegionKind.Text) >= 0)
        {
            var length = content.Length;
            section = EncodeText(
                content, stretches, kinds, transforms, TextCodec(turn, tracker), level.Lanes, textPayload,
                (done, total) => tracker.Tokens(done, total, length, 0));
            if (textPayload.WrittenCount >= Length(stretches, kinds, RegionKind.Text)
                || (turn.TriesCoders
                    && RegionTrial.PrefersBytes(content, stretches, textPayload.WrittenCount, parameters.Bytes)))
            {
                // Text that the model only inflates is not text.
                kinds.AsSpan().Replace(RegionKind.Text, RegionKind.Bytes);
                Array.Clear(transforms);
                textPayload.Clear();
                section = default;
            }
        }

        var bytesPayload = EncodeBytes(content, stretches, kinds, parameters.Bytes);
        var regions = new List<Region>();
        for (var i = 0; i < kinds.Length; i++)
        {
            Add(regions, new Region(kinds[i], (int)transforms[i], stretches[i].Length));
        }

        return new CompressedFrame([.. regions], section, textPayload.WrittenSpan.ToArray(), bytesPayload);
    }

    private TextSectionCodec TextCodec(Turn turn, ProgressTracker tracker)
    {
        tracker.Cancel.ThrowIfCancellationRequested();
        return turn.TextCodec(level.Plan, parameters.Window, parameters.Predictor);
    }

    private static TextSection EncodeText(
        ReadOnlySpan<byte> content, IReadOnlyList<Stretch> stretches, RegionKind[] kinds, TransformId[] transforms,
        TextSectionCodec text, LaneRule lanes, ArrayBufferWriter<byte> payload, Action<int, int> progress)
    {
        var regions = new List<TextRegion>();
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == RegionKind.Text)
            {
                var region = content.Slice(stretches[i].Offset, stretches[i].Length);
                transforms[i] = TextTransform.Choose(region);
                regions.Add(new TextRegion(transforms[i], TextTransform.Apply(transforms[i], region)));
            }
        }

        return text.Encode(CollectionsMarshal.AsSpan(regions), lanes, payload, progress);
    }

    private static byte[] EncodeBytes(
        ReadOnlySpan<byte> content, IReadOnlyList<Stretch> stretches, RegionKind[] kinds, ByteCoderSettings settings)
    {
        var length = Length(stretches, kinds, RegionKind.Bytes);
        if (length == 0)
        {
            return [];
        }

        var input = new byte[length];
        var position = 0;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == RegionKind.Bytes)
            {
                content.Slice(stretches[i].Offset, stretches[i].Length).CopyTo(input.AsSpan(position));
                position += stretches[i].Length;
            }
        }

        var payload = ByteCoder.Compress(input, settings);
        if (payload.Length < length)
        {
            return payload;
        }

        kinds.AsSpan().Replace(RegionKind.Bytes, RegionKind.Stored);
        return [];
    }

    private static int Length(IReadOnlyList<Stretch> stretches, RegionKind[] kinds, RegionKind kind)
    {
        var length = 0;
        for (var i = 0; i < kinds.Length; i++)
        {
            length += kinds[i] == kind ? stretches[i].Length : 0;
        }

        return length;
    }

    /// <summary>Adds a region; neighbours of one kind without transforms are one region.</summary>
    private static void Add(List<Region> regions, Region region)
    {
        if (regions.Count > 0 && regions[^1] is { TransformId: 0 } last && last.Kind == region.Kind
            && region is { TransformId: 0 } && region.Kind != RegionKind.Text)
        {
            regions[^1] = last with { OriginalLength = last.OriginalLength + region.OriginalLength };
            return;
        }

        regions.Add(region);
    }
}
