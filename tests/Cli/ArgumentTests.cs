using NacrithOnnx.Cli.Arguments;

namespace NacrithOnnx.Tests.Cli;

public sealed class ArgumentTests
{
    private static CommandLineOptions Parse(params string[] arguments) => ArgumentParser.Parse(arguments, new());

    [Fact]
    public void Short_options_can_be_bundled()
    {
        var options = Parse("-dckT2", "f");

        Assert.Equal(Mode.Decompress, options.Mode);
        Assert.True(options.ToStandardOutput);
        Assert.Equal(2, options.Threads);
        Assert.Equal(["f"], options.Files);
    }

    [Theory]
    [InlineData("-T3")]
    [InlineData("-T", "3")]
    [InlineData("--threads=3")]
    [InlineData("--threads", "3")]
    public void A_value_can_be_attached_or_follow(params string[] arguments) => Assert.Equal(3, Parse(arguments).Threads);

    [Fact]
    public void The_last_of_two_conflicting_options_counts()
    {
        Assert.Equal(Mode.Test, Parse("-d", "-z", "-t").Mode);
        Assert.Equal(Mode.Compress, Parse("-tz").Mode);
        Assert.Equal(2, Parse("-9", "f", "-2").Level);
        Assert.Equal(4, Parse("-T1", "-T4").Threads);
        Assert.False(Parse("--rm", "-k").RemoveSource);
    }

    [Theory]
    [InlineData("-1", 1)]
    [InlineData("-9k", 9)]
    [InlineData("-k5", 5)]
    public void A_digit_is_a_level(string argument, int level) => Assert.Equal(level, Parse(argument).Level);

    [Fact]
    public void Repeated_q_and_v_are_counted()
    {
        Assert.Equal(2, Parse("-vv").Verbose);
        Assert.Equal(3, Parse("-v", "-vv").Verbose);
        Assert.Equal(2, Parse("-qq").Quiet);
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("--bogus", "f")]
    [InlineData("f", "-x")]
    [InlineData("-dX", "f")]
    [InlineData("--thread", "2")]
    [InlineData("-0")]
    [InlineData("--bogus", "--", "-f")]
    [InlineData("[parse]x", "-y")]
    [InlineData("-T")]
    [InlineData("-o")]
    [InlineData("-T", "two")]
    [InlineData("-T-1")]
    [InlineData("-T2000")]
    [InlineData("-M", "many")]
    [InlineData("-d", "-c", "--range", "5")]
    [InlineData("-d", "-c", "--range", "-5,3")]
    [InlineData("--help=x")]
    [InlineData("--message", "--check", "3")]
    [InlineData("--message", "--check", "two")]
    [InlineData("--message", "-D")]
    public void Unknown_options_and_invalid_values_are_errors(params string[] arguments) =>
        Assert.Throws<UsageException>(() => Parse(arguments));

    [Fact]
    public void After_two_dashes_everything_is_a_file() =>
        Assert.Equal(["a", "-d", "--bogus", "--"], Parse("a", "--", "-d", "--bogus", "--").Files);

    [Theory]
    [InlineData("@x")]
    [InlineData("@missing")]
    [InlineData("[parse]")]
    [InlineData("nacrith")]
    [InlineData("-")]
    [InlineData("with space")]
    public void Odd_names_are_names(string name) => Assert.Equal([name], Parse(name).Files);

    [Fact]
    public void A_value_may_look_like_an_option() => Assert.Equal("-d", Parse("-o", "-d", "f").Output);

    [Theory]
    [InlineData("unknown option '-X' in '-dX'; a file of that name is written ./-dX", "-dX")]
    [InlineData("option '--help' takes no value", "--help=x")]
    [InlineData("option '-o' needs a value", "-do")]
    public void A_usage_error_names_what_is_wrong(string message, string argument) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => Parse(argument)).Message);

    [Fact]
    public void A_dash_can_be_the_output() => Assert.Equal("-", Parse("-o-", "f").Output);

    [Theory]
    [InlineData("-o", "x", "a", "b")]
    [InlineData("-c", "-o", "x", "a")]
    [InlineData("--rm", "-c", "a")]
    [InlineData("--rm", "-o-", "a")]
    [InlineData("--verify", "-c", "a")]
    [InlineData("--json", "-c", "a")]
    [InlineData("--json")]
    [InlineData("--json", "-d", "-")]
    [InlineData("--json", "a", "-")]
    [InlineData("--verify")]
    [InlineData("--rm", "-")]
    [InlineData("-t", "-o", "b", "a")]
    [InlineData("-l", "-o", "b", "a")]
    [InlineData("-r", "-o", "x", "a")]
    [InlineData("--range", "0,1", "a")]
    [InlineData("--range", "0,1", "-d", "a")]
    [InlineData("--range", "0,1", "-d", "--rm", "-o", "b", "a")]
    [InlineData("--check", "2", "a")]
    [InlineData("-D", "d", "-l", "a")]
    [InlineData("--message", "-D", "", "a")]
    [InlineData("--message", "-l", "a")]
    [InlineData("--message", "-dc", "--range", "0,1", "a")]
    [InlineData("--message", "-d", "--ignore-trailing", "a")]
    [InlineData("--message", "-d", "-M", "1G", "a")]
    [InlineData("--message", "-c", "a", "b")]
    [InlineData("--message", "-rc", "a")]
    [InlineData("--try", "-c", "a")]
    [InlineData("--try", "-o", "b", "a")]
    [InlineData("--try", "--rm", "a")]
    [InlineData("--try", "--verify", "a")]
    [InlineData("")]
    public void Conflicting_arguments_are_refused(params string[] arguments) =>
        Assert.Throws<UsageException>(() => Parse(arguments));

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("4096", 4096L)]
    [InlineData("64K", 65536L)]
    [InlineData("64KiB", 65536L)]
    [InlineData("2g", 2147483648L)]
    [InlineData("7E", 7L << 60)]
    public void Sizes_carry_units(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("B")]
    [InlineData("1.5M")]
    [InlineData("-1")]
    [InlineData("8E")]
    [InlineData("99999999999999999999")]
    public void Invalid_sizes_are_refused(string text) => Assert.Throws<UsageException>(() => ByteSize.Parse(text));

    [Fact]
    public void Every_spelling_belongs_to_one_option_and_is_in_the_help()
    {
        var names = FlagTable.All.SelectMany(flag => flag.Names).ToList();
        var help = HelpText.Render();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(FlagTable.All, flag => Assert.Contains(flag.Label, help, StringComparison.Ordinal));
        Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Every_option_changes_what_is_parsed() => Assert.All(FlagTable.All, flag =>
    {
        // From a state in which the defaults of -z and -k make a difference.
        var before = new CommandLineOptions { Mode = Mode.Decompress, RemoveSource = true, Level = 0 };
        var value = flag.Names[0] switch
        {
            "--range" => "1,2",
            "--check" => "4",
            "--device" => "cpu",
            _ => "7",
        };
        if (flag.Names[0] is "-d" or "--rm")
        {
            before = new();
        }

        Assert.All(flag.Names, name => Assert.NotEqual(before, flag.Apply(before, flag.TakesValue ? value : name)));
    });
}
