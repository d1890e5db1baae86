using NacrithOnnx.Format;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Api;

/// <summary>The public surface changes only with a file that shows the change.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData(typeof(ContainerReader))]
    [InlineData(typeof(NacrithCodec))]
    public void The_public_surface_is_the_committed_one(Type type) =>
        Snapshot.Equal(ApiText.Of(type.Assembly), $"tests/Api/PublicApi/{type.Assembly.GetName().Name}.txt");

    [Fact]
    public void Everything_public_of_the_library_is_in_one_namespace() =>
        Assert.All(typeof(NacrithCodec).Assembly.GetExportedTypes(), type => Assert.Equal("NacrithOnnx", type.Namespace));

    [Theory]
    [InlineData("a\nb", "a\nb", "")]
    [InlineData("a\nb", "a\nc", "- b\n+ c")]
    [InlineData("", "a", "- \n+ a")]
    [InlineData("a\nb", "b\na", "the same lines in another order or number")]
    [InlineData("a\na", "a", "the same lines in another order or number")]
    public void A_difference_is_shown(string before, string after, string expected) =>
        Assert.Equal(expected, Snapshot.Difference(before, after));
}
