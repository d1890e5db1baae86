using System.CommandLine;

namespace NacrithOnnx.Tests.Cli;

/// <summary>
/// Why the program reads its command line itself: what System.CommandLine makes of names that are files to gzip and
/// getopt. A test that fails tells that a release has mended its case; when all four have, the package can take over.
/// </summary>
public sealed class SystemCommandLineTests
{
    private readonly Argument<string[]> _files = new("FILE") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _decompress = new("--decompress", "-d");
    private readonly RootCommand _command;

    public SystemCommandLineTests()
    {
        _command = new RootCommand { _files, _decompress };
    }

    [Fact]
    public void A_first_file_named_like_the_program_is_dropped()
    {
        Assert.Equal([], Parse(_command.Name));
        Assert.Equal(["other"], Parse(_command.Name, "other"));
        Assert.Equal(["other", _command.Name], Parse("other", _command.Name));
    }

    [Fact]
    public void A_first_file_in_brackets_is_taken_for_a_directive()
    {
        Assert.Equal(["other"], Parse("[parse]", "other"));
        Assert.NotEmpty(_command.Parse(["[parse]", "other"]).Errors);
        Assert.Equal(["other", "[parse]"], Parse("other", "[parse]"));
    }

    [Theory]
    [InlineData("-dX", "X")]
    [InlineData("--decompress=X", "X")]
    public void The_rest_of_a_flag_becomes_a_file(string argument, string file)
    {
        Assert.Equal([file], Parse(argument));
        Assert.True(_command.Parse([argument]).GetValue(_decompress));
        Assert.Empty(_command.Parse([argument]).Errors);
    }

    [Theory]
    [InlineData("--decompres")]
    [InlineData("-Z")]
    public void An_option_that_does_not_exist_becomes_a_file(string argument)
    {
        Assert.Equal([argument], Parse(argument));
        Assert.Empty(_command.Parse([argument]).Errors);
    }

    private string[] Parse(params string[] arguments) => _command.Parse(arguments).GetValue(_files) ?? [];
}
