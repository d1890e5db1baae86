using NacrithOnnx.Cli.Progress;

namespace NacrithOnnx.Cli.Listing;

/// <summary>The table of --try: a row a file, totals at the end.</summary>
internal sealed class TrialTable(TextWriter output)
{
    private int _files;
    private long _content;
    private long _size;
    private long? _plain;

    /// <summary>Adds a file.</summary>
    public void Add(in Trial trial)
    {
        if (_files++ == 0)
        {
            _plain = trial.BytesWithoutDictionary is null ? null : 0;
            var hasDictionary = _plain is not null;
            Row(hasDictionary, "Content", "Without -D", hasDictionary ? "With -D" : "Compressed", "Saved", "Ratio", "File");
        }

        _content += trial.ContentBytes;
        _size += trial.Bytes;
        _plain += trial.BytesWithoutDictionary;
        Row(trial.ContentBytes, trial.BytesWithoutDictionary, trial.Bytes, Messages.Printable(trial.Input));
    }

    /// <summary>Writes the totals, if there are several files.</summary>
    public void Finish()
    {
        if (_files > 1)
        {
            Row(_content, _plain, _size, $"{Figures.Count(_files)} files");
        }
    }

    private void Row(long content, long? plain, long size, string name) => Row(
        plain is not null,
        Figures.Count(content),
        Figures.Count(plain ?? 0),
        Figures.Count(size),
        Figures.Percent((plain ?? 0) - size, plain ?? 0),
        Figures.Percent(size, content),
        name);

    private void Row(
        bool hasDictionary, string content, string plain, string size, string saved, string ratio, string name) =>
        output.WriteLine(hasDictionary
            ? $"{content,14}{plain,14}{size,14}{saved,9}{ratio,9}  {name}"
            : $"{content,14}{size,14}{ratio,9}  {name}");
}
