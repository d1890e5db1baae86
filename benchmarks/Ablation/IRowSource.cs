namespace NacrithOnnx.Ablation;

/// <summary>Rows of the language model for a text, in the order in which a compressor codes its tokens.</summary>
internal interface IRowSource : IDisposable
{
    string Name { get; }

    int Tokens { get; }

    int Streams { get; }

    int Vocabulary { get; }

    int HiddenWidth { get; }

    void Run(RowHandler handler);
}
