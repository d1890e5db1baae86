using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Tests.Cli;

public sealed class MemoryLimitsTests
{
    private const string Unlimited = "Limit\nMax address space         unlimited            unlimited            bytes\nMax 1\n";

    [Theory]
    [InlineData("unlimited", null)]
    [InlineData("4000000000", null)]
    [InlineData("3072000000", "the address space is limited to 2.9 GiB (ulimit -v); text needs 3.7 GiB")]
    public void A_low_limit_of_the_address_space_is_named(string soft, string? problem)
    {
        var limits = Unlimited.Replace("unlimited ", soft + " ", StringComparison.Ordinal);

        Assert.Equal(problem, MemoryLimits.Problem(limits, 8L << 30));
    }

    [Theory]
    [InlineData(900L << 20, null)]
    [InlineData(512L << 20, "the memory of this machine or container is 512.0 MiB; text needs up to 900.0 MiB")]
    [InlineData(0L, null)]
    public void A_small_container_is_named(long available, string? problem)
    {
        Assert.Equal(problem, MemoryLimits.Problem(Unlimited, available));
        Assert.Equal(problem, MemoryLimits.Problem(string.Empty, available));
    }

    [Fact]
    public void It_is_a_warning_before_the_model_is_loaded()
    {
        using var host = new TestHost
        {
            MemoryProblem = "too little",
            CodecFactory = _ => throw new EnvironmentException("std::bad_alloc"),
        };

        Assert.Equal(1, host.Run(host.Write("a", "x")));
        Assert.Equal("nacrith: too little\nnacrith: not enough memory\n", host.ErrorText);
    }
}
