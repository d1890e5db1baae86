namespace NacrithOnnx.Runtime.Bytes;

/// <summary>
/// Finds the length of fixed-size records (tables, pixels, samples) from bytes that recur at equal distances.
/// </summary>
/// <remarks>
/// As in paq8l's record model: a byte value seen four times at equal distances is a vote for that distance.
/// </remarks>
internal sealed class RecordFinder
{
    /// <summary>Longest record considered: longer ones are coincidences.</summary>
    private const int MaxLength = 1 << 12;

    /// <summary>Votes a distance needs before it becomes the record length.</summary>
    private const int VotesNeeded = 4;

    private const int Remembered = 4;
    private readonly int[] _lastSeen = new int[256 * Remembered];
    private readonly int[] _candidate = new int[2];
    private readonly int[] _votes = new int[2];

    /// <summary>Current record length in bytes; 4, the most common word size, until another is found.</summary>
    public int Length { get; private set; } = 4;

    /// <summary>Adds the latest byte.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="position">Number of bytes so far, this one included.</param>
    public void Add(byte value, int position)
    {
        var seen = _lastSeen.AsSpan(value * Remembered, Remembered);
        var distance = position - seen[0];
        if (distance is > 1 and < MaxLength
            && seen[0] - seen[1] == distance
            && seen[1] - seen[2] == distance
            && seen[2] - seen[3] == distance)
        {
            Vote(distance);
        }

        seen[3] = seen[2];
        seen[2] = seen[1];
        seen[1] = seen[0];
        seen[0] = position;
    }

    private void Vote(int distance)
    {
        var which = distance == _candidate[0] ? 0 : distance == _candidate[1] ? 1 : _votes[0] < _votes[1] ? 0 : 1;
        if (_candidate[which] != distance)
        {
            _candidate[which] = distance;
            _votes[which] = 0;
        }

        if (++_votes[which] > VotesNeeded)
        {
            Length = distance;
            _votes.AsSpan().Clear();
        }
    }
}
