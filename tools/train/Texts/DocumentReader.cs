using System.Buffers;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Archive;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Train.Texts;

/// <summary>
/// Turns a file into what the language model sees when the file is compressed: frames, the text regions of each, their
/// transforms, tokens.
/// </summary>
internal sealed class DocumentReader(Tokenizer tokenizer)
{
    /// <summary>One document for each frame that has text.</summary>
    public IEnumerable<Document> Read(string kind, byte[] content)
    {
        for (var start = 0; start < content.Length; start += ArchiveWriter.DefaultFrameLength)
        {
            var tokens = Tokens(content.AsSpan(start, Math.Min(ArchiveWriter.DefaultFrameLength, content.Length - start)));
            if (tokens.Length > 0)
            {
                yield return new Document(kind, tokens);
            }
        }
    }

    private int[] Tokens(ReadOnlySpan<byte> frame)
    {
        var tokens = new ArrayBufferWriter<int>();
        foreach (var stretch in Segmenter.Split(frame))
        {
            if (stretch.Kind == RegionKind.Text)
            {
                var region = frame.Slice(stretch.Offset, stretch.Length);
                tokenizer.Encode(TextTransform.Apply(TextTransform.Choose(region), region), tokens);
            }
        }

        return tokens.WrittenSpan.ToArray();
    }
}
