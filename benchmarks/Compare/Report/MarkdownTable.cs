using System.Text;

namespace NacrithOnnx.Compare;

/// <summary>A Markdown table that also reads as plain text: columns are aligned, numbers to the right.</summary>
internal sealed class MarkdownTable
{
    private readonly string[] _head;
    private readonly List<string[]> _rows = [];

    /// <param name="head">Titles; the first column holds text, the others numbers.</param>
    public MarkdownTable(params string[] head)
    {
        _head = head;
    }

    /// <summary>Number of columns.</summary>
    public int Columns => _head.Length;

    public void Add(params string[] cells)
    {
        if (cells.Length != _head.Length)
        {
            throw new ArgumentException("A row needs a cell for each column.", nameof(cells));
        }

        _rows.Add(Array.ConvertAll(cells, cell => cell.Replace("|", "\\|", StringComparison.Ordinal)));
    }

    public override string ToString()
    {
        // A rule "--:" needs three characters.
        const int Narrowest = 3;
        var widths = new int[_head.Length];
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = Math.Max(Narrowest, Math.Max(_head[i].Length, _rows.Select(row => row[i].Length).DefaultIfEmpty().Max()));
        }

        var text = new StringBuilder();
        Append(text, _head, widths);
        for (var i = 0; i < widths.Length; i++)
        {
            text.Append(i == 0 ? "| " : " ").Append('-', widths[i] - 1).Append(i == 0 ? "- |" : ": |");
        }

        text.Append('\n');
        foreach (var row in _rows)
        {
            Append(text, row, widths);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string[] cells, int[] widths)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            text.Append(i == 0 ? "| " : " ");
            text.Append(i == 0 ? cells[i].PadRight(widths[i]) : cells[i].PadLeft(widths[i])).Append(" |");
        }

        text.Append('\n');
    }
}
