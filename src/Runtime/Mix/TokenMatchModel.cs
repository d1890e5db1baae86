namespace NacrithOnnx.Runtime.Mix;

/// <summary>
/// Follows earlier places where the last tokens occurred before, in any lane of the frame, and proposes what came
/// next there. It reaches as far back as the frame; the language model only as far as its window.
/// </summary>
/// <remarks>
/// A table from the hash of the last few tokens to where they last ended finds the places; the tokens are compared, so
/// a collision of hashes is noticed.
/// </remarks>
internal sealed class TokenMatchModel
{
    // Lengths counted exactly, then two wider classes; longer matches say no more.
    private const int ExactLengths = 16;
    private const int LengthClasses = ExactLengths + 3;

    // Comparing stops here: a longer match belongs to the last class anyway.
    private const int LongestCompared = 40;

    // 2^17 places · 8 bytes = 1 MiB; in a longer frame the newest places win.
    private const int TableBits = 17;

    private readonly Place[] _table;
    private readonly Follower[] _followers;
    private readonly TokenHistory[] _histories;
    private readonly int _perLane;
    private readonly int _minimum;
    private readonly int _firstKind;

    /// <summary>Makes an empty model.</summary>
    /// <param name="settings">How many places to follow and when.</param>
    /// <param name="histories">The lanes' tokens, appended to elsewhere.</param>
    /// <param name="firstKind">Number of its first kind of evidence.</param>
    internal TokenMatchModel(PredictorSettings settings, TokenHistory[] histories, int firstKind)
    {
        _perLane = settings.MatchCandidates;
        _minimum = settings.MatchLength;
        _histories = histories;
        _firstKind = firstKind;
        _table = _perLane > 0 ? new Place[1 << TableBits] : [];
        _followers = new Follower[histories.Length * _perLane];
    }

    /// <summary>Number of kinds of evidence it gives.</summary>
    internal int Kinds => _perLane * LengthClasses;

    private readonly record struct Place(int Lane, int End);

    private record struct Follower(int Lane, int Position, int Length);

    /// <summary>Proposes the token after each place that is followed.</summary>
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

    /// <summary>Moves on by the token that followed; it is already the last of the lane's history.</summary>
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

    /// <summary>Guesses the tokens to come: as many as half the length of the longest match.</summary>
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
