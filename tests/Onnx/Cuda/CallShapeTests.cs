using NacrithOnnx.Runtime.Onnx.Cuda;

namespace NacrithOnnx.Tests.Onnx.Cuda;

public sealed class CallShapeTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(129, 256)]
    [InlineData(256, 256)]
    [InlineData(257, 512)]
    [InlineData(600, 768)]
    public void Tokens_are_padded_to_few_lengths(int count, int padded) => Assert.Equal(padded, CallShape.Padded(count));

    [Fact]
    public void Padding_is_bounded() =>
        Assert.All(Enumerable.Range(1, 2000), count => Assert.InRange(CallShape.Padded(count) - count, 0, CallShape.MaxPadding));
}
