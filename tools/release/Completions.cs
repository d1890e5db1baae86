using System.Text;
using NacrithOnnx.Cli.Arguments;

namespace NacrithOnnx.Release;

/// <summary>Completions for shells, made from the flag table: no shell starts the program for them.</summary>
internal static class Completions
{
    public static IEnumerable<(string Name, string Text)> All =>
    [
        ("nacrith.bash", Bash()),
        ("_nacrith", Zsh()),
        ("nacrith.fish", Fish()),
        ("nacrith.ps1", PowerShell()),
    ];

    private static string Bash()
    {
        var text = new StringBuilder("# bash completion for nacrith\n_nacrith() {\n");
        text.Append("    local word=$2 before=$3\n    case $before in\n");
        Case(FlagTable.All.Where(FlagValue.IsFolder), "mapfile -t COMPREPLY < <(compgen -d -- \"$word\")");
        Case(
            FlagTable.All.Where(flag => FlagValue.IsPath(flag) && !FlagValue.IsFolder(flag)),
            "mapfile -t COMPREPLY < <(compgen -f -- \"$word\")");
        Case(FlagTable.All.Where(flag => flag.TakesValue && !FlagValue.IsPath(flag)), "COMPREPLY=()");
        text.Append("        *)\n            if [[ $word == -* ]]; then\n");
        var names = string.Join(' ', FlagTable.All.SelectMany(flag => flag.Names));
        text.Append("                mapfile -t COMPREPLY < <(compgen -W '").Append(names).Append("' -- \"$word\")\n");
        text.Append("            else\n                mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n");
        text.Append("            fi ;;\n");
        return text.Append("    esac\n}\ncomplete -o filenames -F _nacrith nacrith ncxcat\n").ToString();

        void Case(IEnumerable<Flag> flags, string action)
        {
            var names = string.Join('|', flags.SelectMany(flag => flag.Names));
            if (names.Length > 0)
            {
                text.Append("        ").Append(names).Append(") ").Append(action).Append(" ;;\n");
            }
        }
    }

    private static string Zsh()
    {
        var text = new StringBuilder("#compdef nacrith ncxcat\n_arguments -s -S \\\n");
        foreach (var flag in FlagTable.All)
        {
            var help = OneLine(flag).Replace("]", "\\]", StringComparison.Ordinal)
                .Replace("'", "'\\''", StringComparison.Ordinal);
            var action = FlagValue.IsFolder(flag) ? "_files -/" : FlagValue.IsPath(flag) ? "_files" : " ";
            var value = flag.TakesValue ? $":{FlagValue.Of(flag)}:{action}" : string.Empty;

            // -q and -v may be given twice, so no option excludes itself.
            foreach (var name in flag.Names)
            {
                text.Append("    '*").Append(name).Append('[').Append(help).Append(']').Append(value).Append("' \\\n");
            }
        }

        return text.Append("    '*:file:_files'\n").ToString();
    }

    private static string Fish()
    {
        var text = new StringBuilder("# fish completion for nacrith\n");
        foreach (var program in (string[])["nacrith", "ncxcat"])
        {
            foreach (var flag in FlagTable.All)
            {
                text.Append("complete -c ").Append(program);
                foreach (var name in flag.Names)
                {
                    text.Append(name.StartsWith("--", StringComparison.Ordinal) ? " -l " : " -s ").Append(name.TrimStart('-'));
                }

                text.Append(FlagValue.IsFolder(flag) ? " -x -a '(__fish_complete_directories)'"
                    : FlagValue.IsPath(flag) ? " -r -F" : flag.TakesValue ? " -x" : string.Empty);
                text.Append(" -d '").Append(OneLine(flag).Replace("'", "\\'", StringComparison.Ordinal)).Append("'\n");
            }
        }

        return text.ToString();
    }

    private static string PowerShell()
    {
        var text = new StringBuilder("# PowerShell completion for nacrith\n");
        text.Append("Register-ArgumentCompleter -Native -CommandName nacrith, ncxcat -ScriptBlock {\n");
        text.Append("    param($word, $line, $position)\n    @(\n");
        foreach (var flag in FlagTable.All)
        {
            var help = OneLine(flag).Replace("'", "''", StringComparison.Ordinal);
            foreach (var name in flag.Names)
            {
                // The comma keeps the pair together, which the pipeline would take apart.
                text.Append("        , @('").Append(name).Append("', '").Append(help).Append("')\n");
            }
        }

        text.Append("    ) | Where-Object { $word -like '-*' -and $_[0] -clike \"$word*\" } | ForEach-Object {\n");
        text.Append("        [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterName', $_[1])\n");
        return text.Append("    }\n}\n").ToString();
    }

    private static string OneLine(Flag flag) => flag.Help.Replace('\n', ' ');
}
