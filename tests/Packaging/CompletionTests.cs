using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Release;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Packaging;

/// <summary>Each shell loads its completions and offers what the flag table has.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CompletionTests()
    {
        foreach (var (name, text) in Completions.All)
        {
            File.WriteAllText(_folder.File(name), text);
        }
    }

    [ProgramFact("bash")]
    public void Bash_offers_every_option()
    {
        var script = $"source '{_folder.File("nacrith.bash")}'; complete -p ncxcat > /dev/null; "
            + "COMP_WORDS=(nacrith -); COMP_CWORD=1; _nacrith nacrith - nacrith; printf '%s\\n' \"${COMPREPLY[@]}\"; "
            + "_nacrith nacrith --mod nacrith; echo \"only ${COMPREPLY[*]}\"";

        var offered = ShellRun.Run("bash", "--norc", "-euc", script).Split('\n');

        Assert.Equal(Names, offered[..^2]);
        Assert.Equal("only --model", offered[^2]);
    }

    [ProgramFact("zsh")]
    public void Zsh_accepts_the_function()
    {
        ShellRun.Run("zsh", "-fn", _folder.File("_nacrith"));
        var script = $"fpath=('{_folder.Path}' $fpath); autoload -Uz compinit; compinit -u -D; "
            + "print -r -- ${_comps[nacrith]} ${_comps[ncxcat]}";

        Assert.Equal("_nacrith _nacrith\n", ShellRun.Run("zsh", "-fc", script));
    }

    [ProgramFact("zsh")]
    public void Zsh_arguments_are_well_formed()
    {
        // The real _arguments runs inside a completion only.
        var script = $"_arguments() {{ print -rl -- \"$@\" }}; . '{_folder.File("_nacrith")}'";

        var specifications = ShellRun.Run("zsh", "-fc", script).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["-s", "-S"], specifications[..2]);
        Assert.Equal(Names, specifications[2..^1].Select(line => line[1..line.IndexOf('[', StringComparison.Ordinal)]));
    }

    [ProgramFact("fish")]
    public void Fish_offers_every_option()
    {
        var script = $"source '{_folder.File("nacrith.fish")}'; complete -C 'nacrith -'; complete -C 'nacrith --'";

        var offered = ShellRun.Run("fish", "--no-config", "-c", script).Split('\n').Select(line => line.Split('\t')[0]);

        Assert.Empty(Names.Except(offered));
    }

    [ProgramFact("pwsh")]
    public void PowerShell_offers_every_option()
    {
        var script = $". '{_folder.File("nacrith.ps1")}'; "
            + "(TabExpansion2 -inputScript 'nacrith -' -cursorColumn 9).CompletionMatches.CompletionText";

        var offered = ShellRun.Run("pwsh", "-NoProfile", "-Command", script);

        Assert.Equal(Names, offered.Split('\n', StringSplitOptions.TrimEntries)[..^1]);
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Names => FlagTable.All.SelectMany(flag => flag.Names);
}
