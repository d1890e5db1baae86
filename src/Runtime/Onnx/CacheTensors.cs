using Microsoft.ML.OnnxRuntime;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Kernels.Steps;
using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>Key and value rows of all layers: either the whole cache, or the new rows of one call.</summary>
internal sealed class CacheTensors : IDisposable
{
    private const int Tile = ExactArithmetic.CacheMultiple;

    private readonly int _headSize;
    private readonly bool _tiled;

    /// <param name="shape">Dimensions of the model.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <param name="positions">Positions per lane.</param>
    /// <param name="tiled">Whether keys are stored in tiles, as in the cache.</param>
    public CacheTensors(ModelShape shape, int lanes, int positions, bool tiled)
    {
        _headSize = shape.HeadSize;
        _tiled = tiled;
        Slots = lanes * shape.KeyValueHeads;
        Positions = positions;
        Keys = new PinnedTensor<sbyte>[shape.Layers];
        KeyScales = new PinnedTensor<float>[shape.Layers];
        Values = new PinnedTensor<sbyte>[shape.Layers];
        ValueScales = new PinnedTensor<float>[shape.Layers];
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            Keys[layer] = tiled
                ? new PinnedTensor<sbyte>(lanes, shape.KeyValueHeads, positions / Tile, _headSize, Tile)
                : new PinnedTensor<sbyte>(lanes, shape.KeyValueHeads, _headSize, positions);
            KeyScales[layer] = new PinnedTensor<float>(lanes, shape.KeyValueHeads, positions);
            Values[layer] = new PinnedTensor<sbyte>(lanes, shape.KeyValueHeads, positions, _headSize);
            ValueScales[layer] = new PinnedTensor<float>(lanes, shape.KeyValueHeads, positions);
        }
    }

    /// <summary>Pairs of a lane and a key/value head.</summary>
    public int Slots { get; }

    /// <summary>Capacity of each slot in positions.</summary>
    public int Positions { get; }

    /// <summary>
    /// Transposed keys of each layer: new rows as [slots, headSize, positions]; the cache as
    /// [slots, positions / 64, headSize, 64], because a contiguous tile is read at memory speed.
    /// </summary>
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
    /// Copies positions of <paramref name="source"/> to position <paramref name="at"/> of this. A source with fewer
    /// slots is repeated: slot i copies slot i modulo their number.
    /// </summary>
    public void Append(CacheTensors source, int count, int at)
    {
        for (var layer = 0; layer < Keys.Length; layer++)
        {
            if (count == 1 && source.Positions == 1 && source.Slots == Slots && _tiled)
            {
                AppendOne(source, layer, at);
                continue;
            }

            for (var slot = 0; slot < Slots; slot++)
            {
                var from = slot % source.Slots;
                for (var row = 0; row < _headSize; row++)
                {
                    for (int i = 0, run; i < count; i += run)
                    {
                        run = Math.Min(count - i, Math.Min(RunLength(at + i), source.RunLength(i)));
                        Copy(source.Keys[layer], source.KeyIndex(from, row, i), Keys[layer], KeyIndex(slot, row, at + i), run);
                    }
                }

                Copy(source.Values[layer], from * source.Positions * _headSize,
                    Values[layer], ((slot * Positions) + at) * _headSize, count * _headSize);
                Copy(source.KeyScales[layer], from * source.Positions, KeyScales[layer], (slot * Positions) + at, count);
                Copy(source.ValueScales[layer], from * source.Positions, ValueScales[layer], (slot * Positions) + at, count);
            }
        }
    }

    /// <summary>Each layer for kernels; valid as long as this is referenced.</summary>
    public unsafe LayerCache[] Layers() =>
    [
        .. Enumerable.Range(0, Keys.Length).Select(layer => new LayerCache
        {
            Key = Keys[layer].Pointer,
            KeyScale = KeyScales[layer].Pointer,
            Value = Values[layer].Pointer,
            ValueScale = ValueScales[layer].Pointer,
        }),
    ];

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

    /// <summary>One position of every slot: the case of each step, in which every byte of a key has its own line.</summary>
    private void AppendOne(CacheTensors source, int layer, int at)
    {
        for (var slot = 0; slot < Slots; slot++)
        {
            var key = source.Keys[layer].Span.Slice(slot * _headSize, _headSize);
            var column = Keys[layer].Span.Slice(KeyIndex(slot, 0, at), ((_headSize - 1) * Tile) + 1);
            for (var row = 0; row < key.Length; row++)
            {
                column[row * Tile] = key[row];
            }

            source.Values[layer].Span.Slice(slot * _headSize, _headSize).CopyTo(Values[layer].Span[(((slot * Positions) + at) * _headSize)..]);
            KeyScales[layer].Span[(slot * Positions) + at] = source.KeyScales[layer].Span[slot];
            ValueScales[layer].Span[(slot * Positions) + at] = source.ValueScales[layer].Span[slot];
        }
    }

    /// <summary>Number of contiguous positions from this one on.</summary>
    private int RunLength(int position) => _tiled ? Tile - (position % Tile) : Positions - position;

    private int KeyIndex(int slot, int row, int position) => _tiled
        ? (((((slot * (Positions / Tile)) + (position / Tile)) * _headSize) + row) * Tile) + (position % Tile)
        : (((slot * _headSize) + row) * Positions) + position;

    private static void Copy<T>(PinnedTensor<T> source, int from, PinnedTensor<T> target, int to, int count)
        where T : unmanaged
    {
        if (count == 1)
        {
            target.Span[to] = source.Span[from];
            return;
        }

        source.Span.Slice(from, count).CopyTo(target.Span[to..]);
    }
}
