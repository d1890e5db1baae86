using System.Globalization;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Ablation;

/// <summary>Settings given as Name=Value on the command line.</summary>
internal static class SettingsText
{
    internal static PredictorSettings With(PredictorSettings settings, string assignment)
    {
        var sides = assignment.Split('=', 2);
        var property = typeof(PredictorSettings).GetProperty(sides[0])
            ?? throw new ArgumentException($"Unknown setting: {sides[0]}.");
        var copy = settings with { };
        property.SetValue(copy, Convert.ChangeType(sides[1], property.PropertyType, CultureInfo.InvariantCulture));
        return copy;
    }
}
