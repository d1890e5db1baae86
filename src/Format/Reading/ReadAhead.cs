namespace NacrithOnnx.Format;

/// <summary>
/// Buffers a whole frame before it is read. It only measures lengths and leaves all errors to the reader.
/// </summary>
internal sealed class ReadAhead(ByteSource source, ReaderLimits limits)
{
    /// <summary>Most bytes of the type and the two lengths of a frame.</summary>
    private const int FrameHeadLength = 1 + (2 * VarInt.MaxLength);

    /// <summary>Bytes of an archive header before the length of its map: magic, major version, flags.</summary>
    private static readonly int FixedHeaderLength = FormatConstants.Magic.Length + 2;

    /// <summary>Most bytes buffered: the largest frame that the reader accepts, and small frames before it.</summary>
    private readonly int _most = (int)Math.Min(
        Array.MaxLength, limits.MaxFramePayloadLength + (4L * FormatConstants.MaxHeaderLength));

    /// <summary>Buffers up to the end of the next data frame or of the input.</summary>
    /// <param name="isFirst">Whether nothing has been consumed yet.</param>
    /// <param name="inArchive">Whether a frame comes next, not an archive.</param>
    /// <param name="cancel">Passed to the stream.</param>
    public async ValueTask FetchAsync(bool isFirst, bool inArchive, CancellationToken cancel)
    {
        // Buffered bytes already measured. A frame beyond the maximum is left to blocking reads.
        var ahead = 0;
        while (ahead <= _most)
        {
            if (!inArchive && !isFirst)
            {
                ahead = await PassPaddingAsync(ahead, cancel).ConfigureAwait(false);
            }

            // What is left of an archive is never shorter than this, so the fetch never waits for bytes after the
            // archive.
            await source.FetchAsync(ahead + FrameHeadLength, cancel).ConfigureAwait(false);
            var head = inArchive
                ? MeasureFrame(ahead, out var type, out var payload)
                : MeasureHeader(ahead, out type, out payload);
            var fits = payload <= _most - ahead - head;
            var length = fits ? head + (int)payload : head;
            if (!await source.FetchAsync(ahead + length, cancel).ConfigureAwait(false)
                || !fits || head == 0 || type is FrameType.Data or FrameType.Sole)
            {
                return;
            }

            ahead += length;
            inArchive = type != FrameType.End;
            isFirst = false;
        }
    }

    private async ValueTask<int> PassPaddingAsync(int ahead, CancellationToken cancel)
    {
        while (ahead <= _most && await source.FetchAsync(ahead + 1, cancel).ConfigureAwait(false)
            && source.Buffered[ahead] == 0)
        {
            ahead++;
        }

        return ahead;
    }

    /// <summary>
    /// Length of the head of the frame at <paramref name="ahead"/>, or 0 if there is none, and of its payload. Both
    /// include the checksum.
    /// </summary>
    private int MeasureFrame(int ahead, out FrameType type, out long payload)
    {
        payload = 0;
        var head = source.Buffered[ahead..];
        type = head.IsEmpty ? default : (FrameType)head[0];
        if (head.IsEmpty
            || !VarInt.TryRead(head[1..], out var headerLength, out var headerBytes)
            || !VarInt.TryRead(head[(1 + headerBytes)..], out var payloadLength, out var payloadBytes)
            || headerLength > FormatConstants.MaxHeaderLength)
        {
            return 0;
        }

        payload = payloadLength == 0 ? 0
            : payloadLength > limits.MaxFramePayloadLength ? long.MaxValue
            : payloadLength + FormatConstants.ChecksumLength;
        return 1 + headerBytes + payloadBytes + (int)headerLength + FormatConstants.ChecksumLength;
    }

    /// <summary>Length of the archive header at <paramref name="ahead"/>, or 0 if there is none.</summary>
    private int MeasureHeader(int ahead, out FrameType type, out long payload)
    {
        type = default;
        payload = 0;
        var head = source.Buffered[ahead..];
        return head.StartsWith(FormatConstants.Magic) && head.Length > FixedHeaderLength
            && VarInt.TryRead(head[FixedHeaderLength..], out var length, out var lengthBytes)
            && length <= FormatConstants.MaxHeaderLength
                ? FixedHeaderLength + lengthBytes + (int)length + FormatConstants.ChecksumLength
                : 0;
    }
}
