using System.Globalization;

namespace NacrithOnnx.Compare;

/// <summary>Numbers as the tables show them.</summary>
internal static class Numbers
{
    /// <summary>With separators: 152,089.</summary>
    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Three decimals.</summary>
    public static string Exact(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>With a sign: +0.52.</summary>
    public static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>About three digits, whatever the size: 0.0123, 1.23, 12.3, 1,234.</summary>
    public static string Short(double value) => value.ToString(
        Math.Abs(value) switch { >= 99.95 => "#,0", >= 9.995 => "0.0", >= 0.995 => "0.00", _ => "0.000" },
        CultureInfo.InvariantCulture);
}
