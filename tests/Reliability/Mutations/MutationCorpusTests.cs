using System.Diagnostics;
using NacrithOnnx.Tests.Support;
using Xunit.Abstractions;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <summary>Each archive of the corpus through the whole codec with a tiny model, from a pipe and by seeking.</summary>
public sealed class MutationCorpusTests(ITestOutputHelper output)
{
    /// <summary>The longest, 64 MiB of content promised to the byte coder, takes half a second, or two in fresh memory.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Names => new(MutationCorpus.All.Select(recipe => recipe.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_changed_archive_is_refused_soon_with_its_code_or_decodes(string name)
    {
        var recipe = MutationCorpus.All.Single(recipe => recipe.Name == name);
        MutationSamples.Warm();
        var watch = Stopwatch.StartNew();

        var (code, content) = Decode(new ForwardOnlyStream(recipe.Archive), recipe.Options);

        Assert.Equal(recipe.Code, code);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
        if (code is null)
        {
            Assert.Equal(recipe.Content, content);
        }
    }

    /// <summary>
    /// By the index not everything is looked at, so that a fault may stay unseen; but then what is read is right.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_changed_archive_gives_nothing_else_by_its_index(string name)
    {
        var recipe = MutationCorpus.All.Single(recipe => recipe.Name == name);
        MutationSamples.Warm();
        var watch = Stopwatch.StartNew();

        var (code, content) = Decode(new MemoryStream(recipe.Archive), recipe.Options with { Length = long.MaxValue });

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
        if (code is null && name != MutationCorpus.Exchanged)
        {
            Assert.Equal(recipe.Content, content);
        }
        else if (recipe.Code is null)
        {
            Assert.Null(code);
        }
    }

    [Fact]
    public void The_corpus_changes_what_would_decode()
    {
        foreach (var (archive, content) in MutationSamples.All)
        {
            Assert.Equal(archive, ArchiveParts.Of(archive).Assemble());
            var (code, decoded) = Decode(new ForwardOnlyStream(archive), new DecompressOptions());
            Assert.Null(code);
            Assert.Equal(content, decoded);
        }

        var plain = MutationCorpus.All.Where(recipe => recipe.Options == new DecompressOptions())
            .GroupBy(recipe => Convert.ToHexString(recipe.Archive)).ToList();
        Assert.All(plain, same => Assert.Single(same.Select(recipe => recipe.Name)));
        Assert.DoesNotContain(plain, same => MutationSamples.All.Any(sample => Convert.ToHexString(sample.Archive) == same.Key));
        output.WriteLine($"{MutationCorpus.All.Count} changes: " + string.Join(", ", MutationCorpus.All
            .GroupBy(recipe => recipe.Code?.ToString() ?? "decodes").Select(group => $"{group.Count()} {group.Key}")));
    }

    private static (NacrithErrorCode? Code, byte[] Content) Decode(Stream archive, DecompressOptions options)
    {
        using var content = new MemoryStream();
        try
        {
            MutationSamples.Codec.Decompress(archive, content, options, null, CancellationToken.None);
            return (null, content.ToArray());
        }
        catch (NacrithException exception)
        {
            return (exception.Code, content.ToArray());
        }
    }
}
