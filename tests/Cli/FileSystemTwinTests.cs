using NacrithOnnx.Cli.Files;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

/// <summary>The file system by Linux's own calls does what the one by .NET's does.</summary>
public sealed class FileSystemTwinTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Kinds() => OperatingSystem.IsLinux() ? ["managed", "linux"] : ["managed"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_status_describes_what_a_name_leads_to(string kind)
    {
        var files = Make(kind);
        var path = Write("a", "content");
        File.SetLastWriteTimeUtc(path, new DateTime(1969, 12, 31, 23, 59, 58, 500, DateTimeKind.Utc));
        File.CreateSymbolicLink(_folder.File("link"), path);
        File.CreateSymbolicLink(_folder.File("dangling"), _folder.File("missing"));

        var status = files.Status(path)!;
        Assert.Equal((FileKind.Regular, 7L, new FileTime(-2, 500_000_000)), (status.Kind, status.Length, status.Changed));
        Assert.Equal(FileKind.Folder, files.Status(_folder.Path)!.Kind);
        Assert.Equal(FileKind.SymbolicLink, files.Status(_folder.File("link"), follow: false)!.Kind);
        Assert.Equal(status, files.Status(_folder.File("link")));
        Assert.Equal(FileKind.SymbolicLink, files.Status(_folder.File("dangling"), follow: false)!.Kind);
        Assert.Null(files.Status(_folder.File("dangling")));
        Assert.Null(files.Status(_folder.File("missing")));
        using var handle = files.OpenRead(path);
        Assert.True(status.IsUnchanged(files.Status(handle, path)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_move_replaces_only_on_request(string kind)
    {
        var files = Make(kind);
        var from = Write("a", "new");
        var to = Write("b", "old");

        Assert.False(files.TryMove(from, to, replace: false));
        Assert.Equal("old", File.ReadAllText(to));
        Assert.True(files.TryMove(from, to, replace: true));
        Assert.Equal("new", File.ReadAllText(to));
        Assert.False(File.Exists(from));
        Assert.True(files.TryMove(to, from, replace: false));
        Assert.Equal("a", Assert.Single(files.Names(_folder.Path)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_new_file_inherits_permissions_and_time(string kind)
    {
        var files = Make(kind);
        var source = Write("a", "content");
        File.SetLastWriteTimeUtc(source, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(1));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(source, (UnixFileMode)0b110_100_000);
        }

        var status = files.Status(source)!;
        using (var handle = files.Create(_folder.File("b"), UnixFileMode.UserRead | UnixFileMode.UserWrite))
        {
            files.Inherit(handle, status);
        }

        var copy = files.Status(_folder.File("b"))!;
        Assert.Equal((status.Changed, status.Permissions, status.Owner), (copy.Changed, copy.Permissions, copy.Owner));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_failure_names_the_file(string kind)
    {
        var files = Make(kind);
        var missing = _folder.File("missing/a");

        Action[] failures =
        [
            () => files.OpenRead(missing).Dispose(),
            () => files.Create(missing, AtomicFile.Usual).Dispose(),
            () => files.TryMove(Write("a", "x"), missing, replace: true),
            () => files.Names(_folder.File("missing")),
        ];

        Assert.All(failures, failure =>
        {
            var exception = Assert.Throws<FileException>(failure);
            Assert.StartsWith(_folder.File("missing"), exception.Path, StringComparison.Ordinal);
            Assert.Equal("no such file or folder", exception.Message);
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_folder_is_flushed_wherever_a_system_does_that(string kind)
    {
        Assert.Equal(!OperatingSystem.IsWindows(), Make(kind).Flush(_folder.Path));
        Assert.False(Make(kind).Flush(_folder.File("missing")));
    }

    [LinuxFact]
    public void A_file_is_abandoned_when_its_lock_is_free()
    {
        var files = Make("linux");
        using (files.Create(_folder.File("a"), AtomicFile.Usual))
        {
            Assert.False(files.IsAbandoned(_folder.File("a")));
        }

        Assert.True(files.IsAbandoned(_folder.File("a")));
        Assert.False(files.IsAbandoned(_folder.File("missing")));
    }

    private static IFileSystem Make(string kind) => kind == "linux" ? new LinuxFileSystem() : new ManagedFileSystem();

    private string Write(string name, string content)
    {
        _folder.Write(name, System.Text.Encoding.UTF8.GetBytes(content));
        return _folder.File(name);
    }
}
