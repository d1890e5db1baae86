namespace NacrithOnnx.Train.Texts;

/// <summary>
/// The chunks of one pass through all texts, in the order in which they are learned. Each document is cut from its
/// beginning; the first chunk has a random length, so that every pass cuts elsewhere.
/// </summary>
internal sealed class PassPlan(Corpus corpus, ChunkLengths lengths, KindWeights kinds, int seed)
{
    /// <summary>Shorter rests of a document are left out: a call of the model costs more than they teach.</summary>
    public const int ShortestChunk = 16;

    /// <summary>The first chunk of a document has at least this share of the length drawn.</summary>
    private const int ShortestFirst = 4;

    /// <summary>Prime, so that passes of neighbouring seeds do not repeat each other.</summary>
    private const int PassFactor = 1_000_003;

    /// <summary>Chunks of a pass.</summary>
    /// <param name="pass">From 0.</param>
    public Chunk[] Chunks(int pass)
    {
        var random = new Random(unchecked((seed * PassFactor) + pass));
        var chunks = new List<Chunk>();
        for (var document = 0; document < corpus.Documents.Count; document++)
        {
            Cut(document, random, chunks);
        }

        var order = chunks.ToArray();
        random.Shuffle(order);
        return order;
    }

    private void Cut(int document, Random random, List<Chunk> chunks)
    {
        var (kind, tokens) = corpus.Documents[document];
        for (var start = 0; start < tokens.Length;)
        {
            var length = lengths.Draw(random);
            length = start == 0 ? random.Next(Math.Max(length / ShortestFirst, ShortestChunk), length + 1) : length;
            length = Math.Min(length, tokens.Length - start);
            if (length >= ShortestChunk)
            {
                for (var times = kinds.Draw(kind, random); times > 0; times--)
                {
                    chunks.Add(new Chunk(document, start, length));
                }
            }

            start += length;
        }
    }
}
