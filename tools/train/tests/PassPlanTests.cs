using NacrithOnnx.Format;
using NacrithOnnx.Train.Tests.Support;
using NacrithOnnx.Train.Texts;

namespace NacrithOnnx.Train.Tests;

public sealed class PassPlanTests : IDisposable
{
    private readonly TinyTraining _files = new();
    private readonly Corpus _corpus;

    public PassPlanTests()
    {
        _corpus = Corpus.Read(_files.Texts, TinyTraining.Tokenizer);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_pass_has_every_token_once_but_for_short_rests()
    {
        var seen = Covered(Plan("64=1,96=1", string.Empty).Chunks(0));
        Assert.All(seen.SelectMany(document => document), times => Assert.InRange(times, 0, 1));
        for (var document = 0; document < seen.Length; document++)
        {
            Assert.InRange(seen[document].Count(times => times == 0), 0, PassPlan.ShortestChunk - 1);
        }
    }

    [Fact]
    public void Kinds_come_as_often_as_their_weights_say()
    {
        var chunks = Plan("64=1", "prose=2,code=0").Chunks(0);
        Assert.DoesNotContain(chunks, chunk => _corpus.Documents[chunk.Document].Kind == "code");
        Assert.All(chunks.GroupBy(chunk => chunk), same => Assert.Equal(2, same.Count()));
    }

    [Fact]
    public void Passes_and_seeds_cut_and_order_differently_and_repeat()
    {
        var first = Plan("64=1", string.Empty).Chunks(0);
        Assert.Equal(first, Plan("64=1", string.Empty).Chunks(0));
        Assert.NotEqual(first.Order(Comparer), Plan("64=1", string.Empty).Chunks(1).Order(Comparer));
        Assert.NotEqual(first, Plan("64=1", string.Empty, seed: 2).Chunks(0));
    }

    [Fact]
    public void A_stream_goes_on_from_any_position_into_the_next_pass()
    {
        var plan = Plan("64=1", string.Empty);
        var whole = new ChunkStream(plan, default);
        var count = plan.Chunks(0).Length + 3;
        for (var i = 0; i < count; i++)
        {
            var resumed = new ChunkStream(plan, whole.Position);
            Assert.Equal(resumed.Next(), whole.Next());
        }

        Assert.Equal(new TextPosition(1, 3), whole.Position);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("1024=1", "")]
    [InlineData("8=1", "")]
    [InlineData("64=0", "")]
    [InlineData("64", "")]
    [InlineData("64=1,64=1", "")]
    [InlineData("64=1", "verse=1")]
    [InlineData("64=1", "prose=-1")]
    [InlineData("64=1", "prose=1000")]
    public void Lists_that_make_no_sense_are_refused(string lengths, string kinds) =>
        Assert.Throws<EnvironmentException>(() => Plan(lengths, kinds));

    [Fact]
    public void A_mix_without_text_is_refused() =>
        Assert.Throws<EnvironmentException>(() => new ChunkStream(Plan("64=1", "prose=0,code=0"), default));

    private static Comparer<Chunk> Comparer { get; } = Comparer<Chunk>.Create((a, b) =>
        (a.Document, a.Start, a.Length).CompareTo((b.Document, b.Start, b.Length)));

    private PassPlan Plan(string lengths, string kinds, int seed = 1) =>
        new(_corpus, new ChunkLengths(lengths, 256), new KindWeights(kinds, _corpus.Kinds), seed);

    private int[][] Covered(Chunk[] chunks)
    {
        int[][] seen = [.. _corpus.Documents.Select(document => new int[document.Tokens.Length])];
        foreach (var chunk in chunks)
        {
            foreach (ref var times in seen[chunk.Document].AsSpan(chunk.Start, chunk.Length))
            {
                times++;
            }
        }

        return seen;
    }
}
