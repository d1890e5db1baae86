using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NacrithOnnx.Runtime.Kernels;

/// <summary>
/// Products of six rows of bytes with 64 columns of signed bytes by VPDPBUSD, which adds four products of an unsigned
/// and a signed byte to each int32. Four rows of a tile are interleaved in registers on the way, so that a step of
/// decompression reads the cache once and stores no packed copy of it.
/// </summary>
/// <remarks>
/// Interleaving leaves the columns of 32 in the order 0–3, 16–19, 4–7, 20–23, then 8–11, 24–27, 12–15, 28–31;
/// <see cref="Straighten"/> restores it.
/// </remarks>
internal static unsafe class QuadTile
{
    /// <summary>Three int16 rows in two parts each: with two vectors a row, 12 of AVX2's 16 registers.</summary>
    public const int Rows = 6;

    /// <summary>Columns of a tile.</summary>
    public const int Side = PairTile.Side;

    /// <summary>Elements of the sums.</summary>
    public const int SumLength = Rows * Side;

    /// <summary>Rows of a tile that a lane multiplies at once.</summary>
    public const int Quad = 4;

    private const int HalfSide = Side / 2;

    public static bool IsSupported => AvxVnni.IsSupported;

    /// <summary>sums = A · (B + 128): A holds signed bytes.</summary>
    /// <param name="a">Six rows, <paramref name="stride"/> bytes apart.</param>
    /// <param name="stride">Bytes from row to row of <paramref name="a"/>.</param>
    /// <param name="b">Rows of 64 signed bytes, one after the other.</param>
    /// <param name="quads">A quarter of the number of rows of <paramref name="b"/>.</param>
    /// <param name="sums">[6, 64], columns interleaved.</param>
    /// <param name="ahead">As much memory as <paramref name="b"/> that is needed next: each of the four passes fetches every
    /// fourth line of it.</param>
    public static void MultiplySigned(sbyte* a, int stride, sbyte* b, int quads, int* sums, sbyte* ahead)
    {
        for (var half = 0; half < Side; half += HalfSide, ahead += 2 * Side)
        {
            AddColumns<False, True>((byte*)a, stride, b + half, quads, sums + half, ahead);
            AddColumns<True, True>((byte*)a, stride, b + half, quads, sums + half + (HalfSide / 2), ahead + Side);
        }
    }

    /// <summary>Adds A · B to the sums: A holds unsigned bytes.</summary>
    /// <inheritdoc cref="MultiplySigned"/>
    public static void AddUnsigned(byte* a, int stride, sbyte* b, int quads, int* sums, sbyte* ahead)
    {
        for (var half = 0; half < Side; half += HalfSide, ahead += 2 * Side)
        {
            AddColumns<False, False>(a, stride, b + half, quads, sums + half, ahead);
            AddColumns<True, False>(a, stride, b + half, quads, sums + half + (HalfSide / 2), ahead + Side);
        }
    }

    /// <summary>Puts the columns of one row of sums in order.</summary>
    public static void Straighten(int* row)
    {
        for (var half = 0; half < Side; half += HalfSide)
        {
            var v0 = Vector256.Load(row + half);
            var v1 = Vector256.Load(row + half + 8);
            var v2 = Vector256.Load(row + half + 16);
            var v3 = Vector256.Load(row + half + 24);
            Vector256.Create(v0.GetLower(), v1.GetLower()).Store(row + half);
            Vector256.Create(v2.GetLower(), v3.GetLower()).Store(row + half + 8);
            Vector256.Create(v0.GetUpper(), v1.GetUpper()).Store(row + half + 16);
            Vector256.Create(v2.GetUpper(), v3.GetUpper()).Store(row + half + 24);
        }
    }

