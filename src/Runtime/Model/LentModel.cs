using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Model;

/// <summary>A model that others own: disposing this gives it back.</summary>
/// <param name="model">The model.</param>
/// <param name="giveBack">Told of the model once.</param>
internal sealed class LentModel(ILanguageModel model, Action<ILanguageModel> giveBack) : ILanguageModel
{
    private bool _isGivenBack;

    /// <summary>The model.</summary>
    public ILanguageModel Model => model;

    public ModelShape Shape => model.Shape;

    public bool IsParallel => model.IsParallel;

    public ReadOnlyMemory<float> HiddenStates => model.HiddenStates;

    public IKeyValueCache CreateCache(int lanes, int positions) => model.CreateCache(lanes, positions);

    public ReadOnlyMemory<float> Forward(IKeyValueCache cache, ReadOnlySpan<int> tokens, int logitsFrom) =>
        model.Forward(cache, tokens, logitsFrom);

    public void Dispose()
    {
        if (!_isGivenBack)
        {
            _isGivenBack = true;
            giveBack(model);
        }
    }
}
