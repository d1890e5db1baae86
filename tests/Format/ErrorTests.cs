namespace NacrithOnnx.Tests.Format;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(typeof(NotAnArchiveException), 1)]
    [InlineData(typeof(UnsupportedVersionException), 2)]
    [InlineData(typeof(CorruptArchiveException), 3)]
    [InlineData(typeof(TruncatedArchiveException), 4)]
    [InlineData(typeof(ChecksumException), 5)]
    [InlineData(typeof(ModelMismatchException), 6)]
    [InlineData(typeof(LimitExceededException), 7)]
    [InlineData(typeof(EnvironmentException), 8)]
    [InlineData(typeof(DictionaryMismatchException), 9)]
    public void Each_kind_has_its_number_for_good(Type kind, int code)
    {
        var failure = (NacrithException)Activator.CreateInstance(kind, "Why.", null)!;

        Assert.Equal(code, (int)failure.Code);
        Assert.Equal("Why.", failure.Message);
    }

    [Fact]
    public void Kinds_are_sealed_and_each_code_has_one()
    {
        var kinds = typeof(NacrithException).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(NacrithException))).ToList();

        Assert.All(kinds, kind => Assert.True(kind.IsSealed));
        Assert.Equal(Enum.GetValues<NacrithErrorCode>().Length, kinds.Count);
        Assert.True(typeof(NacrithException).IsAbstract);
    }
}
