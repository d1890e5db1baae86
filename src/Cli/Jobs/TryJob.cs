using System.Text;
using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Cli.Listing;
using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Compresses inputs, keeps nothing, and shows the sizes and what a dictionary wins.</summary>
internal sealed class TryJob : IDisposable
{
    private readonly CommandLineOptions _options;
    private readonly IHost _host;
    private readonly ITranscoder _transcoder;
    private readonly ITranscoder? _plain;
    private readonly CancellationToken _cancel;
    private readonly StringWriter _text = new() { NewLine = "\n" };
    private readonly TrialTable _table;

    /// <param name="options">What the command line asks for.</param>
    /// <param name="host">Gives standard input, and takes the table.</param>
    /// <param name="transcoder">Compresses as asked.</param>
    /// <param name="plain">Compresses without the dictionary; null if there is none.</param>
    /// <param name="cancel">Cancels.</param>
    public TryJob(
        CommandLineOptions options, IHost host, ITranscoder transcoder, ITranscoder? plain, CancellationToken cancel)
    {
        (_options, _host, _transcoder, _plain, _cancel) = (options, host, transcoder, plain, cancel);
        _table = new TrialTable(_text);
    }

    /// <summary>Tries one input.</summary>
    public void Run(string name)
    {
        using var source = SourceFile.Open(name, _host, _options.Force);
        var input = source?.Stream ?? _host.Input;
        using var copy = _plain is null || input.CanSeek ? null : new MemoryStream();
        if (copy is not null)
        {
            input.CopyTo(copy);
            copy.Position = 0;
        }

        var trial = Measure(name, copy ?? input);
        if (_options.Json)
        {
            WriteJson(_host.Output, trial);
        }
        else
        {
            _table.Add(trial);
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

    private Trial Measure(string name, Stream content)
    {
        using var read = new HashingStream(content);
        var bytes = Length(_transcoder, read, content);
        if (_plain is null)
        {
            return new Trial(name, read.Position, bytes, null);
        }

        content.Position = 0;
        return new Trial(name, read.Position, bytes, Length(_plain, content, content));
    }

    private long Length(ITranscoder transcoder, Stream read, Stream content)
    {
        using var counted = new CountingStream(Stream.Null, null);
        transcoder.Compress(read, content.CanSeek ? content.Length : null, isPart: false, counted, null, null, _cancel);
        return counted.Position;
    }

    private static void WriteJson(Stream output, Trial trial) => JsonLine.Write(output, json =>
    {
        json.WriteString("operation", "try");
        json.WriteString("input", ByteName.Readable(trial.Input));
        json.WriteNumber("contentBytes", trial.ContentBytes);
        json.WriteNumber("compressedBytes", trial.Bytes);
        if (trial.BytesWithoutDictionary is { } plain)
        {
            json.WriteNumber("compressedBytesWithoutDictionary", plain);
        }
    });

    private void Send()
    {
        // Cleared first, so that what could not be written is not tried again.
        var text = Encoding.UTF8.GetBytes(_text.ToString());
        _text.GetStringBuilder().Clear();
        _host.Output.Write(text);
        _host.Output.Flush();
    }
}
