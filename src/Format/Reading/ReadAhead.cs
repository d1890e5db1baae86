namespace NacrithOnnx.Format;

/// <summary>
/// Buffers a whole frame before it is read. It only measures lengths and leaves all errors to the reader.
/// </summary>
internal sealed class ReadAhead(ByteSource source, ReaderLimits limits)
{
    /// <summary>Most bytes of the type and the two lengths of a frame.</summary>
    private const int FrameHeadLength = 1 + (2 * VarInt.MaxLength);

    /// <summary>Bytes of the shortest archive: an empty small one.</summary>
    private const int MinSmallLength = ArchiveForms.DecisiveLength + 1 + FormatConstants.ChecksumLength;

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

            var type = FrameType.Data;
            long payload = 0;
            int head;
            if (!inArchive && await FetchFormAsync(ahead, cancel).ConfigureAwait(false) == ArchiveForm.Small)
            {
                head = await FetchSmallHeadAsync(ahead, cancel).ConfigureAwait(false) is { } small
                    ? MeasureSmall(small, out payload)
                    : 0;
            }
            else
            {
                // What is left of a large archive is never shorter than this, so the fetch never waits for bytes after
                // the archive.
                await source.FetchAsync(ahead + FrameHeadLength, cancel).ConfigureAwait(false);
                head = inArchive ? MeasureFrame(ahead, out type, out payload) : MeasureHeader(ahead, out type);
            }

            var fits = payload <= _most - ahead - head;
            var length = fits ? head + (int)payload : head;
            if (!await source.FetchAsync(ahead + length, cancel).ConfigureAwait(false)
                || !fits || head == 0 || type is FrameType.Data)
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
    private int MeasureHeader(int ahead, out FrameType type)
    {
        type = default;
        var head = source.Buffered[ahead..];
        return head.StartsWith(FormatConstants.Magic) && head.Length > FixedHeaderLength
            && VarInt.TryRead(head[FixedHeaderLength..], out var length, out var lengthBytes)
            && length <= FormatConstants.MaxHeaderLength
                ? FixedHeaderLength + lengthBytes + (int)length + FormatConstants.ChecksumLength
                : 0;
    }

    private async ValueTask<ArchiveForm> FetchFormAsync(int ahead, CancellationToken cancel)
    {
        await source.FetchAsync(ahead + ArchiveForms.DecisiveLength, cancel).ConfigureAwait(false);
        return ArchiveForms.Of(source.Buffered[ahead..]);
    }

    /// <summary>The head of the small archive at <paramref name="ahead"/>; null if it is malformed.</summary>
    private async ValueTask<SmallArchiveHead?> FetchSmallHeadAsync(int ahead, CancellationToken cancel)
    {
        // The check comes after every head, so an archive whose head is not complete here has more than MaxLength bytes.
        await source.FetchAsync(ahead + MinSmallLength, cancel).ConfigureAwait(false);
        if (NeedsMore(ahead, out var head))
        {
            await source.FetchAsync(ahead + SmallArchiveHead.MaxLength, cancel).ConfigureAwait(false);
            NeedsMore(ahead, out head);
        }

        return head;
    }

    /// <summary>Whether more bytes are needed to read a head; there is none then, nor if it is malformed.</summary>
    private bool NeedsMore(int ahead, out SmallArchiveHead? head)
    {
        head = null;
        try
        {
            return !SmallArchiveHead.TryRead(source.Buffered[ahead..], 0, out head);
        }
        catch (NacrithException)
        {
            return false;
        }
    }

    private int MeasureSmall(SmallArchiveHead head, out long payload)
    {
        payload = head.RestLength > limits.MaxFramePayloadLength ? long.MaxValue : head.ArchiveLength - head.Length;
        return head.Length;
    }
}
