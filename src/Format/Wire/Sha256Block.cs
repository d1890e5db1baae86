using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ArmSha256 = System.Runtime.Intrinsics.Arm.Sha256;

namespace NacrithOnnx.Format;

/// <summary>The compression function of SHA-256 (FIPS 180-4, 6.2.2); by ARM's instructions where there are any.</summary>
internal static class Sha256Block
{
    /// <summary>Words of the state, H0 to H7.</summary>
    public const int StateLength = 8;

    private const int Rounds = 64;

    /// <summary>Words of a block.</summary>
    private const int Words = 16;

    /// <summary>The first 32 bits of the fractional parts of the square roots of the first eight primes.</summary>
    private static ReadOnlySpan<uint> Initial =>
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    /// <summary>The first 32 bits of the fractional parts of the cube roots of the first 64 primes.</summary>
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>Sets the state of an empty message.</summary>
    public static void Start(Span<uint> state) => Initial.CopyTo(state);

    /// <summary>Takes whole blocks into the state.</summary>
    public static void Update(Span<uint> state, ReadOnlySpan<byte> blocks)
    {
        if (ArmSha256.IsSupported)
        {
            UpdateArm(state, blocks);
        }
        else
        {
            UpdatePortable(state, blocks);
        }
    }

    /// <summary>The function as it is specified.</summary>
    internal static void UpdatePortable(Span<uint> state, ReadOnlySpan<byte> blocks)
    {
        Span<uint> schedule = stackalloc uint[Rounds];
        for (; blocks.Length >= Sha256.BlockLength; blocks = blocks[Sha256.BlockLength..])
        {
            for (var t = 0; t < Words; t++)
            {
                schedule[t] = BinaryPrimitives.ReadUInt32BigEndian(blocks[(t * sizeof(uint))..]);
            }

            for (var t = Words; t < Rounds; t++)
            {
                var (w2, w15) = (schedule[t - 2], schedule[t - 15]);
                var sigma1 = BitOperations.RotateRight(w2, 17) ^ BitOperations.RotateRight(w2, 19) ^ (w2 >> 10);
                var sigma0 = BitOperations.RotateRight(w15, 7) ^ BitOperations.RotateRight(w15, 18) ^ (w15 >> 3);
                schedule[t] = sigma1 + schedule[t - 7] + sigma0 + schedule[t - 16];
            }

            Compress(state, schedule);
        }
    }

    private static void Compress(Span<uint> state, ReadOnlySpan<uint> schedule)
    {
        var (a, b, c, d, e, f, g, h) = (
            state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);

        // Eight rounds at a time, so that the variables change places by name and not by moves.
        for (var t = 0; t < Rounds; t += StateLength)
        {
            var k = Constants.Slice(t, StateLength);
            var w = schedule.Slice(t, StateLength);
            Round(a, b, c, ref d, e, f, g, ref h, k[0] + w[0]);
            Round(h, a, b, ref c, d, e, f, ref g, k[1] + w[1]);
            Round(g, h, a, ref b, c, d, e, ref f, k[2] + w[2]);
            Round(f, g, h, ref a, b, c, d, ref e, k[3] + w[3]);
            Round(e, f, g, ref h, a, b, c, ref d, k[4] + w[4]);
            Round(d, e, f, ref g, h, a, b, ref c, k[5] + w[5]);
            Round(c, d, e, ref f, g, h, a, ref b, k[6] + w[6]);
            Round(b, c, d, ref e, f, g, h, ref a, k[7] + w[7]);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static void UpdateArm(Span<uint> state, ReadOnlySpan<byte> blocks)
    {
        Span<Vector128<uint>> schedule = stackalloc Vector128<uint>[Words / Vector128<uint>.Count];
        var abcd = Vector128.Create<uint>(state);
        var efgh = Vector128.Create<uint>(state[Vector128<uint>.Count..]);
        for (; blocks.Length >= Sha256.BlockLength; blocks = blocks[Sha256.BlockLength..])
        {
            for (var i = 0; i < schedule.Length; i++)
            {
                schedule[i] = Reversed(blocks[(i * Vector128<byte>.Count)..]);
            }

            var (first, second) = (abcd, efgh);
            for (var t = 0; t < Rounds; t += Vector128<uint>.Count)
            {
                var i = t / Vector128<uint>.Count % schedule.Length;
                var words = schedule[i] + Vector128.Create(Constants[t..]);
                if (t < Rounds - Words)
                {
                    schedule[i] = ArmSha256.ScheduleUpdate1(
                        ArmSha256.ScheduleUpdate0(schedule[i], schedule[(i + 1) % schedule.Length]),
                        schedule[(i + 2) % schedule.Length], schedule[(i + 3) % schedule.Length]);
                }

                var before = first;
                first = ArmSha256.HashUpdate1(first, second, words);
                second = ArmSha256.HashUpdate2(second, before, words);
            }

            abcd += first;
            efgh += second;
        }

        abcd.CopyTo(state);
        efgh.CopyTo(state[Vector128<uint>.Count..]);
    }

    /// <summary>Four words, whose bytes a message has in big-endian order.</summary>
    private static Vector128<uint> Reversed(ReadOnlySpan<byte> bytes) => Vector128.Shuffle(
        Vector128.Create(bytes),
        Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint word)
    {
        var sum1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11)
            ^ BitOperations.RotateRight(e, 25);
        var choice = g ^ (e & (f ^ g));
        var sum0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13)
            ^ BitOperations.RotateRight(a, 22);
        var majority = (a & b) | (c & (a | b));
        h += sum1 + choice + word;
        d += h;
        h += sum0 + majority;
    }
}
