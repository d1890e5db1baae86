using System.Buffers;

namespace NacrithOnnx.Format;

/// <summary>Writes frame bodies. Each has exactly one encoding.</summary>
public static class BodyWriter
{
    /// <summary>Writes a body.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="content">What to write.</param>
    /// <param name="container">What the body will lie in.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other or the format's bounds.</exception>
    public static void Write(IBufferWriter<byte> output, in BodyContent content, BodyContainer container)
    {
        output.Write([content.Tag(container).Value]);
        WriteHead(output, content, container);
        output.Write(content.TextPayload);
        output.Write(content.BytesPayload);
        WriteStored(output, content);
    }

    /// <summary>Bytes of a body that <see cref="Write"/> would write: counted, not written.</summary>
    /// <param name="content">What would be written.</param>
    /// <param name="container">What the body would lie in.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other or the format's bounds.</exception>
    public static int Length(in BodyContent content, BodyContainer container)
    {
        var head = new ArrayBufferWriter<byte>();
        WriteHead(head, content, container);
        var stored = 0;
        foreach (var region in content.Regions)
        {
            stored += region.Kind == RegionKind.Stored ? region.OriginalLength : 0;
        }

        return 1 + head.WrittenCount + content.TextPayload.Length + content.BytesPayload.Length + stored;
    }

    /// <summary>Writes what stands between the tag and the payloads.</summary>
    private static void WriteHead(IBufferWriter<byte> output, in BodyContent content, BodyContainer container)
    {
        BodyContentCheck.Check(content, container);
        var tag = content.Tag(container);
        switch (tag.Kind)
        {
            case BodyKind.Text:
                if (tag.HasTransform)
                {
                    VarInt.Write(output, content.Regions[0].TransformId);
                }

                WriteTokenCount(output, content);
                break;
            case BodyKind.Bytes:
                if (container == BodyContainer.Message)
                {
                    VarInt.Write(output, content.Original.Length);
                }

                break;
            case BodyKind.Regions:
                WriteList(output, content);
                break;
        }
    }

    private static void WriteList(IBufferWriter<byte> output, in BodyContent content)
    {
        VarInt.Write(output, content.Regions.Length);
        foreach (var region in content.Regions)
        {
            output.Write([(byte)region.Kind]);
            if (region.Kind == RegionKind.Text)
            {
                VarInt.Write(output, region.TransformId);
            }

            VarInt.Write(output, region.OriginalLength);
            if (region.TransformId != 0)
            {
                VarInt.Write(output, region.TransformedLength);
            }
        }

        if (content.HasKind(RegionKind.Text))
        {
            WriteTokenCount(output, content);
            VarInt.Write(output, content.TextPayload.Length);
        }

        if (content.HasKind(RegionKind.Bytes) && content.HasKind(RegionKind.Stored))
        {
            VarInt.Write(output, content.BytesPayload.Length);
        }
    }

    private static void WriteTokenCount(IBufferWriter<byte> output, in BodyContent content)
    {
        VarInt.Write(output, content.TokenCount);
        if (content.TokenCount >= BodyRules.MinPrimableTokens)
        {
            output.Write([(byte)(content.IsPrimed ? 1 : 0)]);
        }
    }

    private static void WriteStored(IBufferWriter<byte> output, in BodyContent content)
    {
        var left = content.Original;
        foreach (var region in content.Regions)
        {
            if (region.Kind == RegionKind.Stored)
            {
                output.Write(left[..region.OriginalLength]);
            }

            left = left[region.OriginalLength..];
        }
    }
}
