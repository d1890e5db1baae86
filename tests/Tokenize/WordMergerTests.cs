using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Tests.Tokenize;

/// <summary>The fast merges agree with the obvious loop.</summary>
public sealed class WordMergerTests
{
    private static readonly TokenizerDefinition Definition = TokenizerFile.Read(SmolLm2.File);

    private static readonly MergeTable Merges = new(Definition);

    private static readonly Dictionary<(int Left, int Right), int> Ids = Definition.Merges.ToArray()
        .Select((pair, i) => ((int)TokenizerDefinition.Left(pair), (int)TokenizerDefinition.Right(pair), i))
        .ToDictionary(merge => (merge.Item1, merge.Item2), merge => Definition.FirstMergedToken + merge.i);

    [Theory]
    [InlineData("ab", 1, 40)]
    [InlineData("ae nstr", 2, 12)]
    [InlineData("aaaaaaab", 3, 200)]
    [InlineData("etaoinshrdlu", 4, 64)]
    [InlineData("etaoinshrdlu", 5, 300)]
    [InlineData(" -=", 6, 200)]
    public void Random_words_merge_as_by_the_obvious_loop(string alphabet, int seed, int longest)
    {
        var random = new Random(seed);
        var scratch = new int[WordMerger.MaxScannedLength];
        for (var round = 0; round < 200; round++)
        {
            var word = random.GetItems<char>(alphabet, random.Next(longest + 1));
            var tokens = word.Select(letter => Assert.Single(SmolLm2.Encode([(byte)letter]))).ToArray();
            var expected = MergeNaively(tokens);

            var count = WordMerger.Merge(Merges, tokens, scratch);

            Assert.Equal(expected, tokens[..count]);
        }
    }

    [Fact]
    public void Every_merge_is_found_and_other_pairs_are_not()
    {
        var merges = Definition.Merges.Span;
        for (var i = 0; i < merges.Length; i++)
        {
            var found = Merges.Find(TokenizerDefinition.Left(merges[i]), TokenizerDefinition.Right(merges[i]));

            Assert.Equal(Definition.FirstMergedToken + i, found);
        }

        Assert.Equal(MergeTable.None, Merges.Find(0, 0));
        Assert.Equal(MergeTable.None, Merges.Find(49151, 49151));
    }

    private static List<int> MergeNaively(IEnumerable<int> word)
    {
        var tokens = word.ToList();
        while (true)
        {
            var (id, at) = Enumerable.Range(0, Math.Max(0, tokens.Count - 1))
                .Where(i => Ids.ContainsKey((tokens[i], tokens[i + 1])))
                .Select(i => (Id: Ids[(tokens[i], tokens[i + 1])], At: i))
                .DefaultIfEmpty((Id: -1, At: -1))
                .Min();
            if (id < 0)
            {
                return tokens;
            }

            tokens[at] = id;
            tokens.RemoveAt(at + 1);
        }
    }
}
