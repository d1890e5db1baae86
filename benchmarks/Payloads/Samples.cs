using System.Text;

namespace NacrithOnnx.Payloads;

/// <summary>
/// Generated files of kinds that a language model knows little about: rare scripts, encodings, codes, runs, records.
/// There are two of the first kinds, from different seeds: constants were fitted on the first and judged on the second.
/// The kinds called "more" came later, and nothing is fitted to them.
/// </summary>
internal static class Samples
{
    /// <summary>Every sample: <c>fit</c>, <c>judge</c> or <c>more</c>, a name, and its bytes.</summary>
    public static IEnumerable<(string Set, string Name, byte[] Content)> All()
    {
        (string Name, Func<Random, byte[]> Make)[] kinds =
            [.. ScriptSamples.Kinds, .. EncodingSamples.Kinds, .. CodeSamples.Kinds, .. RunSamples.Kinds, .. RecordSamples.Kinds];
        for (var i = 0; i < kinds.Length; i++)
        {
            yield return ("fit", kinds[i].Name, kinds[i].Make(new Random(1000 + i)));
            yield return ("judge", kinds[i].Name, kinds[i].Make(new Random(5000 + i)));
        }

        (string Name, Func<Random, byte[]> Make)[] more = [.. MoreScripts.Kinds, .. MoreCodes.Kinds, .. MoreRecords.Kinds];
        for (var i = 0; i < more.Length; i++)
        {
            yield return ("more", more[i].Name, more[i].Make(new Random(9000 + i)));
        }
    }

    /// <summary>A length that differs from file to file.</summary>
    public static int Length(Random random, int usual) => random.Next(usual / 2, usual * 3 / 2);

    /// <summary>Appends lines or pieces until there are enough bytes.</summary>
    public static byte[] Fill(Random random, int usual, Func<Random, string> piece)
    {
        var length = Length(random, usual);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append(piece(random));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Random characters of an alphabet.</summary>
    public static string Draw(Random random, string alphabet, int count) =>
        string.Create(count, (random, alphabet), (span, state) =>
        {
            foreach (ref var c in span)
            {
                c = state.alphabet[state.random.Next(state.alphabet.Length)];
            }
        });
}
