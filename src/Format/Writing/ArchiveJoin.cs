namespace NacrithOnnx.Format;

/// <summary>
/// Makes one archive of several whose contents follow each other, such as parts made on several machines. Nothing is decoded: every
/// frame is compared with its content by its check, so no model is needed.
/// </summary>
public static class ArchiveJoin
{
    /// <summary>Writes one archive with one index. It is the one that a single machine makes of the content.</summary>
    /// <param name="parts">The archives, in the order of their contents; those of no content are left out.</param>
    /// <param name="content">The content of all of them, from its current position.</param>
    /// <param name="output">Receives the archive, forward only.</param>
    /// <param name="cancel">Cancels; checked after each frame.</param>
    /// <returns>Length of the content.</returns>
    /// <exception cref="ChecksumException">A part is not an archive of its share of the content.</exception>
    /// <exception cref="NacrithException">A part is damaged, or made with other settings than the others.</exception>
    public static long Write(IEnumerable<Stream> parts, Stream content, Stream output, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(output);
        using var writer = new ContainerWriter(output);
        ArchiveHeader? first = null;
        var length = 0L;
        foreach (var part in parts)
        {
            using var reader = new ContainerReader(part);
            while (reader.TryReadArchive(out var header))
            {
                while (reader.TryReadDataFrame(out var frame))
                {
                    cancel.ThrowIfCancellationRequested();
                    if (frame.ContentLength == 0)
                    {
                        continue;
                    }

                    if (first is null)
                    {
                        // The length of a part is not that of the whole.
                        first = header with { IsSmall = false, OriginalLength = null };
                        writer.WriteHeader(first);
                    }

                    RequireSame(first, header);
                    Copy(frame, header, content, writer);
                    length += frame.ContentLength;
                    if (!header.IsSmall)
                    {
                        // Without this, the first frame of a large archive could become a small one.
                        writer.Flush();
                    }
                }
            }
        }

        if (first is null)
        {
            writer.WriteHeader(new ArchiveHeader());
        }

        Span<byte> end = stackalloc byte[1];
        if (content.Read(end) > 0)
        {
            throw new ChecksumException($"The parts have only the first {length} bytes of the content.");
        }

        writer.WriteEnd();
        return length;
    }

    /// <summary>Checks everything in archives that can be checked without decoding them.</summary>
    /// <param name="part">Archives from the current position to the end.</param>
    /// <param name="cancel">Cancels; checked after each frame.</param>
    /// <returns>Length of the content.</returns>
    /// <exception cref="NacrithException">It is no archive, damaged or incomplete.</exception>
    public static long Check(Stream part, CancellationToken cancel = default)
    {
        using var reader = new ContainerReader(part);
        var length = 0L;
        while (reader.TryReadArchive(out _))
        {
            while (reader.TryReadDataFrame(out var frame))
            {
                cancel.ThrowIfCancellationRequested();
                length += frame.ContentLength;
            }
        }

        return length;
    }

    private static void Copy(DataFrame frame, ArchiveHeader header, Stream content, ContainerWriter writer)
    {
        var original = new byte[frame.ContentLength];
        if (content.ReadAtLeast(original, original.Length, throwOnEndOfStream: false) < original.Length)
        {
            throw new ChecksumException("The parts have more content than there is.");
        }

        frame.Verify(original);
        var body = frame.Body;
        writer.WriteFrame(new BodyContent
        {
            Original = original,
            Regions = body.Head.Regions,
            Profile = body.Head.Tag.Kind == BodyKind.Stored ? 0 : header.Profile,
            HasDictionary = header.Dictionary is not null,
            TokenCount = body.Head.TokenCount,
            IsPrimed = body.Head.IsPrimed,
            TextPayload = body.TextPayload.Span,
            BytesPayload = body.BytesPayload.Span,
        });
    }

    private static void RequireSame(ArchiveHeader first, ArchiveHeader other)
    {
        if (first.Model != other.Model || first.Dictionary != other.Dictionary || first.Profile != other.Profile
            || !first.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .SequenceEqual(other.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)))
        {
            throw new ModelMismatchException("The parts were made with different models, levels or dictionaries.");
        }
    }
}
