using System.Diagnostics.CodeAnalysis;
using NacrithOnnx.Format;

namespace NacrithOnnx;

/// <summary>
/// Text that both sides share: compressor and decompressor learn it before the content, and it takes no space in the
/// output. Concatenated samples of the expected content make a good dictionary.
/// </summary>
/// <remarks>
/// <para>
/// The model reads the last tokens, half of its window at most: 1,024, 2,048 or 4,096 tokens at levels 6, 7 and 9,
/// about 4 bytes of English each. The predictor learns the last 65,536 tokens. So put the most typical samples at
/// the end; text more than about 250 KB before the end has no effect.
/// </para>
/// <para>
/// A codec prepares the dictionary when a level first needs it, which takes as long as compressing it. The prepared
/// state, 12 KB per token that the model reads and about 30 MB, is kept until disposal. Any number of calls, threads
/// and codecs may use a dictionary at once. Dispose it when no call uses it.
/// </para>
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "A dictionary in the sense of compressors, as in zstd.")]
public sealed class NacrithDictionary : IDisposable
{
    /// <summary>
    /// Maximum length: more than any level can use, so that a file that is not a dictionary is detected.
    /// </summary>
    public const int MaxLength = 1 << 24;

    private readonly Lock _lock = new();
    private readonly Dictionary<object, IDisposable> _prepared = [];
    private readonly byte[] _text;
    private bool _disposed;

    /// <summary>Creates a dictionary.</summary>
    /// <param name="text">Any bytes, 1 to <see cref="MaxLength"/>.</param>
    /// <exception cref="ArgumentException">The text is empty or too long.</exception>
    public NacrithDictionary(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            throw new ArgumentException($"A dictionary has 1 to {MaxLength} bytes.", nameof(text));
        }

        _text = text.ToArray();
        var hash = Sha256Digest.Compute(text);
        Sha256 = hash.ToString();
        Prefix = HashPrefix.Of(hash);
    }

    /// <summary>SHA-256 of the text in lower-case hexadecimal, to compare what both sides have.</summary>
    public string Sha256 { get; }

    /// <summary>How archives name the dictionary.</summary>
    internal HashPrefix Prefix { get; }

    /// <summary>The text.</summary>
    public ReadOnlyMemory<byte> Text => _text;

    /// <summary>Releases the prepared state.</summary>
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

    /// <summary>The prepared state of this dictionary for a codec.</summary>
    /// <param name="key">Everything that the state depends on besides the text.</param>
    /// <param name="prepare">Prepares the state, if it has not been prepared.</param>
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
