using NacrithOnnx.Runtime.Frame;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Golden;

/// <summary>A golden archive or message of a text, made with the real model.</summary>
/// <param name="Name">File name without suffix.</param>
/// <param name="What">One line: what it shows.</param>
/// <param name="Level">Level.</param>
/// <param name="Source">A file of tests/texts, or a text itself.</param>
/// <param name="Length">Bytes of the file; 0 for all of a text.</param>
internal sealed record GoldenText(string Name, string What, int Level, string Source, int Length = 0)
{
    /// <summary>Text of the dictionary, or null.</summary>
    public string? Dictionary { get; init; }

    /// <summary>Whether the large form is written, which the program does only for content of several frames.</summary>
    public bool IsLarge { get; init; }

    /// <summary>The profile, if its level now writes another one; else null.</summary>
    public int? Profile { get; init; }

    /// <summary>Whether it is a message with the default check.</summary>
    public bool IsMessage { get; init; }

    /// <summary>The content.</summary>
    public byte[] Content => Length == 0
        ? System.Text.Encoding.UTF8.GetBytes(Source)
        : File.ReadAllBytes(System.IO.Path.Combine(Repository.Root, "tests", "texts", Source))[..Length];

    /// <summary>The file.</summary>
    public string Path => System.IO.Path.Combine(Repository.Root, "golden", Name + (IsMessage ? ".ncm" : ".ncx"));

    /// <summary>Makes the file.</summary>
    public byte[] Make(NacrithCodec codec)
    {
        using var dictionary = OpenDictionary();
        if (IsMessage)
        {
            return codec.CompressMessage(Content, new MessageOptions { Level = Level, Dictionary = dictionary });
        }

        var profile = Profile is { } number ? Profiles.Of(number) : Profiles.OfLevel(Level);
        var archive = codec.Compress(Content, profile, new CompressOptions { Level = Level, Dictionary = dictionary });
        return IsLarge ? LargeForm.Of(archive, Content) : archive;
    }

    /// <summary>Decodes a file.</summary>
    public byte[] Decode(NacrithCodec codec, byte[] file)
    {
        using var dictionary = OpenDictionary();
        return IsMessage
            ? codec.DecompressMessage(file, new MessageOptions { Dictionary = dictionary })
            : codec.Decompress(file, new DecompressOptions { Dictionary = dictionary });
    }

    private NacrithDictionary? OpenDictionary() =>
        Dictionary is null ? null : new NacrithDictionary(System.Text.Encoding.UTF8.GetBytes(Dictionary));
}
