namespace NacrithOnnx.Tests.Bytes.Independent;

/// <summary>Section 8 of docs/byte-coder.md.</summary>
internal sealed class IndependentMixer
{
    private readonly int[][] _weights = [new int[256 * 40], new int[256 * 40], new int[128 * 40], new int[128 * 40], new int[8]];
    private readonly int[] _outputs = new int[8];
    private readonly int[] _probabilities = new int[5];
    private int[] _contexts = [];
    private int _bits;

    private readonly int _firstRate;
    private readonly int _lastRate;

    public IndependentMixer(bool symbols)
    {
        (_firstRate, _lastRate) = symbols ? (16, 4) : (48, 10);
        for (var input = 0; input < 40; input++)
        {
            var weight = input switch
            {
                < 32 => input % 2 == 1 ? 0 : symbols ? 1000 : 5000,
                32 or 34 => symbols ? 8000 : 5000,
                36 => symbols ? 45000 : 5000,
                37 => symbols ? 4000 : 5000,
                38 => symbols ? 3000 : 5000,
                _ => 0,
            };
            for (var set = 0; set < 4; set++)
            {
                for (var at = input; at < _weights[set].Length; at += 40)
                {
                    _weights[set][at] = weight;
                }
            }
        }

        Array.Fill(_weights[4], 16384);
    }

    public int[] Inputs { get; } = new int[40];

    /// <summary>t of the document, from the contexts of the four sets and of the last layer.</summary>
    public int Mix(int[] contexts, IndependentTables tables)
    {
        _contexts = contexts;
        for (var set = 0; set < 4; set++)
        {
            _outputs[set] = Dot(Inputs, Weights(set));
            _probabilities[set] = tables.Squash(_outputs[set]);
        }

        var t = Dot(_outputs, Weights(4));
        _probabilities[4] = tables.Squash(t);
        return t;
    }

    public void Learn(int bit)
    {
        var rate = Math.Max(_firstRate - (_bits++ / 512), _lastRate);
        for (var set = 0; set < 4; set++)
        {
            var miss = (bit << 16) - _probabilities[set];
            if (Math.Abs(miss) >= 128)
            {
                Train(Inputs, Weights(set), (miss * rate) >> 6);
            }
        }

        Train(_outputs, Weights(4), (((bit << 16) - _probabilities[4]) * 4) >> 6);
    }

    private Span<int> Weights(int set)
    {
        var width = set < 4 ? 40 : 8;
        return _weights[set].AsSpan(_contexts[set] * width, width);
    }

    private static int Dot(int[] inputs, Span<int> weights)
    {
        var sum = 0;
        for (var j = 0; j < inputs.Length; j++)
        {
            sum += (inputs[j] * weights[j]) >> 10;
        }

        return Math.Clamp(sum >> 6, -3071, 3071);
    }

    private static void Train(int[] inputs, Span<int> weights, int error)
    {
        for (var j = 0; j < inputs.Length; j++)
        {
            weights[j] = Math.Clamp(weights[j] + (((inputs[j] * error) + 8192) >> 14), -524287, 524287);
        }
    }
}
