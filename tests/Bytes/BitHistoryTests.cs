using NacrithOnnx.Runtime.Bytes;

namespace NacrithOnnx.Tests.Bytes;

public sealed class BitHistoryTests
{
    [Fact]
    public void All_states_but_one_can_be_reached_from_the_empty_one()
    {
        var seen = new HashSet<byte> { 0 };
        var open = new Queue<byte>(seen);
        while (open.TryDequeue(out var state))
        {
            for (var bit = 0; bit < 2; bit++)
            {
                var next = BitHistory.Next[(2 * state) + bit];
                if (seen.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        Assert.InRange(seen.Count, 200, 255);
        Assert.DoesNotContain((byte)255, seen);
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 64536)]
    public void Repetition_of_a_bit_raises_its_probability(int bit, int bound)
    {
        byte state = 0;
        for (var i = 0; i < 60; i++)
        {
            state = BitHistory.Next[(2 * state) + bit];
        }

        int p = BitHistory.Initial[state];
        Assert.True(bit == 0 ? p < bound + 1000 : p > bound - 1000, $"probability {p}");
    }

    [Fact]
    public void A_state_seen_before_is_never_the_empty_one()
    {
        for (var i = 0; i < 255 * 2; i++)
        {
            Assert.NotEqual(0, BitHistory.Next[i]);
        }
    }
}
