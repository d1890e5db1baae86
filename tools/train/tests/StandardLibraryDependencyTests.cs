using NacrithOnnx.Train.Native;

namespace NacrithOnnx.Train.Tests;

public sealed class StandardLibraryDependencyTests
{
    private static readonly byte[] Library =
    [
        .. "\0_ZSt21ios_base_library_initv\0"u8,

        // Hash, flags, index, name, next: version 3.4.20, then 3.4.32.
        0x70, 0xF8, 0x97, 0x02, 0, 0, 7, 0, 0x11, 0x22, 0, 0, 16, 0, 0, 0,
        0x42, 0xF8, 0x97, 0x02, 0, 0, 8, 0, 0x33, 0x44, 0, 0, 0, 0, 0, 0,
    ];

    [Fact]
    public void The_new_symbol_and_version_become_old_ones()
    {
        byte[] library = [.. Library];
        Assert.True(StandardLibraryDependency.Relax(library));
        byte[] expected =
        [
            .. "\0_ZSt13get_terminatev\0rary_initv\0"u8[..22], .. Library[22..30],
            0x70, 0xF8, 0x97, 0x02, 0, 0, 7, 0, 0x11, 0x22, 0, 0, 16, 0, 0, 0,
            0x70, 0xF8, 0x97, 0x02, 0, 0, 8, 0, 0x11, 0x22, 0, 0, 0, 0, 0, 0,
        ];
        Assert.Equal(expected, library);
    }

    [Fact]
    public void A_changed_library_is_left_alone()
    {
        byte[] library = [.. Library];
        StandardLibraryDependency.Relax(library);
        byte[] once = [.. library];
        Assert.False(StandardLibraryDependency.Relax(library));
        Assert.Equal(once, library);
    }
}
