using System.Diagnostics;
using System.Text.RegularExpressions;
using NacrithOnnx.Tests.Cli;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Field;

/// <summary>
/// The program as a process, with the fake codec, in situations from the field: rows of scripts with exit code, output
/// and messages. Where they come from: docs/field-log.md.
/// </summary>
public sealed class FieldTests(ITestOutputHelper log) : IDisposable
{
    private readonly TestHost _host = new();

    /// <summary>By rm, for .NET cannot delete names that are not UTF-8.</summary>
    public void Dispose()
    {
        using (var remove = Process.Start("rm", ["-rf", _host.Files]))
        {
            remove.WaitForExit();
        }

        _host.Dispose();
    }

    public static TheoryData<string> Names(string need) => [.. Rows(need).Select(row => row.Name)];

    [NeedsTheory]
    [MemberData(nameof(Names), "sh")]
    public void Shell(string name) => Check("sh", name);

    [NeedsTheory("script", "stty")]
    [MemberData(nameof(Names), "script")]
    public void Terminal(string name) => Check("script", name);

    [NeedsTheory("python3")]
    [MemberData(nameof(Names), "python3")]
    public void Descriptors(string name) => Check("python3", name);

    [NeedsTheory("root", "setpriv")]
    [MemberData(nameof(Names), "root")]
    public void Owners(string name) => Check("root", name);

    [NeedsTheory("unshare")]
    [MemberData(nameof(Names), "unshare")]
    public void Containers(string name) => Check("unshare", name);

    [Fact]
    public void Every_row_has_a_name_of_its_own_and_is_run()
    {
        var needs = FieldCases.All.Keys.Order(StringComparer.Ordinal).ToList();
        var names = FieldCases.All.Values.SelectMany(rows => rows).Select(row => row.Name).ToList();

        log.WriteLine($"{names.Count} cases.");
        Assert.Equal(["python3", "root", "script", "sh", "unshare"], needs);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    private static IEnumerable<FieldCase> Rows(string need) => FieldCases.All[need];

    private void Check(string need, string name)
    {
        var row = Rows(need).Single(row => row.Name == name);
        var program = Path.Combine(_host.Folder, "run");
        File.WriteAllText(program, $"#!/bin/sh\nexec {ChildProcess.Command} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        }

        var result = ChildProcess.Run(_host, $"RUN={program}\n{row.Script}", row.Delay);

        Assert.Matches(Pattern(row.Error), result.Error);
        Assert.Matches(Pattern(row.Output), result.Output);
        Assert.Equal(row.Code, result.Code);
    }

    private static Regex Pattern(string text) =>
        new($@"\A{Regex.Escape(text).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.Singleline);
}
