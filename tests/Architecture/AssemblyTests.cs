using System.Reflection;

namespace NacrithOnnx.Tests.Architecture;

/// <summary>Dependencies point one way: Cli, then Runtime, then Format.</summary>
public sealed class AssemblyTests
{
    [Theory]
    [InlineData("NacrithOnnx.Format", "NacrithOnnx.Runtime", "nacrith", "Microsoft.ML.OnnxRuntime")]
    [InlineData("NacrithOnnx.Runtime", "nacrith", "System.CommandLine")]
    public void A_lower_layer_does_not_know_a_higher_one(string assembly, params string[] forbidden)
    {
        var referenced = Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name);

        Assert.Empty(referenced.Intersect(forbidden));
    }
}
