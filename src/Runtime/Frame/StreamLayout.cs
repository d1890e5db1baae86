namespace NacrithOnnx.Runtime.Frame;

/// <summary>
/// How the tokens of a frame fall to streams: first the primer, then streams of lengths that differ by one at most,
/// the longer ones first.
/// </summary>
/// <param name="Count">Tokens in all.</param>
/// <param name="Streams">Streams in lock step.</param>
/// <param name="Primer">Tokens before the streams begin.</param>
internal readonly record struct StreamLayout(int Count, int Streams, int Primer)
{
    /// <summary>Steps of the lock step: the length of the longest stream.</summary>
    public int Steps => (Count - Primer + Streams - 1) / Streams;

    public int Length(int stream) => ((Count - Primer) / Streams) + (stream < (Count - Primer) % Streams ? 1 : 0);

    /// <summary>Index of a stream's first token.</summary>
    public int Start(int stream) =>
        Primer + (stream * ((Count - Primer) / Streams)) + Math.Min(stream, (Count - Primer) % Streams);
}
