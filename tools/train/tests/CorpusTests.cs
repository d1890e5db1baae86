using System.Buffers;
using System.Text;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Segment;
using NacrithOnnx.Train.Tests.Support;
using NacrithOnnx.Train.Texts;

namespace NacrithOnnx.Train.Tests;

public sealed class CorpusTests
{
    [Fact]
    public void Texts_are_seen_as_the_compressor_sees_them()
    {
        using var files = new TinyTraining();
        var text = Encoding.UTF8.GetString(TinyTraining.Beginning("docs/format.md"));
        var bytes = Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        files.Write("dos", "format.md", bytes);
        var transform = TextTransform.Choose(bytes);
        Assert.NotEqual(TransformId.None, transform);
        var tokens = new ArrayBufferWriter<int>();
        TinyTraining.Tokenizer.Encode(TextTransform.Apply(transform, bytes), tokens);

        var corpus = Corpus.Read(files.Texts, TinyTraining.Tokenizer);
        Assert.Equal(["code", "dos", "prose"], corpus.Kinds);
        Assert.Equal(tokens.WrittenSpan.ToArray(), corpus.Documents.Single(document => document.Kind == "dos").Tokens);
    }

    [Fact]
    public void What_is_no_text_is_left_out()
    {
        using var files = new TinyTraining();
        var before = Corpus.Read(files.Texts, TinyTraining.Tokenizer);
        var noise = new byte[10_000];
        new Random(1).NextBytes(noise);
        files.Write("prose", "noise", noise);
        File.WriteAllBytes(Path.Combine(files.Texts, "README.md"), TinyTraining.Beginning("docs/format.md"));
        Assert.Equal(before.Hash(), Corpus.Read(files.Texts, TinyTraining.Tokenizer).Hash());
    }

    [Fact]
    public void Another_text_or_kind_gives_another_hash()
    {
        using var files = new TinyTraining();
        var before = Corpus.Read(files.Texts, TinyTraining.Tokenizer).Hash();
        files.Write("prose", "format.md", TinyTraining.Beginning("docs/format.md"));
        var more = Corpus.Read(files.Texts, TinyTraining.Tokenizer).Hash();
        Directory.Move(Path.Combine(files.Texts, "prose"), Path.Combine(files.Texts, "verse"));
        Assert.Equal(3, new HashSet<string> { before, more, Corpus.Read(files.Texts, TinyTraining.Tokenizer).Hash() }.Count);
    }

    [Theory]
    [InlineData("nothing-here")]
    [InlineData("model")]
    public void Folders_without_texts_are_refused(string folder)
    {
        using var files = new TinyTraining();
        var failure = Assert.Throws<EnvironmentException>(
            () => Corpus.Read(files.Folder(folder), TinyTraining.Tokenizer));
        Assert.Contains(folder, failure.Message, StringComparison.Ordinal);
    }
}
