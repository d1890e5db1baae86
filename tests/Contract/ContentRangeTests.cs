namespace NacrithOnnx.Tests.Contract;

public sealed class ContentRangeTests
{
    [Theory]
    [InlineData(0, 100, 10, "abcde")]
    [InlineData(12, 100, 10, "cde")]
    [InlineData(0, 12, 10, "ab")]
    [InlineData(11, 13, 10, "bc")]
    [InlineData(15, 20, 10, "")]
    [InlineData(0, 10, 10, "")]
    [InlineData(12, 11, 10, "")]
    [InlineData(0, long.MaxValue, 0, "abcde")]
    [InlineData(long.MaxValue, long.MaxValue, 0, "")]
    public void Content_is_cut_to_a_range(long start, long end, long position, string expected) =>
        Assert.Equal(expected, new string(System.Text.Encoding.ASCII.GetChars(
            new ContentRange(start, end).Of("abcde"u8.ToArray(), position).ToArray())));
}
