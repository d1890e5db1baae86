namespace NacrithOnnx.Ablation;

/// <summary>Rows of the language model over a text, in the order in which a compressor would code its tokens.</summary>
internal interface IRowSource : IDisposable
{
    string Name { get; }

    int Tokens { get; }

    int Streams { get; }

    int Vocabulary { get; }

    int HiddenWidth { get; }

    void Run(RowHandler handler);
}
