using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>Key and value rows of all layers: either the whole cache, or the new rows of one call.</summary>
internal sealed class CacheTensors : IDisposable
{
    private readonly int _headSize;

    public CacheTensors(ModelShape shape, int streams, int positions)
    {
        _headSize = shape.HeadSize;
        Slots = streams * shape.KeyValueHeads;
        Positions = positions;
        Keys = new PinnedTensor<sbyte>[shape.Layers];
        KeyScales = new PinnedTensor<float>[shape.Layers];
        Values = new PinnedTensor<sbyte>[shape.Layers];
        ValueScales = new PinnedTensor<float>[shape.Layers];
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            Keys[layer] = new PinnedTensor<sbyte>(streams, shape.KeyValueHeads, _headSize, positions);
            KeyScales[layer] = new PinnedTensor<float>(streams, shape.KeyValueHeads, positions);
            Values[layer] = new PinnedTensor<sbyte>(streams, shape.KeyValueHeads, positions, _headSize);
            ValueScales[layer] = new PinnedTensor<float>(streams, shape.KeyValueHeads, positions);
        }
    }

    /// <summary>Pairs of a stream and a key/value head.</summary>
    public int Slots { get; }

    /// <summary>Positions each slot has room for.</summary>
    public int Positions { get; }

    /// <summary>Transposed keys [slots, headSize, positions] of each layer.</summary>
    public PinnedTensor<sbyte>[] Keys { get; }

    public PinnedTensor<float>[] KeyScales { get; }

    /// <summary>Values [slots, positions, headSize] of each layer.</summary>
    public PinnedTensor<sbyte>[] Values { get; }

    public PinnedTensor<float>[] ValueScales { get; }

    /// <summary>The four tensors of each layer, in the order of the model's inputs and outputs.</summary>
    public void AddTo(List<OrtValue> list)
    {
        for (var layer = 0; layer < Keys.Length; layer++)
        {
            list.Add(Keys[layer].Value);
            list.Add(KeyScales[layer].Value);
            list.Add(Values[layer].Value);
            list.Add(ValueScales[layer].Value);
        }
    }

    /// <summary>
    /// Copies positions of <paramref name="source"/> behind <paramref name="at"/> positions of this. A source with fewer
    /// slots is repeated: slot i takes from slot i modulo its number.
    /// </summary>
    public void Append(CacheTensors source, int count, int at)
    {
        for (var layer = 0; layer < Keys.Length; layer++)
        {
            for (var slot = 0; slot < Slots; slot++)
            {
                var from = slot % source.Slots;
                for (var row = 0; row < _headSize; row++)
                {
                    Copy(source.Keys[layer], ((from * _headSize) + row) * source.Positions,
                        Keys[layer], (((slot * _headSize) + row) * Positions) + at, count);
                }

                Copy(source.Values[layer], from * source.Positions * _headSize,
                    Values[layer], ((slot * Positions) + at) * _headSize, count * _headSize);
                Copy(source.KeyScales[layer], from * source.Positions, KeyScales[layer], (slot * Positions) + at, count);
                Copy(source.ValueScales[layer], from * source.Positions, ValueScales[layer], (slot * Positions) + at, count);
            }
        }
    }

    public void Dispose()
    {
        for (var layer = 0; layer < Keys.Length; layer++)
        {
            Keys[layer].Dispose();
            KeyScales[layer].Dispose();
            Values[layer].Dispose();
            ValueScales[layer].Dispose();
        }
    }

    private static void Copy<T>(PinnedTensor<T> source, int from, PinnedTensor<T> target, int to, int count)
        where T : unmanaged
    {
        if (count == 1)
        {
            target.Values[to] = source.Values[from];
            return;
        }

        source.Span.Slice(from, count).CopyTo(target.Span[to..]);
    }
}
