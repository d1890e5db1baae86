namespace NacrithOnnx.Runtime.Kernels;

/// <summary>Numbers of rows as types: constants of compiled loops.</summary>
internal static class RowCounts
{
    public interface IRowCount
    {
        static abstract int Value { get; }
    }

    public readonly struct One : IRowCount
    {
        public static int Value => 1;
    }

    public readonly struct Two : IRowCount
    {
        public static int Value => 2;
    }

    public readonly struct Three : IRowCount
    {
        public static int Value => 3;
    }

    public readonly struct Four : IRowCount
    {
        public static int Value => 4;
    }

    public readonly struct Five : IRowCount
    {
        public static int Value => 5;
    }

    public readonly struct Six : IRowCount
    {
        public static int Value => 6;
    }
}
