using NacrithOnnx.Cli.Files;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

public sealed class FolderFlushTests
{
    [Fact]
    public void A_folder_is_flushed_wherever_a_system_does_that()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(!OperatingSystem.IsWindows(), FolderFlush.Try(folder.Path));
    }

    [Fact]
    public void A_folder_that_is_gone_is_no_failure() =>
        Assert.False(FolderFlush.Try(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));
}
