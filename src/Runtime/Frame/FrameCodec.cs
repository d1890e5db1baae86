using System.Buffers;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Bytes;
using NacrithOnnx.Runtime.Segment;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// One frame: content is split into regions, text goes to the language model, other bytes to the byte coder, and what
/// neither makes smaller is stored.
/// </summary>
internal static class FrameCodec
{
    /// <summary>Codes a frame.</summary>
    /// <param name="content">The content, not empty.</param>
    /// <param name="text">Codes text; asked for by the first frame that has some.</param>
    /// <param name="level">How hard to try.</param>
    /// <param name="parameters">Of the archive.</param>
    /// <param name="progress">Told tokens done and to do; may throw to cancel.</param>
    public static EncodedFrame Encode(
        ReadOnlySpan<byte> content, Func<TextSectionCodec> text, Level level, CodecParameters parameters,
        Action<int, int> progress)
    {
        var stretches = RegionTrial.Settle(content, Segmenter.Split(content), text, parameters.Bytes);
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
            section = EncodeText(content, stretches, kinds, transforms, text(), level, textPayload, progress);
            if (textPayload.WrittenCount >= Length(stretches, kinds, RegionKind.Text)
                || RegionTrial.PrefersBytes(content, stretches, textPayload.WrittenCount, parameters.Bytes))
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

        return new EncodedFrame([.. regions], section, textPayload.WrittenSpan.ToArray(), bytesPayload);
    }

    /// <summary>Decodes a frame; its content hash is still to be compared.</summary>
    /// <exception cref="NacrithException">The frame is damaged.</exception>
    public static byte[] Decode(DataFrame frame, TextSectionCodec? text, CodecParameters parameters, Action<int, int> progress)
    {
        var header = frame.Header;
        var texts = header.TextLength > 0
            ? (text ?? throw new CorruptArchiveException("There is text in an archive that names no model.")).Decode(frame, progress)
            : [];
        var bytes = new byte[header.BytesLength];
        if (bytes.Length > 0)
        {
            ByteCoder.Decompress(frame.BytesPayload, bytes, parameters.Bytes);
        }

        var content = new byte[header.OriginalLength];
        var position = 0;
        var nextText = 0;
        ReadOnlySpan<byte> bytesLeft = bytes;
        var storedLeft = frame.StoredBytes;
        foreach (var region in header.Regions)
        {
            var target = content.AsSpan(position, region.OriginalLength);
            position += region.OriginalLength;
            switch (region.Kind)
            {
                case RegionKind.Text:
                    var coded = texts[nextText++];
                    TextTransform.Invert(coded.Transform, coded.Text, target.Length).CopyTo(target);
                    break;
                case RegionKind.Bytes when region.TransformId != 0:
                    throw new UnsupportedVersionException($"Transform {region.TransformId} of bytes is not known to this version.");
                case RegionKind.Bytes:
                    bytesLeft[..target.Length].CopyTo(target);
                    bytesLeft = bytesLeft[target.Length..];
                    break;
                default:
                    storedLeft[..target.Length].CopyTo(target);
                    storedLeft = storedLeft[target.Length..];
                    break;
            }
        }

        return content;
    }

    private static TextSection EncodeText(
        ReadOnlySpan<byte> content, IReadOnlyList<Stretch> stretches, RegionKind[] kinds, TransformId[] transforms,
        TextSectionCodec text, Level level, ArrayBufferWriter<byte> payload, Action<int, int> progress)
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

        return text.Encode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(regions), level, payload, progress);
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
