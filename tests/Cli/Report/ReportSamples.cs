using System.Text;
using NacrithOnnx.Cli.Report;
using NacrithOnnx.Format;

namespace NacrithOnnx.Tests.Cli.Report;

/// <summary>Recorded content without a model.</summary>
internal static class ReportSamples
{
    /// <summary>Words that would run if they were markup.</summary>
    public static readonly string[] Hostile =
    [
        "</script>", "<script>", "document.title='owned'", "</script>", "<img src=x onerror=", "document.title='owned'>",
        "<!--", "]]>", "&amp;", "\u202e", "日", "\n", "\"", "'", "\0", "🙂",
    ];

    /// <summary>Records words as tokens, in a frame with regions of bytes before and after them.</summary>
    public static ReportRecorder Record(params IReadOnlyList<string> words)
    {
        var record = new ReportRecorder();
        var (trace, length) = Trace(words);
        float[] costs = [.. Enumerable.Repeat(2f, 100)];
        record.Coded(new(
            [
                new(RegionKind.Bytes, 0, 100, 0), new(RegionKind.Text, 16, length, length), new(RegionKind.Stored, 0, 50, 0),
            ],
            trace,
            costs));
        return record;
    }

    /// <summary>The page of a record.</summary>
    public static string Page(ReportRecorder record, string name = "a.txt")
    {
        var content = Enum.GetValues<RegionKind>().Sum(kind => record.Coder(kind).Content);
        var figures = new ReportFigures(
            name, "compress", content, content / 3, TimeSpan.FromSeconds(2), content / 2, content / 2, "1.2.3");
        using var page = new MemoryStream();
        ReportPage.Write(page, figures, record);
        return Encoding.UTF8.GetString(page.ToArray());
    }

    private static (TextTrace Trace, int Length) Trace(IReadOnlyList<string> words)
    {
        var trace = new TextTrace();
        trace.Begin(words.Count);
        byte[][] bytes = [.. words.Select(Encoding.UTF8.GetBytes)];
        for (var token = 0; token < bytes.Length; token++)
        {
            int[] guesses = [token, (token + 1) % bytes.Length, (token + 2) % bytes.Length, (token + 3) % bytes.Length];
            trace.Record(token, token % 20, guesses, [0.5f, 0.25f, 0.01f, 0.0001f]);
        }

        byte[] text = [.. bytes.SelectMany(word => word)];
        trace.Complete(text, [.. bytes.Select(word => word.Length)], token => bytes[token]);
        return (trace, text.Length);
    }
}
