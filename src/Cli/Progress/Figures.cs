using System.Globalization;

namespace NacrithOnnx.Cli.Progress;

/// <summary>Numbers for people, in the same form in every locale.</summary>
internal static class Figures
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>1234567 becomes 1.2 MiB.</summary>
    public static string Size(double bytes)
    {
        var unit = 0;
        while (bytes >= 1024 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture)} {Units[unit]}");
    }

    /// <summary>1234567 becomes 1,234,567.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Part of a whole in percent; 100 % of nothing.</summary>
    public static string Percent(long part, long whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{(whole == 0 ? 100 : 100.0 * part / whole):0.0} %");

    /// <summary>8 s, 2:05 min, 1:02 h.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00} h"),
    };

    /// <summary>Number per second, without decimals.</summary>
    public static double Rate(long amount, TimeSpan time) => time > TimeSpan.Zero ? amount / time.TotalSeconds : 0;
}
