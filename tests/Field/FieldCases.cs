namespace NacrithOnnx.Tests.Field;

/// <summary>The rows, by what they need beside a POSIX shell.</summary>
internal static partial class FieldCases
{
    public static IReadOnlyDictionary<string, IReadOnlyList<FieldCase>> All => new Dictionary<string, IReadOnlyList<FieldCase>>
    {
        ["sh"] = [.. Closed, .. Outputs, .. Sources, .. Names, .. Several, .. Foreign, .. Ends, .. Limits],
        ["script"] = Terminals,
        ["python3"] = Descriptors,
        ["root"] = Owners,
        ["unshare"] = Containers,
    };
}
