using System.Buffers;
using System.Globalization;
using System.Text;
using NacrithOnnx.Runtime.Files;

namespace NacrithOnnx.Runtime.Onnx;

/// <summary>
/// A model's graph, changed in memory so that its weights are read from a pack: the name of a weight file becomes the
/// pack's, and each offset counts from its start. ONNX Runtime maps them as it would the file itself.
/// </summary>
internal static class WeightLocations
{
    private const string Location = "location";
    private const string Offset = "offset";

    /// <summary>Rewrites a model.</summary>
    /// <exception cref="EnvironmentException">It is no model, or its weights are not in the pack.</exception>
    public static byte[] MoveInto(PackedFiles pack, ReadOnlySpan<byte> model)
    {
        var result = new ArrayBufferWriter<byte>(model.Length + (model.Length / 8));
        var fields = new ProtobufFields(model);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.ModelGraph)
            {
                ProtobufFields.Write(result, OnnxFields.ModelGraph, Graph(pack, fields.Bytes));
            }
            else
            {
                result.Write(fields.Raw);
            }
        }

        return result.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> Graph(PackedFiles pack, ReadOnlySpan<byte> graph)
    {
        var result = new ArrayBufferWriter<byte>(graph.Length);
        var fields = new ProtobufFields(graph);
        while (fields.Next())
        {
            if (fields.Number == OnnxFields.GraphInitializer)
            {
                ProtobufFields.Write(result, OnnxFields.GraphInitializer, Tensor(pack, fields.Bytes));
            }
            else
            {
                result.Write(fields.Raw);
            }
        }

        return result.WrittenSpan;
    }

    private static ReadOnlySpan<byte> Tensor(PackedFiles pack, ReadOnlySpan<byte> tensor)
    {
        var result = new ArrayBufferWriter<byte>(tensor.Length);
        string? location = null;
        var offset = "0";
        var fields = new ProtobufFields(tensor);
        while (fields.Next())
        {
            if (fields.Number != OnnxFields.TensorExternalData)
            {
                result.Write(fields.Raw);
                continue;
            }

            var (key, value) = Entry(fields.Bytes);
            switch (key)
            {
                case Location:
                    location = value;
                    break;
                case Offset:
                    offset = value;
                    break;
                default:
                    result.Write(fields.Raw);
                    break;
            }
        }

        if (location is not null)
        {
            if (!pack.TryGet(location, out var file)
                || !long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            {
                throw new EnvironmentException($"{pack.Path}: there are no weights \"{location}\" at \"{offset}\".");
            }

            WriteEntry(result, Location, Path.GetFileName(pack.Path));
            WriteEntry(result, Offset, (file.Offset + place).ToString(CultureInfo.InvariantCulture));
        }

        return result.WrittenSpan;
    }

    private static (string Key, string Value) Entry(ReadOnlySpan<byte> entry)
    {
        var (key, value) = (string.Empty, string.Empty);
        var fields = new ProtobufFields(entry);
        while (fields.Next())
        {
            var text = Encoding.UTF8.GetString(fields.Bytes);
            (key, value) = fields.Number == OnnxFields.EntryKey ? (text, value) : (key, text);
        }

        return (key, value);
    }

    private static void WriteEntry(ArrayBufferWriter<byte> tensor, string key, string value)
    {
        var entry = new ArrayBufferWriter<byte>();
        ProtobufFields.Write(entry, OnnxFields.EntryKey, Encoding.UTF8.GetBytes(key));
        ProtobufFields.Write(entry, OnnxFields.EntryValue, Encoding.UTF8.GetBytes(value));
        ProtobufFields.Write(tensor, OnnxFields.TensorExternalData, entry.WrittenSpan);
    }
}
