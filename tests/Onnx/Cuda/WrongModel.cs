using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Tests.Onnx.Cuda;

/// <summary>A model whose last logit of some calls has a wrong last bit.</summary>
/// <param name="model">The model that is right.</param>
/// <param name="lanes">Lanes of the calls.</param>
/// <param name="count">Their tokens in each lane.</param>
internal sealed class WrongModel(ILanguageModel model, int lanes, int count) : ILanguageModel
{
    public ModelShape Shape => model.Shape;

    public bool IsParallel => model.IsParallel;

    public ReadOnlyMemory<float> HiddenStates => model.HiddenStates;

    public IKeyValueCache CreateCache(int lanes, int positions) => model.CreateCache(lanes, positions);

    public ReadOnlyMemory<float> Forward(IKeyValueCache cache, ReadOnlySpan<int> tokens, int logitsFrom)
    {
        var logits = model.Forward(cache, tokens, logitsFrom).ToArray();
        if (cache.Lanes == lanes && tokens.Length == lanes * count)
        {
            logits[^1] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(logits[^1]) ^ 1);
        }

        return logits;
    }

    public void Dispose() => model.Dispose();
}
