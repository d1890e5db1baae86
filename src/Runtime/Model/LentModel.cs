using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Model;

/// <summary>A model that others own: disposing this leaves it open.</summary>
internal sealed class LentModel(ILanguageModel model) : ILanguageModel
{
    public ModelShape Shape => model.Shape;

    public bool IsParallel => model.IsParallel;

    public ReadOnlyMemory<float> HiddenStates => model.HiddenStates;

    public IKeyValueCache CreateCache(int lanes, int positions) => model.CreateCache(lanes, positions);

    public ReadOnlyMemory<float> Forward(IKeyValueCache cache, ReadOnlySpan<int> tokens, int logitsFrom) =>
        model.Forward(cache, tokens, logitsFrom);

    public void Dispose()
    {
    }
}
