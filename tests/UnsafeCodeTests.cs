using System.Text.RegularExpressions;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests;

/// <summary>Only the kernels and the code around the native runtime access memory without bounds checks.</summary>
public sealed partial class UnsafeCodeTests
{
    private static readonly string[] UnsafeFolders = ["src/Runtime/Kernels/", "src/Runtime/Onnx/"];

    [Theory]
    [InlineData("src")]
    [InlineData("tools")]
    public void Unsafe_code_lives_below_Kernels_and_Onnx_only(string folder)
    {
        var offenders = Repository.CSharpFiles(folder)
            .Where(file => !UnsafeFolders.Any(allowed => file.StartsWith(allowed, StringComparison.Ordinal)))
            .Where(file => IsUnsafe(File.ReadAllText(Path.Combine(Repository.Root, file))));

        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("internal static unsafe class A;", true)]
    [InlineData("/* why */ unsafe { }", true)]
    [InlineData("var s = \"//\"; unsafe { }", true)]
    [InlineData("// unsafe", false)]
    [InlineData("/* unsafe\n unsafe */", false)]
    [InlineData("var s = \"unsafe\";", false)]
    [InlineData("Unsafe.Add(ref a, 1);", false)]
    public void The_keyword_is_distinguished_from_comments_and_strings(string source, bool expected) =>
        Assert.Equal(expected, IsUnsafe(source));

    private static bool IsUnsafe(string source) => Keyword().IsMatch(CommentOrString().Replace(source, " "));

    [GeneratedRegex(@"\bunsafe\b")]
    private static partial Regex Keyword();

    // A string comes first, so that "//" inside one does not begin a comment.
    [GeneratedRegex("""
        "(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*[\s\S]*?\*/
        """)]
    private static partial Regex CommentOrString();
}
