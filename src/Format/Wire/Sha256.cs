using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NacrithOnnx.Format;

/// <summary>
/// SHA-256 of FIPS 180-4. <see cref="Hash"/> never leaves managed code; a hash taken piece by piece, as large content
/// is, uses the system's where there is one.
/// </summary>
public sealed class Sha256 : IDisposable
{
    /// <summary>Bytes of a block, the unit that is hashed at a time.</summary>
    internal const int BlockLength = 64;

    /// <summary>The message's length in bits ends its last block.</summary>
    private const int LengthLength = sizeof(ulong);

    /// <summary>The bit that ends every message.</summary>
    private const byte EndMark = 0x80;

    private readonly IncrementalHash? _platform;
    private readonly uint[] _state = new uint[Sha256Block.StateLength];
    private readonly byte[] _rest = new byte[BlockLength];
    private long _length;

    /// <summary>Starts a hash.</summary>
    public Sha256()
        : this(PlatformSha256.TryCreate())
    {
    }

    /// <summary>Starts a hash.</summary>
    /// <param name="platform">Who computes it; null for the code here.</param>
    internal Sha256(IncrementalHash? platform)
    {
        _platform = platform;
        Sha256Block.Start(_state);
    }

    private int RestLength => (int)(_length % BlockLength);

    /// <summary>Hashes a whole message.</summary>
    /// <param name="data">The message.</param>
    /// <param name="digest">Receives <see cref="Sha256Digest.Length"/> bytes.</param>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        Span<uint> state = stackalloc uint[Sha256Block.StateLength];
        Sha256Block.Start(state);
        var whole = data.Length - (data.Length % BlockLength);
        Sha256Block.Update(state, data[..whole]);
        Finish(state, data[whole..], data.Length, digest);
    }

    /// <summary>Takes the next bytes of the message.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        if (_platform is not null)
        {
            _platform.AppendData(data);
            return;
        }

        var rest = RestLength;
        _length += data.Length;
        if (rest > 0)
        {
            var taken = Math.Min(BlockLength - rest, data.Length);
            data[..taken].CopyTo(_rest.AsSpan(rest));
            data = data[taken..];
            if (rest + taken < BlockLength)
            {
                return;
            }

            Sha256Block.Update(_state, _rest);
        }

        var whole = data.Length - (data.Length % BlockLength);
        Sha256Block.Update(_state, data[..whole]);
        data[whole..].CopyTo(_rest);
    }

    /// <summary>Ends the message and starts a new one.</summary>
    /// <param name="digest">Receives <see cref="Sha256Digest.Length"/> bytes.</param>
    public void Finish(Span<byte> digest)
    {
        if (_platform is not null)
        {
            _platform.GetHashAndReset(digest);
            return;
        }

        Finish(_state, _rest.AsSpan(0, RestLength), _length, digest);
        Sha256Block.Start(_state);
        _length = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _platform?.Dispose();

    private static void Finish(Span<uint> state, ReadOnlySpan<byte> rest, long length, Span<byte> digest)
    {
        Span<byte> end = stackalloc byte[2 * BlockLength];
        end.Clear();
        rest.CopyTo(end);
        end[rest.Length] = EndMark;
        end = end[..(rest.Length < BlockLength - LengthLength ? BlockLength : 2 * BlockLength)];
        BinaryPrimitives.WriteUInt64BigEndian(end[^LengthLength..], (ulong)length * 8);
        Sha256Block.Update(state, end);
        for (var i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest[(i * sizeof(uint))..], state[i]);
        }
    }
}