    /// <summary>Half of 32 columns: the lower or the upper eight of each 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddColumns<TUpper, TSigned>(byte* a, int stride, sbyte* b, int quads, int* sums, sbyte* ahead)
        where TUpper : struct, IFlag
        where TSigned : struct, IFlag
    {
        // Products with signed bytes are of one tile, so their sums begin here.
        Vector256<int> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<int> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        if (!TSigned.Value)
        {
            c00 = Vector256.Load(sums);
            c01 = Vector256.Load(sums + 8);
            c10 = Vector256.Load(sums + Side);
            c11 = Vector256.Load(sums + Side + 8);
            c20 = Vector256.Load(sums + (2 * Side));
            c21 = Vector256.Load(sums + (2 * Side) + 8);
            c30 = Vector256.Load(sums + (3 * Side));
            c31 = Vector256.Load(sums + (3 * Side) + 8);
            c40 = Vector256.Load(sums + (4 * Side));
            c41 = Vector256.Load(sums + (4 * Side) + 8);
            c50 = Vector256.Load(sums + (5 * Side));
            c51 = Vector256.Load(sums + (5 * Side) + 8);
        }

        var a3 = a + (3 * (nint)stride);
        var a5 = a3 + (2 * (nint)stride);
        for (var quad = 0; quad < quads; quad++, a += Quad, a3 += Quad, a5 += Quad, b += Quad * Side, ahead += Quad * Side)
        {
            Sse.Prefetch0(ahead);
            var (b0, b1) = Interleave<TUpper>(b);
            if (TSigned.Value)
            {
                b0 ^= Vector256.Create((byte)0x80);
                b1 ^= Vector256.Create((byte)0x80);
            }

            c00 = Add<TSigned>(c00, a, b0);
            c01 = Add<TSigned>(c01, a, b1);
            c10 = Add<TSigned>(c10, a + stride, b0);
            c11 = Add<TSigned>(c11, a + stride, b1);
            c20 = Add<TSigned>(c20, a + (2 * (nint)stride), b0);
            c21 = Add<TSigned>(c21, a + (2 * (nint)stride), b1);
            c30 = Add<TSigned>(c30, a3, b0);
            c31 = Add<TSigned>(c31, a3, b1);
            c40 = Add<TSigned>(c40, a3 + stride, b0);
            c41 = Add<TSigned>(c41, a3 + stride, b1);
            c50 = Add<TSigned>(c50, a5, b0);
            c51 = Add<TSigned>(c51, a5, b1);
        }

        c00.Store(sums);
        c01.Store(sums + 8);
        c10.Store(sums + Side);
        c11.Store(sums + Side + 8);
        c20.Store(sums + (2 * Side));
        c21.Store(sums + (2 * Side) + 8);
        c30.Store(sums + (3 * Side));
        c31.Store(sums + (3 * Side) + 8);
        c40.Store(sums + (4 * Side));
        c41.Store(sums + (4 * Side) + 8);
        c50.Store(sums + (5 * Side));
        c51.Store(sums + (5 * Side) + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> First, Vector256<byte> Second) Interleave<TUpper>(sbyte* b)
        where TUpper : struct, IFlag
    {
        var r0 = Vector256.Load(b);
        var r1 = Vector256.Load(b + Side);
        var r2 = Vector256.Load(b + (2 * Side));
        var r3 = Vector256.Load(b + (3 * Side));
        var low = (TUpper.Value ? Avx2.UnpackHigh(r0, r1) : Avx2.UnpackLow(r0, r1)).AsInt16();
        var high = (TUpper.Value ? Avx2.UnpackHigh(r2, r3) : Avx2.UnpackLow(r2, r3)).AsInt16();
        return (Avx2.UnpackLow(low, high).AsByte(), Avx2.UnpackHigh(low, high).AsByte());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Add<TSigned>(Vector256<int> sums, byte* a, Vector256<byte> b)
        where TSigned : struct, IFlag
    {
        var quad = Vector256.Create(*(int*)a);
        return TSigned.Value
            ? AvxVnni.MultiplyWideningAndAdd(sums, b, quad.AsSByte())
            : AvxVnni.MultiplyWideningAndAdd(sums, quad.AsByte(), b.AsSByte());
    }

    /// <summary>A constant of the compiled loop.</summary>
    private interface IFlag
    {
        static abstract bool Value { get; }
    }

    private readonly struct True : IFlag
    {
        public static bool Value => true;
    }

    private readonly struct False : IFlag
    {
        public static bool Value => false;
    }
}
