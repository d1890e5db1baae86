using System.Buffers.Binary;
using System.Text;
using NacrithOnnx.Format;

namespace NacrithOnnx.Export;

internal sealed class QuickGguf
{
    private readonly byte[] _file;
    private int _at;
    public Dictionary<string, object> Meta { get; } = [];
    private readonly Dictionary<string, (int[] Dims, int Type, long Offset)> _tensors = [];
    private readonly long _base;

    public QuickGguf(string path)
    {
        _file = File.ReadAllBytes(path);
        _at = 8;
        var tensors = (int)U64();
        var pairs = (int)U64();
        for (var i = 0; i < pairs; i++)
        {
            var k = Str();
            Meta[k] = Value((int)U32());
        }

        for (var i = 0; i < tensors; i++)
        {
            var name = Str();
            var n = (int)U32();
            var dims = new int[n];
            for (var d = 0; d < n; d++)
            {
                dims[d] = (int)U64();
            }

            var type = (int)U32();
            _tensors[name] = (dims, type, (long)U64());
        }

        _base = (_at + 31) / 32 * 32;
    }

    public IEnumerable<string> Describe() => _tensors.Select(t => $"{t.Key} {string.Join('x', t.Value.Dims)} type {t.Value.Type}");

    public float[] Read(string name)
    {
        var (dims, type, offset) = _tensors[name];
        var n = dims.Aggregate(1, (a, b) => a * b);
        var data = _file.AsSpan((int)(_base + offset));
        var result = new float[n];
        float H(ReadOnlySpan<byte> s) => (float)BinaryPrimitives.ReadHalfLittleEndian(s);
        switch (type)
        {
            case 0:
                for (var i = 0; i < n; i++)
                {
                    result[i] = BinaryPrimitives.ReadSingleLittleEndian(data[(i * 4)..]);
                }

                break;
            case 3:
                for (var b = 0; b < n / 32; b++)
                {
                    var block = data.Slice(b * 20, 20);
                    float d = H(block), m = H(block[2..]);
                    for (var i = 0; i < 16; i++)
                    {
                        result[(b * 32) + i] = ((block[4 + i] & 15) * d) + m;
                        result[(b * 32) + i + 16] = ((block[4 + i] >> 4) * d) + m;
                    }
                }

                break;
            case 8:
                for (var b = 0; b < n / 32; b++)
                {
                    var block = data.Slice(b * 34, 34);
                    var d = H(block);
                    for (var i = 0; i < 32; i++)
                    {
                        result[(b * 32) + i] = (sbyte)block[2 + i] * d;
                    }
                }

                break;
            case 14:
                for (var b = 0; b < n / 256; b++)
                {
                    var block = data.Slice(b * 210, 210);
                    var d = H(block[208..]);
                    for (var half = 0; half < 2; half++)
                    {
                        for (var l = 0; l < 32; l++)
                        {
                            int ql0 = block[(half * 64) + l], ql1 = block[(half * 64) + l + 32], qh = block[128 + (half * 32) + l];
                            int[] q = [(ql0 & 15) | ((qh & 3) << 4), (ql1 & 15) | (((qh >> 2) & 3) << 4), (ql0 >> 4) | (((qh >> 4) & 3) << 4), (ql1 >> 4) | (((qh >> 6) & 3) << 4)];
                            for (var k = 0; k < 4; k++)
                            {
                                var sc = (sbyte)block[192 + (half * 8) + (l / 16) + (2 * k)];
                                result[(b * 256) + (half * 128) + (32 * k) + l] = d * sc * (q[k] - 32);
                            }
                        }
                    }
                }

                break;
            default:
                throw new EnvironmentException($"type {type}");
        }

        return result;
    }

    private uint U32()
    {
        _at += 4;
        return BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(_at - 4));
    }

    private ulong U64()
    {
        _at += 8;
        return BinaryPrimitives.ReadUInt64LittleEndian(_file.AsSpan(_at - 8));
    }

    private string Str()
    {
        var n = (int)U64();
        _at += n;
        return Encoding.UTF8.GetString(_file, _at - n, n);
    }

    private object Value(int type)
    {
        switch (type)
        {
            case 0 or 1 or 7:
                return _file[_at++];
            case 2 or 3:
                _at += 2;
                return 0;
            case 4 or 5:
                return (long)U32();
            case 6:
                return BitConverter.UInt32BitsToSingle(U32());
            case 8:
                return Str();
            case 9:
                var inner = (int)U32();
                var n = (int)U64();
                for (var i = 0; i < n; i++)
                {
                    Value(inner);
                }

                return n;
            default:
                return (long)U64();
        }
    }
}
