using NacrithOnnx.Cli.Progress;

namespace NacrithOnnx.Tests.Cli;

public sealed class ProgressTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly StringWriter _error = new();
    private readonly List<string> _estimates = [];

    public void Dispose() => _error.Dispose();

    private ProgressLine Line(
        bool draw, long? length = 102_400, bool decompressing = false, int columns = 100, string name = "folder/a.txt") =>
        new(_error, _time, name, length, decompressing, draw ? () => columns : null, _estimates.Add);

    [Fact]
    public void A_line_shows_bytes_ratio_speed_and_time_left()
    {
        using var line = Line(draw: true);
        _time.Advance(10);
        line.Report(new(10_240, 1_024, 2_500));

        Assert.Equal("\ra.txt: 10.0 % of 100.0 KiB, ratio 10.0 %, 1.0 KiB/s, 250 tokens/s, 1:30 min left", _error.ToString());
    }

    [Fact]
    public void When_decompressing_the_output_is_the_content()
    {
        using var line = Line(draw: true, decompressing: true);
        _time.Advance(10);
        line.Report(new(10_240, 102_400, 2_500));

        Assert.Contains("ratio 10.0 %, 10.0 KiB/s", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_length_gives_no_time_left()
    {
        using var line = Line(draw: true, length: null);
        _time.Advance(1);
        line.Report(new(10_240, 1_024, 2_500));

        Assert.Equal("\ra.txt: 10.0 KiB, ratio 10.0 %, 10.0 KiB/s, 2500 tokens/s", _error.ToString());
    }

    [Fact]
    public void It_is_drawn_at_most_six_times_a_second()
    {
        using var line = Line(draw: true);
        _time.Advance(1);
        for (var step = 0; step < 1000; step++)
        {
            line.Report(new(step, step, step));
            _time.Advance(0.001);
        }

        Assert.InRange(_error.ToString().Count(letter => letter == '\r'), 5, 6);
    }

    [Fact]
    public void It_goes_away_at_the_end_without_a_trace()
    {
        var line = Line(draw: true);
        _time.Advance(1);
        line.Report(new(1, 1, 1));
        var width = _error.ToString().Length - 1;
        line.Dispose();

        Assert.EndsWith("\r" + new string(' ', width) + "\r", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_drawn_where_there_is_no_terminal()
    {
        using (var line = Line(draw: false))
        {
            _time.Advance(5);
            line.Report(new(1, 1, 1));
        }

        Assert.Equal(string.Empty, _error.ToString());
    }

    [Fact]
    public void Long_work_is_estimated_once()
    {
        using var line = Line(draw: false);
        _time.Advance(1);
        line.Report(new(10, 1, 1));
        Assert.Empty(_estimates);
        _time.Advance(9);
        line.Report(new(10_240, 1_024, 2_500));
        line.Report(new(10_240, 1_024, 2_500));

        Assert.Equal(["about 1:30 min left at 1.0 KiB/s, 250 tokens/s"], _estimates);
    }

    [Theory]
    [InlineData("a.txt", 81, "a.txt: 10.0 % of 100.0 KiB, ratio 10.0 %, 1.0 KiB/s, 250 tokens/s, 1:30 min left")]
    [InlineData("a.txt", 80, "a.txt: 10.0 % of 100.0 KiB, ratio 10.0 %, 1.0 KiB/s, 1:30 min left")]
    [InlineData("a.txt", 67, "a.txt: 10.0 % of 100.0 KiB, ratio 10.0 %, 1.0 KiB/s, 1:30 min left")]
    [InlineData("a.txt", 66, "a.t~: 10.0 % of 100.0 KiB, ratio 10.0 %, 1.0 KiB/s, 1:30 min left")]
    [InlineData("a.txt", 63, "10.0 % of 100.0 KiB, ratio 10.0 %, 1.0 KiB/s, 1:30 min left")]
    [InlineData("\u6587\u5B57\u6587\u5B57", 66, "\u6587~: 10.0 % of 100.0 KiB, ratio 10.0 %, 1.0 KiB/s, 1:30 min left")]
    [InlineData("a.txt", 20, "10.0 % of 100.0 KiB")]
    [InlineData("a.txt", 1, "")]
    public void A_line_is_narrower_than_the_terminal(string name, int columns, string expected)
    {
        using var line = Line(draw: true, columns: columns, name: name);
        _time.Advance(10);
        line.Report(new(10_240, 1_024, 2_500));

        Assert.Equal('\r' + expected, _error.ToString());
    }

    [Fact]
    public void The_ratio_is_that_of_the_frames_that_are_done()
    {
        using var line = Line(draw: true);
        _time.Advance(10);
        line.Report(new(5_120, 0, 1_000));
        Assert.DoesNotContain("ratio", _error.ToString(), StringComparison.Ordinal);
        _time.Advance(1);
        line.Report(new(10_240, 1_024, 2_500));
        _time.Advance(1);
        line.Report(new(20_480, 1_024, 5_000));

        Assert.Contains("20.0 % of 100.0 KiB, ratio 10.0 %", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(125, "2:05 min")]
    [InlineData(3_720, "1:02 h")]
    [InlineData(360_000, "100:00 h")]
    public void Durations_are_short(double seconds, string text) =>
        Assert.Equal(text, Figures.Duration(TimeSpan.FromSeconds(seconds)));
}
