using NacrithOnnx.Format;

namespace NacrithOnnx.Train.Texts;

/// <summary>The chunks of one pass after another, without end.</summary>
internal sealed class ChunkStream
{
    private readonly PassPlan _plan;
    private Chunk[] _chunks = [];
    private int _pass = -1;

    /// <summary>Begins at a position.</summary>
    /// <exception cref="EnvironmentException">A pass has no chunks.</exception>
    public ChunkStream(PassPlan plan, TextPosition position)
    {
        _plan = plan;
        Position = position;
        LoadPass();
    }

    /// <summary>Where the next chunk comes from; can be set back.</summary>
    public TextPosition Position { get; set; }

    /// <summary>The next chunk.</summary>
    public Chunk Next()
    {
        LoadPass();
        if (Position.Chunk >= _chunks.Length)
        {
            Position = new TextPosition(Position.Pass + 1, 0);
            LoadPass();
        }

        var chunk = _chunks[Position.Chunk];
        Position = Position with { Chunk = Position.Chunk + 1 };
        return chunk;
    }

    /// <summary>Chunks of at least so many tokens together.</summary>
    public List<Chunk> Batch(int tokens)
    {
        var batch = new List<Chunk>();
        for (var left = tokens; left > 0; left -= batch[^1].Length)
        {
            batch.Add(Next());
        }

        return batch;
    }

    private void LoadPass()
    {
        if (_pass != Position.Pass)
        {
            _pass = Position.Pass;
            _chunks = _plan.Chunks(_pass);
        }

        if (_chunks.Length == 0)
        {
            throw new EnvironmentException("no chunk of text is left: the texts are too short, or all kinds have the weight 0");
        }
    }
}
