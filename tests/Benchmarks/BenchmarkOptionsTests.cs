using NacrithOnnx.Compare;

namespace NacrithOnnx.Tests.Benchmarks;

public sealed class BenchmarkOptionsTests
{
    [Fact]
    public void Options_are_read()
    {
        var options = BenchmarkOptions.Parse(["--texts", "a", "b", "--levels", "1,9", "--first", "2048", "--throughput"]);

        Assert.Equal(["a", "b"], options.Texts);
        Assert.Equal([1, 9], options.Levels);
        Assert.Equal(2048, options.First);
        Assert.Equal(BenchmarkMode.Throughput, options.Mode);
    }

    [Fact]
    public void A_roofline_is_a_throughput_with_more_columns()
    {
        var options = BenchmarkOptions.Parse(["--roofline"]);

        Assert.Equal(BenchmarkMode.Throughput, options.Mode);
        Assert.True(options.Roofline);
    }

    [Fact]
    public void The_lower_limit_of_arithmetic_and_memory_counts()
    {
        var roofline = new Roofline(BytesPerSecond: 100, OperationsPerSecond: 1000, "none");

        Assert.Equal(10, roofline.TokensPerSecond(operationsPerToken: 100, bytesPerToken: 1));
        Assert.Equal(2, roofline.TokensPerSecond(operationsPerToken: 100, bytesPerToken: 50));
    }

    [Theory]
    [InlineData("--fast")]
    [InlineData("--texts")]
    [InlineData("--out", "--first")]
    [InlineData("--levels", "0")]
    [InlineData("--levels", "1,,2")]
    [InlineData("--first", "x")]
    public void Invalid_options_are_refused(params string[] arguments) =>
        Assert.Throws<BenchmarkException>(() => BenchmarkOptions.Parse(arguments));
}
