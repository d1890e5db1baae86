using NacrithOnnx.Compare;

namespace NacrithOnnx.Tests.Benchmarks;

public sealed class ProcTextTests
{
    [Fact]
    public void The_peak_is_read_from_a_status_file() =>
        Assert.Equal(12345, ProcText.PeakKibibytes("Name:\tnacrith\nVmPeak:\t  999 kB\nVmHWM:\t   12345 kB\nVmRSS:\t    77 kB\n"));

    [Theory]
    [InlineData("")]
    [InlineData("Name:\tnacrith\nState:\tZ (zombie)\n")]
    [InlineData("VmHWM:\t12345 MB\n")]
    [InlineData("VmHWM:\t-1 kB\n")]
    [InlineData("VmHWM\n")]
    public void A_process_without_memory_has_no_peak(string status) => Assert.Null(ProcText.PeakKibibytes(status));

    [Fact]
    public void The_processor_is_the_first_of_the_list() =>
        Assert.Equal("A: CPU @ 2 GHz", ProcText.ProcessorName("processor\t: 0\nmodel name\t: A: CPU @ 2 GHz\n\nmodel name\t: B\n"));

    [Fact]
    public void A_list_without_names_gives_none() => Assert.Null(ProcText.ProcessorName("processor\t: 0\n"));
}
