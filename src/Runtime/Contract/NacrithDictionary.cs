using System.Diagnostics.CodeAnalysis;
using NacrithOnnx.Format;

namespace NacrithOnnx;

/// <summary>
/// Text that both sides know before the content: compressor and decompressor read and learn it, and it takes no space.
/// Samples of what will be compressed, one after the other, make a good one.
/// </summary>
/// <remarks>
/// <para>
/// The model reads the last tokens, half of its window at most: 512, 1,024, 2,048 or 4,096 tokens at levels 1, 6, 7 and 9,
/// some 4 bytes of English each. The predictor learns the last 65,536 tokens. So the most typical samples belong at the end,
/// and what lies more than some 250 KB before it does nothing.
/// </para>
/// <para>
/// It is prepared when a codec first needs it at a level, which takes as long as compressing it, and stays prepared until
/// it is disposed: 12 KB for each token that the model reads, and about 30 MB. Any number of calls, threads and codecs
/// may use it at once. Dispose it when no call does.
/// </para>
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "A dictionary in the sense of compressors, as in zstd.")]
public sealed class NacrithDictionary : IDisposable
{
    /// <summary>Longest text: more than any level can use, so that a wrong file is noticed.</summary>
    public const int MaxLength = 1 << 24;

    private readonly Lock _lock = new();
    private readonly Dictionary<object, IDisposable> _prepared = [];
    private readonly byte[] _text;
    private bool _disposed;

    /// <summary>Takes the text of a dictionary.</summary>
    /// <param name="text">Any bytes, 1 to <see cref="MaxLength"/>.</param>
    /// <exception cref="ArgumentException">There is none, or it is too long.</exception>
    public NacrithDictionary(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            throw new ArgumentException($"A dictionary has 1 to {MaxLength} bytes.", nameof(text));
        }

        _text = text.ToArray();
        Sha256 = Sha256Digest.Compute(text).ToString();
    }

    /// <summary>SHA-256 of the text in lower-case hexadecimal, to compare what both sides have.</summary>
    public string Sha256 { get; }

    /// <summary>The text.</summary>
    public ReadOnlyMemory<byte> Text => _text;

    /// <summary>Releases what was prepared.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var state in _prepared.Values)
            {
                state.Dispose();
            }

            _prepared.Clear();
        }
    }

    /// <summary>What a codec knows after this dictionary.</summary>
    /// <param name="key">All that it depends on besides the text.</param>
    /// <param name="prepare">Prepares it, where that has not been done.</param>
    internal T Prepared<T>(object key, Func<T> prepare)
        where T : class, IDisposable
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_prepared.TryGetValue(key, out var known))
            {
                return (T)known;
            }

            var made = prepare();
            _prepared.Add(key, made);
            return made;
        }
    }
}
