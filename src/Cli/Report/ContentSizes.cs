using System.IO.Compression;
using NacrithOnnx.Cli.Host;

namespace NacrithOnnx.Cli.Report;

/// <summary>What the other compressors of .NET make of the content that passes.</summary>
internal sealed class ContentSizes : WriteOnlyStream
{
    /// <summary>Brotli's highest quality.</summary>
    private const int BrotliQuality = 11;

    private readonly TimeProvider _time;
    private readonly LengthStream _gzipLength = new();
    private readonly LengthStream _brotliLength = new();
    private readonly GZipStream _gzip;
    private readonly BrotliStream _brotli;

    public ContentSizes(TimeProvider time)
    {
        _time = time;
        _gzip = new(_gzipLength, CompressionLevel.SmallestSize);
        _brotli = new(_brotliLength, new BrotliCompressionOptions { Quality = BrotliQuality });
    }

    /// <summary>Time this took, which is not the codec's.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Bytes of content.</summary>
    public long Content { get; private set; }

    /// <summary>Bytes of gzip at its smallest level; complete once disposed.</summary>
    public long GZip => _gzipLength.Position;

    /// <summary>Bytes of Brotli at its highest quality; complete once disposed.</summary>
    public long Brotli => _brotliLength.Position;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var start = _time.GetTimestamp();
        _gzip.Write(buffer);
        _brotli.Write(buffer);
        Content += buffer.Length;
        Elapsed += _time.GetElapsedTime(start);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
            _brotli.Dispose();
        }

        base.Dispose(disposing);
    }
}
