namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Follows earlier occurrences of the last tokens, in any lane of the frame, and proposes the tokens that came next. It
/// covers the whole frame, the language model only its window.
/// </summary>
/// <remarks>
/// A table maps the hash of the last few tokens to the end of their last occurrence. The tokens are compared, so hash
/// collisions are detected.
/// </remarks>
internal sealed class TokenMatchModel
{
    // Lengths counted exactly, then two wider classes; longer matches are no stronger evidence.
    private const int ExactLengths = 16;
    private const int LengthClasses = ExactLengths + 3;

    // Comparison stops here: a longer match is in the last class anyway.
    private const int LongestCompared = 40;

    // 2^17 positions · 8 bytes = 1 MiB; in a longer frame newer positions replace older ones.
    private const int TableBits = 17;

    private readonly Place[] _table;
    private Follower[] _followers;
    private TokenHistory[] _histories;
    private readonly int _perLane;
    private readonly int _minimum;
    private readonly int _firstKind;

    /// <summary>Creates an empty model.</summary>
    /// <param name="settings">Settings of the model.</param>
    /// <param name="histories">The tokens of each lane; the caller appends to them.</param>
    /// <param name="firstKind">Number of the first kind of evidence.</param>
    internal TokenMatchModel(PredictorSettings settings, TokenHistory[] histories, int firstKind)
    {
        _perLane = settings.MatchCandidates;
        _minimum = settings.MatchLength;
        _histories = histories;
        _firstKind = firstKind;
        _table = _perLane > 0 ? new Place[1 << TableBits] : [];
        _followers = new Follower[histories.Length * _perLane];
    }

    /// <summary>Number of kinds of evidence.</summary>
    internal int Kinds => _perLane * LengthClasses;

    private readonly record struct Place(int Lane, int End);

    private record struct Follower(int Lane, int Position, int Length);

    /// <summary>Proposes the next token of each match.</summary>
    internal void Propose(int lane, CandidateSet candidates)
    {
        for (var i = 0; i < _perLane; i++)
        {
            var follower = _followers[(lane * _perLane) + i];
            if (Expected(follower) is int token and >= 0)
            {
                var kind = _firstKind + (i * LengthClasses) + LengthClass(follower.Length);
                candidates.Propose(token, new Candidate.Proposal(kind, 0, 0, 0));
            }
        }
    }

    /// <summary>Advances by the actual token, which is already the last of the lane's history.</summary>
    internal void Advance(int lane, int token)
    {
        if (_perLane == 0)
        {
            return;
        }

        var followers = _followers.AsSpan(lane * _perLane, _perLane);
        foreach (ref var follower in followers)
        {
            follower = Expected(follower) == token
                ? follower with { Position = follower.Position + 1, Length = follower.Length + 1 }
                : default;
        }

        var tokens = _histories[lane].Tokens;
        if (tokens.Length < _minimum)
        {
            return;
        }

        ref var place = ref _table[ContextHash.Index(Hash(tokens), TableBits)];
        Follow(followers, place, tokens);
        place = new Place(lane, tokens.Length);
    }

    /// <summary>Guesses the next tokens: half as many as the longest match is long.</summary>
    internal int Guess(int lane, Span<int> tokens)
    {
        Follower longest = default;
        foreach (var follower in _followers.AsSpan(lane * _perLane, _perLane))
        {
            longest = follower.Length > longest.Length ? follower : longest;
        }

        var next = longest.Length > 0 ? _histories[longest.Lane].Tokens[longest.Position..] : [];
        var count = Math.Min(Math.Min(tokens.Length, next.Length), longest.Length / 2);
        next[..count].CopyTo(tokens);
        return count;
    }

    /// <summary>Takes the state of another model of the same settings, or forgets everything.</summary>
    /// <param name="origin">The other model, with as many lanes at most, or null.</param>
    /// <param name="histories">The tokens of the lanes from now on.</param>
    internal void ResetTo(TokenMatchModel? origin, TokenHistory[] histories)
    {
        _histories = histories;
        _followers = _followers.Length == histories.Length * _perLane
            ? _followers
            : new Follower[histories.Length * _perLane];
        Array.Clear(_followers);
        if (origin is null)
        {
            Array.Clear(_table);
            return;
        }

        origin._followers.CopyTo(_followers.AsSpan());
        origin._table.CopyTo(_table.AsSpan());
    }

    /// <summary>Adds the state to a hash.</summary>
    internal void AddTo(ref StateHash hash)
    {
        foreach (var follower in _followers)
        {
            hash.Add((uint)follower.Lane);
            hash.Add((uint)follower.Position);
            hash.Add((uint)follower.Length);
        }

        foreach (var place in _table)
        {
            if (place.End != 0)
            {
                hash.Add((uint)place.Lane);
                hash.Add((uint)place.End);
            }
        }
    }

    private void Follow(Span<Follower> followers, Place place, ReadOnlySpan<int> tokens)
    {
        var free = -1;
        for (var i = 0; i < followers.Length; i++)
        {
            if (followers[i].Length == 0)
            {
                free = free < 0 ? i : free;
            }
            else if (followers[i].Lane == place.Lane && followers[i].Position == place.End)
            {
                return;
            }
        }

        if (free < 0 || place.End == 0)
        {
            return;
        }

        var length = CommonSuffix(_histories[place.Lane].Tokens[..place.End], tokens);
        if (length >= _minimum)
        {
            followers[free] = new Follower(place.Lane, place.End, length);
        }
    }

    private int Expected(Follower follower)
    {
        if (follower.Length == 0)
        {
            return -1;
        }

        var tokens = _histories[follower.Lane].Tokens;
        return follower.Position < tokens.Length ? tokens[follower.Position] : -1;
    }

    private uint Hash(ReadOnlySpan<int> tokens)
    {
        var hash = ContextHash.Empty;
        for (var back = 1; back <= _minimum; back++)
        {
            hash = ContextHash.Extend(hash, tokens[^back]);
        }

        return hash;
    }

    private static int CommonSuffix(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var limit = Math.Min(Math.Min(a.Length, b.Length), LongestCompared);
        var length = 0;
        while (length < limit && a[^(length + 1)] == b[^(length + 1)])
        {
            length++;
        }

        return length;
    }

    private static int LengthClass(int length) =>
        length < ExactLengths ? length : length < 24 ? ExactLengths : length < 32 ? ExactLengths + 1 : ExactLengths + 2;
}
