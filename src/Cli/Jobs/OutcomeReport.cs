using System.Globalization;
using NacrithOnnx.Cli.Posix;
using NacrithOnnx.Cli.Progress;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Reports what a job did: a line with -v, an object with --json.</summary>
internal static class OutcomeReport
{
    public static string Describe(in Outcome outcome) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Figures.Count(outcome.ContentBytes)} bytes of content, {Figures.Count(outcome.ArchiveBytes)} in the archive ({Figures.Percent(outcome.ArchiveBytes, outcome.ContentBytes)}), {outcome.Elapsed.TotalSeconds:0.0} s, {Figures.Rate(outcome.Tokens, outcome.Elapsed):0} tokens/s");

    public static void WriteJson(Stream output, string operation, Outcome outcome) => JsonLine.Write(output, json =>
    {
        json.WriteString("operation", operation);
        json.WriteString("input", ByteName.Readable(outcome.Input));
        json.WriteString("output", outcome.Output is null ? null : ByteName.Readable(outcome.Output));
        json.WriteNumber("contentBytes", outcome.ContentBytes);
        json.WriteNumber("archiveBytes", outcome.ArchiveBytes);
        json.WriteNumber("tokens", outcome.Tokens);
        json.WriteNumber("seconds", Math.Round(outcome.Elapsed.TotalSeconds, 3));
    });
}
