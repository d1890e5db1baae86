using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Tests.Bytes;

public sealed class BranchTransformTests
{
    [Theory]
    [MemberData(nameof(SampleBytes.Names), MemberType = typeof(SampleBytes))]
    public void It_is_inverted_exactly(string name) => AssertUndone(SampleBytes.Get(name));

    [Fact]
    public void It_is_inverted_exactly_where_opcodes_overlap()
    {
        // Only significant bytes, so that operands are full of opcodes.
        byte[] alphabet = [0xE8, 0xE9, 0x00, 0xFF, 0x01];
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            AssertUndone([.. Enumerable.Range(0, seed).Select(_ => alphabet[random.Next(alphabet.Length)])]);
        }
    }

    [Fact]
    public void It_makes_calls_of_one_function_equal()
    {
        byte[] code = [0xE8, 0x20, 0x10, 0x10, 0x00, 0x90, 0xE8, 0x1A, 0x10, 0x10, 0x00];

        BranchTransform.Apply(code);

        Assert.Equal(code[..5], code[6..]);
    }

    [Fact]
    public void It_is_chosen_for_code_and_not_for_text()
    {
        Assert.True(BranchTransform.Pays(SampleBytes.X86(8000)));
        Assert.False(BranchTransform.Pays(SampleBytes.Text(8000)));
        Assert.False(BranchTransform.Pays(SampleBytes.Random(100000, 1)));
        Assert.False(BranchTransform.Pays([]));
    }

    private static void AssertUndone(byte[] input)
    {
        byte[] data = [.. input];
        BranchTransform.Apply(data);
        BranchTransform.Invert(data);
        Assert.Equal(input, data);
    }
}
