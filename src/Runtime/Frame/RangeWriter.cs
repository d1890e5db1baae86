namespace NacrithOnnx.Runtime.Frame;

/// <summary>Passes on the part of the content that was asked for.</summary>
internal sealed class RangeWriter(Stream output, long skip, long take)
{
    private long _skip = skip;
    private long _take = take;

    /// <summary>Takes the next content. A negative skip means that earlier content was already passed on.</summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        if (_skip < 0)
        {
            _take = _take == long.MaxValue ? _take : Math.Max(0, _take + _skip);
            _skip = 0;
        }

        var start = (int)Math.Min(_skip, content.Length);
        _skip -= start;
        var length = (int)Math.Min(_take, content.Length - start);
        output.Write(content.Slice(start, length));
        if (_take != long.MaxValue)
        {
            _take -= length;
        }
    }
}
