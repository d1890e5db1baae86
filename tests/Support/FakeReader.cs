namespace NacrithOnnx.Tests.Support;

/// <summary>Reads what <see cref="FakeWriter"/> writes, a byte at a time.</summary>
internal sealed class FakeReader(Stream input) : IArchiveReader
{
    private readonly byte[] _value = new byte[1];
    private int _count;

    public long Position { get; private set; }

    public long Length => input.Length;

    public ReadOnlyMemory<byte> Available => _value.AsMemory(0, _count);

    public bool Fill(CancellationToken cancel = default)
    {
        if (_count == 0 && input.ReadByte() is >= 0 and var value)
        {
            _value[0] = (byte)~value;
            _count = 1;
        }

        return _count > 0;
    }

    public ValueTask<bool> FillAsync(CancellationToken cancel = default) => ValueTask.FromResult(Fill(cancel));

    public void Advance(int count)
    {
        _count -= count;
        Position += count;
    }

    public void Seek(long position)
    {
        _count = 0;
        input.Position = position;
        Position = position;
    }

    public void Dispose()
    {
    }
}
