namespace NacrithOnnx.Export;

/// <summary>
/// cos and sin of position · theta^(−2i/size), computed with basic operations only: the C library's results differ in
/// the last bit between machines, and an export must not.
/// </summary>
internal static class RotaryTables
{
    /// <summary>Returns cos and sin [positions, size / 2].</summary>
    public static (float[] Cos, float[] Sin) Create(int positions, int size, double theta)
    {
        var half = size / 2;
        var cos = new float[positions * half];
        var sin = new float[positions * half];

        // theta^(−2/size) is the size/2-th root of 1/theta; its powers are products.
        var root = Root(1 / theta, half);
        var frequency = 1.0;
        for (var i = 0; i < half; i++)
        {
            for (var position = 0; position < positions; position++)
            {
                var (c, s) = CosSin(position * frequency);
                cos[(position * half) + i] = (float)c;
                sin[(position * half) + i] = (float)s;
            }

            frequency *= root;
        }

        return (cos, sin);
    }

    /// <summary>The n-th root of a number in 0..1 by bisection, to the last bit of a double.</summary>
    private static double Root(double value, int n)
    {
        var low = 0.0;
        var high = 1.0;
        for (var i = 0; i < 64; i++)
        {
            var middle = (low + high) / 2;
            var power = 1.0;
            for (var k = 0; k < n; k++)
            {
                power *= middle;
            }

            (low, high) = power < value ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>cos and sin: halves the angle until it is below 1/64, sums the power series, doubles back.</summary>
    private static (double Cos, double Sin) CosSin(double angle)
    {
        angle -= Math.Round(angle / Math.Tau) * Math.Tau;
        const int Halvings = 8;
        var x = angle / (1 << Halvings);
        var square = x * x;
        var sin = x * (1 - (square / 6 * (1 - (square / 20 * (1 - (square / 42))))));

        // 1 − cos keeps its digits where cos itself is almost 1.
        var versine = square / 2 * (1 - (square / 12 * (1 - (square / 30 * (1 - (square / 56))))));
        for (var i = 0; i < Halvings; i++)
        {
            sin = 2 * sin * (1 - versine);
            versine = 2 * versine * (2 - versine);
        }

        return (1 - versine, sin);
    }
}
