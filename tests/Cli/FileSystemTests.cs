using System.Text;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Cli;

/// <summary>Files that cannot be written: full or read-only file systems, folders of other users.</summary>
public sealed class FileSystemTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [MountFact]
    public void A_disk_that_runs_full_keeps_the_old_file_and_the_source()
    {
        _host.Write("a", new byte[100_000]);

        var result = InNamespace("""
            mkdir disk; mount -t tmpfs -o size=64k tmpfs disk
            printf old > disk/a.ncx
            nacrith -f -o disk/a.ncx a; echo $?
            cat disk/a.ncx; echo; ls -A disk
            cp -f disk/a.ncx old; head -c 50000 a > disk/b
            nacrith --rm disk/b; echo $?
            ls -A disk; head -c 50000 a | cmp - disk/b && echo same
            """);

        Assert.Equal("1\nold\na.ncx\n1\na.ncx\nb\nsame\n", result.Output);
        Assert.Equal(2, result.Error.Split("No space left on device").Length - 1);
    }

    [MountFact]
    public void A_file_system_that_is_read_only_is_an_error()
    {
        var result = InNamespace("""
            mkdir disk; mount -t tmpfs -o size=64k tmpfs disk
            printf content > disk/a; mount -o remount,ro disk
            nacrith disk/a; echo $?
            nacrith -c disk/a | nacrith -d; echo; ls -A disk
            """);

        Assert.Equal("1\ncontent\na\n", result.Output);
        Assert.Contains("Read-only file system", result.Error, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_folder_without_the_right_to_write_keeps_its_files()
    {
        _host.Write("run.sh", $$"""
            nacrith() { {{ChildProcess.Command}} "$@"; }
            nacrith --rm locked/a; echo $?
            nacrith -d -f locked/b.ncx; echo $?
            nacrith -c locked/a | nacrith -d; echo
            """);
        var locked = Directory.CreateDirectory(_host.PathOf("locked")).FullName;
        _host.Write("locked/a", "content");
        _host.Write("locked/b", "old");
        _host.WriteArchive("locked/b.ncx", "new"u8.ToArray());

        // Root may write anywhere; setpriv drops that privilege, so that the test gives the same result for root.
        var result = ChildProcess.Run(_host, """
            chmod 755 ../ . ; chmod 555 locked
            if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups sh run.sh; else sh run.sh; fi
            chmod 755 locked
            """);

        Assert.Equal("1\n1\ncontent\n", result.Output);
        Assert.Equal(2, result.Error.Split("permission denied").Length - 1);
        Assert.Equal(["a", "b", "b.ncx"], Directory.GetFiles(locked).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal("old"u8.ToArray(), _host.Read("locked/b"));
    }

    private (int Code, string Output, string Error) InNamespace(string script)
    {
        var text = $"nacrith() {{ {ChildProcess.Command} \"$@\"; }}\n{script}\n";
        File.WriteAllText(_host.PathOf("run.sh"), text, new UTF8Encoding(false));
        return ChildProcess.Run(_host, "exec unshare -rm sh run.sh");
    }
}
