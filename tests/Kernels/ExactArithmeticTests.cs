using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace NacrithOnnx.Tests.Kernels;

/// <summary>
/// The compiled libraries call nothing whose result may differ between machines. build/BannedSymbols.Arithmetic.txt
/// says so while one types, for the scalar functions; this covers the vector forms and the intrinsics as well.
/// </summary>
public sealed class ExactArithmeticTests
{
    private static readonly HashSet<string> MathTypes =
    [
        "System.Math", "System.MathF", "System.Double", "System.Single", "System.Half", "System.Numerics.Vector",
        "System.Runtime.Intrinsics.Vector64", "System.Runtime.Intrinsics.Vector128",
        "System.Runtime.Intrinsics.Vector256", "System.Runtime.Intrinsics.Vector512",
    ];

    // Beginnings of names: Exp2, ExpM1, SinCos, Atan2Pi, ReciprocalSqrtEstimate and the like follow.
    private static readonly string[] InexactNames =
    [
        "Exp", "Log", "Pow", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Cbrt", "RootN", "Hypot", "Lerp",
        "FusedMultiply", "MultiplyAddEstimate", "Reciprocal",
    ];

    private static readonly string[] InexactIntrinsics = ["FusedMultiply", "Reciprocal", "Estimate"];

    private static readonly string[] OrderedByMachine = ["Sum", "Dot"];

    [Theory]
    [InlineData("NacrithOnnx.Format")]
    [InlineData("NacrithOnnx.Runtime")]
    public void Nothing_inexact_is_called(string assembly) =>
        Assert.Empty(InexactCalls(Assembly.Load(assembly).Location));

    [Fact]
    public void Inexact_calls_are_seen()
    {
        var found = InexactCalls(typeof(InexactSamples).Assembly.Location).ToList();

        Assert.Contains("System.Math.Exp", found);
        Assert.Contains("System.Runtime.Intrinsics.Vector128.Sin", found);
        Assert.Contains("System.Runtime.Intrinsics.X86.Fma.MultiplyAdd", found);
        Assert.Contains("System.Runtime.Intrinsics.X86.Sse.Reciprocal", found);
        Assert.Contains("System.Runtime.Intrinsics.Vector128.Sum<Single>", found);
        Assert.DoesNotContain("System.Runtime.Intrinsics.Vector128.Sum<Int32>", found);
        Assert.DoesNotContain("System.Math.Sqrt", found);
    }

    /// <summary>Members of the framework that the assembly refers to and must not.</summary>
    private static IEnumerable<string> InexactCalls(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();

        foreach (var handle in metadata.MemberReferences)
        {
            var (type, name) = Describe(metadata, handle);
            if (IsInexact(type, name))
            {
                yield return $"{type}.{name}";
            }
        }

        // Sum<float> and Dot<double>: the order of the additions follows the width of the machine's vectors.
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            var method = metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row));
            if (method.Method.Kind != HandleKind.MemberReference)
            {
                continue;
            }

            var (type, name) = Describe(metadata, (MemberReferenceHandle)method.Method);
            var blob = metadata.GetBlobBytes(method.Signature);
            if (MathTypes.Contains(type) && OrderedByMachine.Contains(name) && FloatingArgument(blob) is { } argument)
            {
                yield return $"{type}.{name}<{argument}>";
            }
        }
    }

    private static bool IsInexact(string type, string name)
    {
        if (MathTypes.Contains(type))
        {
            return InexactNames.Any(start => name.StartsWith(start, StringComparison.Ordinal));
        }

        return type.StartsWith("System.Runtime.Intrinsics.", StringComparison.Ordinal)
            && (type.EndsWith(".Fma", StringComparison.Ordinal) && name != "get_IsSupported"
                || InexactIntrinsics.Any(part => name.Contains(part, StringComparison.Ordinal)));
    }

    private static (string Type, string Name) Describe(MetadataReader metadata, MemberReferenceHandle handle)
    {
        var member = metadata.GetMemberReference(handle);
        if (member.Parent.Kind != HandleKind.TypeReference)
        {
            return ("", metadata.GetString(member.Name));
        }

        var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        var name = metadata.GetString(type.Name);
        // Nested types, such as Avx512F.VL, have their namespace on the outer type.
        while (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
            name = $"{metadata.GetString(type.Name)}.{name}";
        }

        return ($"{metadata.GetString(type.Namespace)}.{name}", metadata.GetString(member.Name));
    }

    /// <summary>ECMA-335 II.23.2.15: 0x0A, the number of arguments, then each argument's element type.</summary>
    private static string? FloatingArgument(byte[] signature) => signature[2] switch
    {
        (byte)SignatureTypeCode.Single => nameof(Single),
        (byte)SignatureTypeCode.Double => nameof(Double),
        _ => null,
    };
}
