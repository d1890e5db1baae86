using System.Buffers;
using System.Buffers.Binary;

namespace NacrithOnnx.Format;

/// <summary>Writes small archives.</summary>
public static class SmallArchiveWriter
{
    /// <summary>Writes an archive.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="content">What to write.</param>
    /// <param name="model">The model; needed for text and for lists of regions, else not written.</param>
    /// <param name="dictionary">The dictionary; needed where text was coded after one, else not written.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other or the format's bounds.</exception>
    public static void Write(
        IBufferWriter<byte> output, in BodyContent content, HashPrefix? model = null, HashPrefix? dictionary = null)
    {
        if (content.Original.Length > SmallArchiveHead.MaxContentLength)
        {
            throw new ArgumentException("The content is too long for a small archive.", nameof(content));
        }

        var rest = new ArrayBufferWriter<byte>();
        BodyWriter.WriteRest(rest, content, BodyContainer.SmallArchive);
        if (rest.WrittenCount > SmallArchiveHead.MaxRestLength)
        {
            throw new ArgumentException("The coded content is too long for a small archive.", nameof(content));
        }

        var head = new ArrayBufferWriter<byte>(SmallArchiveHead.MaxLength);
        var tag = content.Tag(BodyContainer.SmallArchive);
        head.Write(FormatConstants.Magic[..ArchiveForms.CommonMagicLength]);
        head.Write([tag.Value]);
        if (SmallArchiveHead.NamesModel(tag.Kind))
        {
            WritePrefix(head, model ?? throw new ArgumentException("The model is missing.", nameof(model)));
        }

        if (tag.HasDictionary)
        {
            WritePrefix(
                head, dictionary ?? throw new ArgumentException("The dictionary is missing.", nameof(dictionary)));
        }

        VarInt.Write(head, content.Original.Length);
        if (tag.Kind != BodyKind.Stored)
        {
            VarInt.Write(head, rest.WrittenCount);
        }

        output.Write(head.WrittenSpan);
        output.Write(rest.WrittenSpan);
        BinaryPrimitives.WriteUInt64BigEndian(
            output.GetSpan(FormatConstants.ChecksumLength),
            SmallArchive.ComputeCheck(head.WrittenSpan, rest.WrittenSpan, content.Original));
        output.Advance(FormatConstants.ChecksumLength);
    }

    private static void WritePrefix(ArrayBufferWriter<byte> head, HashPrefix prefix)
    {
        prefix.CopyTo(head.GetSpan(HashPrefix.Length));
        head.Advance(HashPrefix.Length);
    }
}
