using System.Text;
using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Cli.Listing;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Lists archives. Needs no model.</summary>
internal sealed class ListJob : IDisposable
{
    private readonly CommandLineOptions _options;
    private readonly IHost _host;
    private readonly StringWriter _text = new() { NewLine = "\n" };
    private readonly ListingTable _table;

    public ListJob(CommandLineOptions options, IHost host)
    {
        _options = options;
        _host = host;
        _table = new(_text, frames: options.Verbose > 0);
    }

    /// <summary>Lists one input.</summary>
    public void Run(string name)
    {
        using var source = SourceFile.Open(name, _host, _options.Force);
        var trailing = _options.IgnoreTrailing ? TrailingData.Ignore : TrailingData.Refuse;
        var summary = ArchiveSummary.Read(name, Armor.Open(source?.Stream ?? _host.Input), trailing);
        if (_options.Json)
        {
            ListingJson.Write(_host.Output, summary, frames: _options.Verbose > 0);
        }
        else
        {
            _table.Add(summary);
            Send();
        }
    }

    /// <summary>Writes the totals.</summary>
    public void Finish()
    {
        _table.Finish();
        Send();
    }

    public void Dispose() => _text.Dispose();

    private void Send()
    {
        // Cleared first, so that what could not be written is not tried again.
        var text = Encoding.UTF8.GetBytes(_text.ToString());
        _text.GetStringBuilder().Clear();
        _host.Output.Write(text);
        _host.Output.Flush();
    }
}
