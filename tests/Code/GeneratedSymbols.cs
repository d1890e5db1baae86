using FsCheck;
using FsCheck.Fluent;
using NacrithOnnx.Runtime.Code;

namespace NacrithOnnx.Tests.Code;

/// <summary>Lists of symbols that favour the edges: certain ones, the rarest ones, the first and the last.</summary>
internal static class GeneratedSymbols
{
    /// <summary>Totals at the edges of the coder's arithmetic, and ordinary ones.</summary>
    private static readonly ulong[] Totals =
    [
        1, 2, 3, 255, 256, 257, 65_536, uint.MaxValue, 1UL << 32, 50_000UL << 30,
        RangeCoding.MaximumTotal - 1, RangeCoding.MaximumTotal,
    ];

    /// <summary>Lists with shrinking to shorter ones.</summary>
    public static Arbitrary<Symbol[]> Lists { get; } = Arb.From(Symbol().ArrayOf(), Shorter);

    /// <summary>Lists of a few symbols, which cost a few bytes.</summary>
    public static Arbitrary<Symbol[]> ShortLists { get; } = Arb.From(
        from count in Gen.Choose(0, 6) from symbols in Gen.ArrayOf(Symbol(), count) select symbols, Shorter);

    private static Gen<Symbol> Symbol() =>
        from total in Gen.Elements(Totals)
        from frequency in Gen.OneOf(
            Gen.Elements<ulong>(1, 2, total / 2, total - 1, total),
            Gen.Choose(1, int.MaxValue).Select(value => (ulong)value))
        let clamped = (uint)Math.Clamp(frequency, 1, Math.Min(total, uint.MaxValue))
        from place in Gen.OneOf(Gen.Elements(0.0, 0.5, 1.0), Gen.Choose(0, 1000).Select(value => value / 1000.0))
        let low = (ulong)(place * (total - clamped))
        select new Symbol(Math.Min(low, total - clamped), clamped, total);

    private static IEnumerable<Symbol[]> Shorter(Symbol[] symbols) =>
        Enumerable.Range(0, symbols.Length).Select(index => (Symbol[])[.. symbols[..index], .. symbols[(index + 1)..]]);
}
