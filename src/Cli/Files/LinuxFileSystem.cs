using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NacrithOnnx.Cli.Posix;

namespace NacrithOnnx.Cli.Files;

/// <summary>
/// Linux system calls: names are any bytes, locked inputs can be read, times have nanoseconds, and each error names the
/// file that caused it.
/// </summary>
internal sealed class LinuxFileSystem : IFileSystem
{
    // Flags of open, the same on x64 and ARM64.
    private const int WriteOnly = 1;
    private const int ReadWrite = 2;
    private const int CreateFile = 0x40;
    private const int MustNotExist = 0x80;
    private const int NoTerminal = 0x100;
    private const int Append = 0x400;
    private const int CloseOnExecute = 0x80000;

    // Operations of flock.
    private const int Exclusive = 2;
    private const int NoWait = 4;

    // Types in a mode.
    private const int TypeMask = 0xF000;
    private const int Fifo = 0x1000;
    private const int Folder = 0x4000;
    private const int Regular = 0x8000;
    private const int SymbolicLink = 0xA000;
    private const int Socket = 0xC000;

    private const UnixFileMode Plain = (UnixFileMode)0b111_111_111;

    /// <summary>Leave this one as it is, to chown.</summary>
    private const uint Same = uint.MaxValue;

    /// <summary>Offset of d_name in struct dirent on 64-bit Linux.</summary>
    private const int NameOffset = 19;

    public FileStatus? Status(string path, bool follow = true)
    {
        var name = ByteName.Encode(path);
        var flags = follow ? 0 : StatusBuffer.OfLink;
        if (LibC.Status(StatusBuffer.CurrentFolder, name, flags, StatusBuffer.Basic, out var status) == 0)
        {
            return Convert(status);
        }

        return PosixError.Last is PosixError.NoSuchFile or PosixError.NotAFolder ? null : throw Failed(path);
    }

    public FileStatus Status(SafeFileHandle handle, string path)
    {
        if (LibC.Status(handle, "\0"u8, StatusBuffer.OfDescriptor, StatusBuffer.Basic, out var buffer) != 0)
        {
            throw Failed(path);
        }

        // With an access control list, which is not copied, the group's bits are the most that any entry allows.
        var status = Convert(buffer);
        return LibC.Attribute(handle, "system.posix_acl_access\0"u8, 0, 0) > 0
            ? status with { Permissions = WithoutGroup(status.Permissions ?? Plain) }
            : status;
    }

    public SafeFileHandle OpenRead(string path) => Open(path, NoTerminal);

    public SafeFileHandle OpenWrite(string path) => Open(path, WriteOnly | Append | NoTerminal);

    public SafeFileHandle Create(string path, UnixFileMode mode)
    {
        var handle = Open(path, ReadWrite | CreateFile | MustNotExist, (uint)mode);

        // Only for IsAbandoned, so a file system without locks is accepted.
        _ = LibC.Lock(handle, Exclusive | NoWait);
        return handle;
    }

    public bool TryMove(string from, string to, bool replace)
    {
        var (old, name) = (ByteName.Encode(from), ByteName.Encode(to));
        if (!replace)
        {
            if (LibC.Link(old, name) == 0)
            {
                Delete(from);
                return true;
            }

            // Without links, as on FAT, the check and the move are not atomic.
            if (PosixError.Last == PosixError.Exists || Status(to, follow: false) is not null)
            {
                return false;
            }
        }

        return LibC.Rename(old, name) == 0 ? true : throw Failed(to);
    }

    public void Delete(string path)
    {
        if (LibC.Unlink(ByteName.Encode(path)) != 0 && PosixError.Last != PosixError.NoSuchFile)
        {
            throw Failed(path);
        }
    }

    public IEnumerable<string> Names(string folder)
    {
        var stream = LibC.OpenFolder(ByteName.Encode(folder));
        if (stream == 0)
        {
            throw Failed(folder);
        }

        var names = new List<string>();
        try
        {
            for (nint entry; (entry = LibC.ReadFolder(stream)) != 0;)
            {
                var name = NameOf(entry);
                if (name is not ("." or ".."))
                {
                    names.Add(name);
                }
            }
        }
        finally
        {
            _ = LibC.CloseFolder(stream);
        }

        return names;
    }

    public void Inherit(SafeFileHandle handle, FileStatus from)
    {
        var permissions = from.Permissions ?? Plain;
        if (from.Owner is { } owner)
        {
            // Only root may change the owner.
            _ = LibC.SetOwner(handle, owner.User, Same);
            if (LibC.SetOwner(handle, Same, owner.Group) != 0)
            {
                permissions = WithoutGroup(permissions);
            }
        }

        // After the owner, because chown clears permissions. Fails harmlessly on file systems without permissions.
        _ = LibC.SetMode(handle, (uint)permissions);
        ReadOnlySpan<TimeEntry> times =
        [
            new() { Nanoseconds = TimeEntry.Omit },
            new() { Seconds = from.Changed.Seconds, Nanoseconds = from.Changed.Nanoseconds },
        ];
        _ = LibC.SetTimes(handle, times);
    }

    public bool IsAbandoned(string path)
    {
        try
        {
            // Anybody can give a link or a FIFO such a name.
            if (Status(path, follow: false) is not { Kind: FileKind.Regular })
            {
                return false;
            }

            using var handle = Open(path, ReadWrite | NoTerminal);
            return LibC.Lock(handle, Exclusive | NoWait) == 0;
        }
        catch (FileException)
        {
            return false;
        }
    }

    public bool Flush(string folder) => PosixFolder.Flush(folder);

    /// <summary>
    /// The group differs from the input's: group and others get the rights that both had, so that nobody gains any.
    /// </summary>
    private static UnixFileMode WithoutGroup(UnixFileMode mode)
    {
        const int GroupShift = 3;
        const int Rights = 0b111;
        var common = ((int)mode >> GroupShift) & (int)mode & Rights;
        return (UnixFileMode)(((int)mode & ~(Rights << GroupShift | Rights)) | (common << GroupShift) | common);
    }

    private static SafeFileHandle Open(string path, int flags, uint mode = 0)
    {
        var name = ByteName.Encode(path);
        while (true)
        {
            var descriptor = LibC.Open(name, flags | CloseOnExecute, mode);
            if (descriptor >= 0)
            {
                return new(descriptor, ownsHandle: true);
            }

            if (PosixError.Last != PosixError.Interrupted)
            {
                throw Failed(path);
            }
        }
    }

    private static string NameOf(nint entry)
    {
        var length = 0;
        while (Marshal.ReadByte(entry, NameOffset + length) != 0)
        {
            length++;
        }

        var bytes = new byte[length];
        Marshal.Copy(entry + NameOffset, bytes, 0, length);
        return ByteName.Decode(bytes);
    }

    private static FileStatus Convert(in StatusBuffer status) => new()
    {
        Kind = (status.Mode & TypeMask) switch
        {
            Regular => FileKind.Regular,
            Folder => FileKind.Folder,
            SymbolicLink => FileKind.SymbolicLink,
            Fifo => FileKind.Fifo,
            Socket => FileKind.Socket,
            _ => FileKind.Device,
        },
        Length = status.Length,
        Changed = new(status.ChangeSeconds, status.ChangeNanoseconds),
        Permissions = (UnixFileMode)status.Mode & Plain,
        Owner = (status.Owner, status.Group),
        Links = status.Links,
        Identity = (status.DeviceMajor, status.DeviceMinor, status.Number),
    };

    private static FileException Failed(string path) => new(PosixError.Describe(PosixError.Last), path);
}
