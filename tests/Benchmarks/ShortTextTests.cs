using NacrithOnnx.Compare;

namespace NacrithOnnx.Tests.Benchmarks;

public sealed class ShortTextTests
{
    [Fact]
    public void There_are_twenty_short_texts_with_samples_that_do_not_contain_them()
    {
        var texts = ShortText.All();

        Assert.Equal(20, texts.DistinctBy(text => text.Kind).Count());
        Assert.All(texts, text =>
        {
            Assert.InRange(text.Content.Length, 40, 400);
            Assert.NotEmpty(text.Dictionary);
            Assert.Equal(-1, text.Dictionary.AsSpan().IndexOf(text.Content));
            Assert.DoesNotContain((byte)'\r', text.Content);
        });
    }

    [Fact]
    public void Samples_and_the_text_are_told_apart()
    {
        var text = ShortText.Of("commit");

        Assert.StartsWith("Fix crash when", System.Text.Encoding.UTF8.GetString(text.Dictionary), StringComparison.Ordinal);
        Assert.StartsWith("Retry failed uploads", System.Text.Encoding.UTF8.GetString(text.Content), StringComparison.Ordinal);
        Assert.Equal((byte)'\n', text.Dictionary[^1]);
        Assert.Equal((byte)'.', text.Content[^1]);
    }
}
