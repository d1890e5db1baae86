using NacrithOnnx.Tests.Runtime;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

/// <summary>-D for archives, with a tiny model.</summary>
public sealed class DictionaryOptionTests : IDisposable
{
    private static readonly byte[] Text = TinyCodec.Prose[..600];

    private readonly TestHost _host = new()
    {
        CodecFactory = settings => new NacrithCodec(settings with { ModelFolder = TinyModel.Codec.Folder, TriesCoders = false }),
    };

    public void Dispose() => _host.Dispose();

    [Fact]
    public void An_archive_needs_the_dictionary_that_it_was_made_with()
    {
        var text = _host.Write("a", Text);
        var dictionary = _host.Write("d", TinyCodec.Prose[10_000..13_000]);
        var other = _host.Write("e", TinyCodec.Prose[20_000..23_000]);
        var archive = _host.PathOf("a.ncx");

        Assert.Equal(0, _host.Run("-D", dictionary, text));

        Assert.Equal(0, _host.Run("-t", "-D", dictionary, archive));
        Assert.Equal(2, _host.Run("-t", archive));
        Assert.Contains("name it with -D", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(2, _host.Run("-t", "-D", other, archive));
        Assert.Contains("that of the given one is", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(0, _host.Run("-d", "-D", dictionary, "-o", _host.PathOf("b"), archive));
        Assert.Equal(Text, File.ReadAllBytes(_host.PathOf("b")));
    }
}
