using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// Makes one archive, a frame at a time: content is pushed in, the archive's bytes wait in memory until they are passed
/// on. So whoever drives it decides how streams are read and written. What has failed must not be continued.
/// </summary>
internal sealed class ArchiveEncoder : IDisposable
{
    private readonly NacrithCodec _codec;
    private readonly CompressOptions _options;
    private readonly Level _level;
    private readonly MemoryStream _output = new();
    private readonly ContainerWriter _writer;
    private CodecParameters? _parameters;
    private long _input;
    private long _passedOn;

    /// <summary>Begins an archive.</summary>
    public ArchiveEncoder(NacrithCodec codec, CompressOptions options)
    {
        _codec = codec;
        _options = options;
        _level = Level.Of(options.Level);
        _writer = new ContainerWriter(_output) { StoresWhereShorter = true };
    }

    /// <summary>Bytes of the archive that wait.</summary>
    public ReadOnlyMemory<byte> Output => _output.GetBuffer().AsMemory(0, (int)_output.Length);

    /// <summary>Codes a frame. The caller has a turn of the codec.</summary>
    /// <param name="content">Of the frame, not empty.</param>
    /// <param name="tracker">Told how it goes.</param>
    public void Encode(ReadOnlySpan<byte> content, ProgressTracker tracker)
    {
        tracker.Cancel.ThrowIfCancellationRequested();
        var length = content.Length;
        var parameters = Begin(length);
        var frame = FrameCodec.Encode(
            content, () => _codec.TextCodec(_level.Plan, parameters), _level, parameters,
            (done, total) => tracker.Tokens(done, total, length, 0));
        _writer.WriteDataFrame(content, frame.Regions, frame.Text, frame.TextPayload, frame.BytesPayload);
        _input += length;
        var stored = 0;
        foreach (var region in frame.Regions)
        {
            stored += region.Kind == RegionKind.Stored ? region.OriginalLength : 0;
        }

        tracker.Frame(length, frame.TextPayload.Length + frame.BytesPayload.Length + stored, frame.Text.TokenCount);
    }

    /// <summary>Ends the archive; nothing may follow.</summary>
    public void End(ProgressTracker tracker)
    {
        tracker.Cancel.ThrowIfCancellationRequested();
        Begin(0);
        _writer.WriteEnd();
        tracker.Total(_input, _passedOn + _output.Length);
    }

    /// <summary>The output has been passed on: forgets it.</summary>
    public void PassedOn()
    {
        _passedOn += _output.Length;
        _output.SetLength(0);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _output.Dispose();
    }

    /// <summary>Writes the header, if that has not been done.</summary>
    private CodecParameters Begin(int firstLength)
    {
        if (_parameters is null)
        {
            _parameters = _level.Parameters(firstLength, _codec.Positions);
            _writer.WriteHeader(new ArchiveHeader
            {
                Codec = _codec.Codec(_level.Plan),
                Level = _options.Level,
                Parameters = _parameters.ToHeader(),
            });
        }

        return _parameters;
    }
}
