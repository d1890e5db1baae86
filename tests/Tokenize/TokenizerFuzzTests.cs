using System.Buffers;
using System.Security.Cryptography;
using NacrithOnnx.Runtime.Tokenize;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>Tokenizer files with right checksums and any definition inside, and any tokens.</summary>
public sealed class TokenizerFuzzTests(ITestOutputHelper output)
{
    private const double Seconds = 1;

    [Fact]
    public void A_mutated_file_is_refused_or_keeps_every_byte()
    {
        var small = SmallFile();
        var random = new Random(FuzzBudget.Seed);
        var budget = new FuzzBudget(Seconds);
        var refused = 0;
        var usable = 0;
        while (budget.IsLeft)
        {
            var content = Mutation.Of(small[..^SHA256.HashSizeInBytes], random);
            Tokenizer tokenizer;
            try
            {
                tokenizer = Tokenizer.Load([.. content, .. SHA256.HashData(content)]);
            }
            catch (EnvironmentException)
            {
                refused++;
                continue;
            }

            var text = new byte[random.Next(200)];
            random.NextBytes(text);
            var tokens = new ArrayBufferWriter<int>();
            var bytes = new ArrayBufferWriter<byte>();
            tokenizer.Encode(text, tokens);
            tokenizer.Decode(tokens.WrittenSpan, bytes);
            Assert.True(bytes.WrittenSpan.SequenceEqual(text), $"Seed {FuzzBudget.Seed}, file {Convert.ToHexString(content)}");
            usable++;
        }

        output.WriteLine($"Seed {FuzzBudget.Seed}: {refused} files refused, {usable} usable.");
        Assert.True(refused > 0 && usable > 0);
    }

    [Fact]
    public void Any_tokens_decode_or_are_corrupt()
    {
        var random = new Random(FuzzBudget.Seed);
        var budget = new FuzzBudget(Seconds);
        var refused = 0;
        var decoded = 0;
        while (budget.IsLeft)
        {
            // Few special tokens, else none would decode; some ids outside of the vocabulary.
            int[] tokens = [.. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(60) == 0 ? random.Next(-1, 20) : random.Next(17, 49_160))];
            try
            {
                SmolLm2.Tokenizer.Decode(tokens, new ArrayBufferWriter<byte>());
                decoded++;
            }
            catch (CorruptArchiveException)
            {
                refused++;
            }
        }

        output.WriteLine($"Seed {FuzzBudget.Seed}: {refused} sequences refused, {decoded} decoded.");
        Assert.True(refused > 0 && decoded > 0);
    }

    /// <summary>All bytes but three, and words of two to five letters.</summary>
    private static byte[] SmallFile()
    {
        byte[] bytes = [.. Enumerable.Range(0, 253).Select(value => (byte)value)];
        const int Special = 2;
        int First(char letter) => Special + letter;
        uint[] merges =
        [
            TokenizerDefinition.Pair(First('t'), First('h')),
            TokenizerDefinition.Pair(Special + 253, First('e')),
            TokenizerDefinition.Pair(First(' '), Special + 254),
            TokenizerDefinition.Pair(First('a'), First('a')),
            TokenizerDefinition.Pair(Special + 256, Special + 256),
        ];
        return TokenizerFile.Write(new TokenizerDefinition(Special, 0, 1, bytes, merges));
    }
}
