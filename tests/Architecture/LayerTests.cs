using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Architecture;

/// <summary>
/// The folders of src are layers: a folder uses only folders of earlier rows. Folders of the same row do not use each
/// other.
/// </summary>
public sealed class LayerTests
{
    /// <summary>
    /// The layers, lowest first. A folder that is not listed belongs to the nearest listed one above it.
    /// </summary>
    private static readonly string[][] Layers =
    [
        ["src/Format"],
        ["src/Runtime/Contract"],
        ["src/Runtime/Kernels/Simd"],
        ["src/Runtime/Kernels"],
        [
            "src/Runtime/Code", "src/Runtime/Tokenize", "src/Runtime/Bytes", "src/Runtime/Mix", "src/Runtime/Predict",
            "src/Runtime/Files",
        ],
        ["src/Runtime/Segment"],
        ["src/Runtime/Onnx/CustomOps"],
        ["src/Runtime/Onnx"],
        ["src/Runtime/Model"],
        ["src/Runtime/Text"],
        ["src/Runtime/Engine"],
        ["src/Runtime/Frame"],
        ["src/Runtime/Archive", "src/Runtime/Message"],
        ["src/Runtime"],
        ["src/Cli"],
    ];

    private static readonly SourceLayers Source = new(
        Layers, [.. Repository.CSharpFiles("src").Select(file => new SourceFile(file, Repository.Read(file)))]);

    [Fact]
    public void No_folder_uses_its_own_layer_or_a_higher_one() => Assert.Empty(Source.Violations());

    [Fact]
    public void Every_layer_has_files_and_every_file_a_layer()
    {
        Assert.Empty(Source.FilesWithoutLayer);
        Assert.Empty(Source.EmptyFolders);
    }

    [Fact]
    public void The_document_has_the_same_table()
    {
        const string Runtime = "src/Runtime";
        var rows = Repository.Read("docs/architecture.md").Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)
                || line.StartsWith("| (root)", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1].Split(',').Select(name => name.Trim(' ', '`')).ToArray());
        var layers = Layers.Reverse()
            .Select(row => row.Where(folder => folder.StartsWith(Runtime, StringComparison.Ordinal)).ToArray())
            .Where(row => row.Length > 0)
            .Select(row => row.Select(folder => folder == Runtime ? "(root)" : folder[(Runtime.Length + 1)..]))
            .Select(row => row.ToArray());

        Assert.Equal(layers, rows);
    }

    /// <summary>Shows that the first test can fail: a violation of each form, written to a file.</summary>
    [Theory]
    [InlineData("src/Runtime/Kernels/A.cs", "using NacrithOnnx.Runtime.Onnx;")]
    [InlineData("src/Runtime/Kernels/A.cs", "using static NacrithOnnx.Runtime.Onnx.CustomOps.OrtApi;")]
    [InlineData("src/Runtime/Kernels/A.cs", "using Api = NacrithOnnx.Runtime.Onnx.CustomOps.OrtApi;")]
    [InlineData("src/Runtime/Mix/A.cs", "class A { NacrithOnnx.Runtime.Predict.ModelShape _shape; }")]
    [InlineData("src/Runtime/Mix/A.cs", "class A { Predict.ModelShape _shape; }")]
    [InlineData("src/Runtime/Text/A.cs", "class A { Frame.Level _level; }")]
    [InlineData("src/Runtime/Text/A.cs", "class A { int B() => Frame . Level.FrameLength; }")]
    [InlineData("src/Runtime/Archive/A.cs", "class A { NacrithCodec _codec; }")]
    [InlineData("src/Runtime/Contract/A.cs", "class A { NacrithStream _stream; }")]
    [InlineData("src/Format/A.cs", "class A { ICodec _codec; }")]
    [InlineData("src/Format/A.cs", "using NacrithOnnx.Runtime.Text;")]
    [InlineData("src/Runtime/A.cs", "using NacrithOnnx.Cli.Host;")]
    public void A_use_of_a_higher_layer_is_found(string file, string line)
    {
        var name = SourceLayers.NamespaceOf(Path.GetDirectoryName(file)!);
        var added = new SourceFile(file, $"namespace {name};\n{line}");

        Assert.Single(Source.With(added).Violations());
    }

    [Theory]
    [InlineData("src/Runtime/Text/A.cs", "class A { int B(DataFrame data) => data.Frame.Length; }")]
    [InlineData("src/Runtime/Text/A.cs", "// Frame.Level")]
    [InlineData("src/Runtime/Text/A.cs", "class A { string B() => \"Frame.Level\"; }")]
    [InlineData("src/Runtime/Frame/A.cs", "using NacrithOnnx.Runtime.Text;")]
    public void Other_text_is_not_a_use(string file, string line)
    {
        var name = SourceLayers.NamespaceOf(Path.GetDirectoryName(file)!);
        var added = new SourceFile(file, $"namespace {name};\n{line}");

        Assert.Empty(Source.With(added).Violations());
    }
}
