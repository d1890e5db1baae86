using System.Text;
using NacrithOnnx.Tests.Runtime;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Message;

/// <summary>Messages of a codec with a tiny model: any content, any options, any damage.</summary>
public sealed class MessageTests : IDisposable
{
    private static readonly byte[] DictionaryText = TinyCodec.Prose[..3000];

    private readonly NacrithCodec _codec = TinyCodec.Open();
    private readonly NacrithDictionary _dictionary = new(DictionaryText);

    public void Dispose()
    {
        _dictionary.Dispose();
        _codec.Dispose();
    }

    public static TheoryData<string> Contents => [.. Samples.Keys];

    private static Dictionary<string, byte[]> Samples { get; } = new()
    {
        ["nothing"] = [],
        ["a zero"] = [0],
        ["prose"] = TinyCodec.Prose[5000..5160],
        ["more than is tried as a whole"] = TinyCodec.Prose[..9000],
        ["a text in the dictionary"] = DictionaryText[100..400],
        ["line ends of Windows"] = [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("one line\r\n", 40)))],
        ["UTF-16"] = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("The same text in two bytes each. It is long.")],
        ["Windows-1252"] = [.. Encoding.Latin1.GetBytes("Les élèves ont été reçus à l'école près du château fort.")],
        ["a byte order mark"] = [0xEF, 0xBB, 0xBF, .. TinyCodec.Prose[..200]],
        ["zeros"] = new byte[1000],
        ["noise"] = Noise(300),
        ["text and noise"] = [.. TinyCodec.Prose[..2048], .. Noise(2048)],
        ["much text and noise"] = [.. TinyCodec.Prose[..8192], .. Noise(8192)],
        ["tokens that need an escape"] = [.. Enumerable.Repeat((byte)0xC0, 9), .. "abc"u8],
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void Content_comes_back(string name)
    {
        var content = Samples[name];
        foreach (var options in (MessageOptions[])[new(), new() { Dictionary = _dictionary }, new() { Level = 9, CheckLength = 0 }])
        {
            var message = _codec.CompressMessage(content, options);

            Assert.True(message.Length <= content.Length + 1 + options.CheckLength, $"{message.Length} bytes");
            Assert.Equal(content, _codec.DecompressMessage(message, options));
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(9)]
    public void The_reader_need_not_know_the_level(int level)
    {
        var content = TinyCodec.Prose[..100];
        var message = _codec.CompressMessage(content, new MessageOptions { Level = level, Dictionary = _dictionary });

        Assert.Equal(content, _codec.DecompressMessage(message, new MessageOptions { Dictionary = _dictionary }));
    }

    [Fact]
    public void An_empty_content_takes_one_byte_and_the_check()
    {
        foreach (var check in new[] { 0, 1, 2, 4 })
        {
            var options = new MessageOptions { CheckLength = check };

            Assert.Equal(1 + check, _codec.CompressMessage([], options).Length);
            Assert.Throws<TruncatedArchiveException>(() => _codec.DecompressMessage(new byte[check], options));
        }
    }

    [Fact]
    public void Messages_of_several_threads_are_those_of_one()
    {
        var contents = Enumerable.Range(0, 12).Select(i => TinyCodec.Prose.AsSpan(500 * i, 20 + (13 * i)).ToArray()).ToArray();
        var options = new MessageOptions { Dictionary = _dictionary };
        using var alone = TinyCodec.Open();
        using var ownDictionary = new NacrithDictionary(DictionaryText);
        var expected = contents.Select(
            content => alone.CompressMessage(content, new MessageOptions { Dictionary = ownDictionary })).ToArray();
        using var second = TinyCodec.Open();

        Parallel.For(0, 4 * contents.Length, i =>
        {
            var codec = i % 2 == 0 ? _codec : second;
            var content = contents[i % contents.Length];
            var given = i % 3 == 0 ? new MessageOptions() : options;
            var message = codec.CompressMessage(content, given);

            Assert.Equal(content, codec.DecompressMessage(message, given));
            if (i % 3 != 0)
            {
                Assert.Equal(expected[i % contents.Length], message);
            }
        });
    }

    [Fact]
    public void A_dictionary_makes_its_own_texts_small()
    {
        var content = DictionaryText[1000..1300];

        var without = _codec.CompressMessage(content).Length;
        var with = _codec.CompressMessage(content, new MessageOptions { Dictionary = _dictionary }).Length;

        Assert.True(with * 3 < without, $"{without} bytes without, {with} with it");
    }

    [Fact]
    public void A_missing_or_wrong_dictionary_is_noticed()
    {
        using var other = new NacrithDictionary(TinyCodec.Prose.AsSpan(4000, 3000));
        var message = _codec.CompressMessage(DictionaryText.AsSpan(0, 300), new MessageOptions { Dictionary = _dictionary });

        Assert.Throws<DictionaryMismatchException>(() => _codec.DecompressMessage(message));
        var exception = Assert.ThrowsAny<NacrithException>(
            () => _codec.DecompressMessage(message, new MessageOptions { Dictionary = other }));
        Assert.Contains("dictionary", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_model_is_noticed()
    {
        using var other = TinyCodec.Open(TinyModel.Other.Folder);
        var message = _codec.CompressMessage(TinyCodec.Prose.AsSpan(0, 300));

        var exception = Assert.ThrowsAny<NacrithException>(() => other.DecompressMessage(message));
        Assert.Contains("another model", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_is_an_error_or_the_content()
    {
        var content = TinyCodec.Prose[..40];
        var options = new MessageOptions { CheckLength = 4 };
        var message = _codec.CompressMessage(content, options);
        for (var bit = 0; bit < 8 * message.Length; bit++)
        {
            var damaged = message.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            // Profiles that differ only in their windows agree on a content as short as this.
            if (Read(damaged, options) is { } read)
            {
                Assert.Equal(content, read);
            }
        }

        for (var length = 0; length < message.Length; length++)
        {
            Assert.ThrowsAny<NacrithException>(() => _codec.DecompressMessage(message.AsSpan(0, length), options));
        }
    }

    [Fact]
    public void Random_bytes_are_an_error_or_a_content()
    {
        var random = new Random(5);
        var options = new MessageOptions { CheckLength = 0, MaxContent = 200 };
        for (var round = 0; round < 200; round++)
        {
            var message = new byte[random.Next(1, 40)];
            random.NextBytes(message);

            // No other exception than those of bad input may come.
            Assert.True((Read(message, options)?.Length ?? 0) <= options.MaxContent);
        }
    }

    [Fact]
    public void A_limit_holds_in_both_directions()
    {
        var content = TinyCodec.Prose[..200];
        var less = new MessageOptions { MaxContent = 199 };

        Assert.Throws<LimitExceededException>(() => _codec.CompressMessage(content, less));
        foreach (var sample in (byte[][])[content, Noise(200), new byte[200], Samples["UTF-16"]])
        {
            var message = _codec.CompressMessage(sample);
            var limit = new MessageOptions { MaxContent = sample.Length - 1 };

            Assert.Throws<LimitExceededException>(() => _codec.DecompressMessage(message, limit));
            Assert.Equal(sample, _codec.DecompressMessage(message, limit with { MaxContent = sample.Length }));
        }
    }

    [Fact]
    public void Wrong_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _codec.CompressMessage([], new MessageOptions { CheckLength = 3 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _codec.CompressMessage([], new MessageOptions { Level = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _codec.DecompressMessage([0], new MessageOptions { MaxContent = -1 }));
        Assert.Throws<ArgumentException>(() => new NacrithDictionary([]));
    }

    [Fact]
    public void A_disposed_dictionary_is_refused()
    {
        var dictionary = new NacrithDictionary(DictionaryText);
        var options = new MessageOptions { Dictionary = dictionary };
        _codec.Prepare(dictionary);
        _codec.CompressMessage(DictionaryText, options);
        dictionary.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _codec.CompressMessage(DictionaryText, options));
    }

    [Fact]
    public void A_message_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => _codec.CompressMessage("text"u8, null, cancelled.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => _codec.Prepare(_dictionary, 6, cancelled.Token));
        Assert.Equal(
            "text"u8.ToArray(),
            _codec.DecompressMessage(
                _codec.CompressMessage("text"u8, new MessageOptions { Dictionary = _dictionary }),
                new MessageOptions { Dictionary = _dictionary }));
    }

    /// <summary>The content, or null where the message is refused.</summary>
    private byte[]? Read(byte[] message, MessageOptions options)
    {
        try
        {
            return _codec.DecompressMessage(message, options);
        }
        catch (NacrithException)
        {
            return null;
        }
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(length).NextBytes(noise);
        return noise;
    }
}
