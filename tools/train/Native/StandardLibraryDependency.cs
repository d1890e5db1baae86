using System.Buffers.Binary;

namespace NacrithOnnx.Train.Native;

/// <summary>
/// Replaces, in an ELF library, the one reference to libstdc++ 3.4.32 by a reference to a function that every libstdc++
/// since 3.4.20 has, takes nothing and changes nothing: <c>std::get_terminate()</c>.
/// </summary>
internal static class StandardLibraryDependency
{
    // ELF hashes of "GLIBCXX_3.4.32" and "GLIBCXX_3.4.20", as they stand in the table of needed versions (.gnu.version_r).
    private const uint NewVersionHash = 0x0297_F842;
    private const uint OldVersionHash = 0x0297_F870;

    /// <summary>An entry of the table is hash, flags, index (two bytes each), name, next.</summary>
    private const int NameOffset = 8;

    private static ReadOnlySpan<byte> NewSymbol => "_ZSt21ios_base_library_initv\0"u8;

    private static ReadOnlySpan<byte> OldSymbol => "_ZSt13get_terminatev\0"u8;

    /// <summary>Changes the bytes of a library in place.</summary>
    /// <returns>Whether there was something to change.</returns>
    public static bool Relax(Span<byte> library)
    {
        var symbol = Only(library, NewSymbol);
        var newVersion = Only(library, Bytes(NewVersionHash));
        var oldVersion = Only(library, Bytes(OldVersionHash));
        if (symbol < 0 || newVersion < 0 || oldVersion < 0)
        {
            return false;
        }

        OldSymbol.CopyTo(library[symbol..]);
        library.Slice(oldVersion, sizeof(uint)).CopyTo(library[newVersion..]);
        library.Slice(oldVersion + NameOffset, sizeof(uint)).CopyTo(library[(newVersion + NameOffset)..]);
        return true;
    }

    /// <summary>Where a pattern stands, or −1 where it stands nowhere or more than once.</summary>
    private static int Only(ReadOnlySpan<byte> library, ReadOnlySpan<byte> pattern)
    {
        var first = library.IndexOf(pattern);
        return first >= 0 && library[(first + 1)..].IndexOf(pattern) < 0 ? first : -1;
    }

    private static byte[] Bytes(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
