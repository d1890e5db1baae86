using NacrithOnnx.Tests.Support;
using static NacrithOnnx.NacrithErrorCode;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <content>Small archives: their head, and where an input may end.</content>
internal static partial class MutationCorpus
{
    private static IEnumerable<MutationRecipe> SmallArchives()
    {
        var content = MutationSamples.Plain.Content;
        var stored = ArchiveForge.Small(content);
        var large = MutationSamples.Indexed;
        var (tokens, coded) = Split(MutationSamples.Text);
        var text = MutationSamples.Text.Content;
        byte[] rest = [.. Varint(tokens), .. coded];
        byte[] lengths = [.. Varint(text.Length), .. Varint(rest.Length)];

        for (var place = 0; place < 4; place++)
        {
            yield return Small($"magic: byte {place} changed", NotAnArchive, Flip(stored, place));
        }

        for (var length = 1; length < 8; length++)
        {
            yield return Small($"input of {length} bytes", Truncated, stored[..length]);
        }

        yield return Small("stored", null, stored);
        yield return Small("twice", null, [.. stored, .. stored], [.. content, .. content]);
        yield return Small("before a large archive", null, [.. stored, .. large.Archive], [.. content, .. large.Content]);
        yield return Small("after a large archive and padding", null, [.. large.Archive, 0, 0, .. stored, 0], [.. large.Content, .. content]);
        yield return Small("a foreign byte after it", Corrupt, [.. stored, 1]);
        yield return Small("a second one with damaged magic", Corrupt, [.. stored, .. Flip(stored, 2)]);
        yield return Small("a second one with damaged magic, to be ignored", Corrupt, [.. stored, .. Flip(stored, 2)], options: new() { IgnoreTrailing = true });
        yield return Small("a second one that is cut", Truncated, [.. stored, .. stored[..^1]]);
        yield return Small("all output that is allowed", null, stored, options: new() { MaxOutput = content.Length });
        yield return Small("one byte of output more than allowed", LimitExceeded, stored, options: new() { MaxOutput = content.Length - 1 });
        yield return Small("content larger than the memory allows", LimitExceeded, stored, options: new() { MemoryLimit = 16 * (content.Length - 1) });

        yield return Text("text", null, [0x42, .. Model, .. lengths]);
        yield return Text("another model", ModelMismatch, [0x42, .. Flip(Model, 0), .. lengths]);
        yield return Text("a dictionary that is not given", DictionaryMismatch, [0x62, .. Model, 1, 2, 3, 4, .. lengths]);
        yield return Text("another profile", Corrupt, [0x41, .. Model, .. lengths]);
        yield return Text("a profile of another plan, whose graph the model hash does not fit", ModelMismatch, [0x44, .. Model, .. lengths]);
        for (var profile = 5; profile <= 15; profile++)
        {
            yield return Text($"unknown profile {profile}", UnsupportedVersion, [(byte)(0x40 | profile), .. Model, .. lengths]);
        }

        yield return Text("content a byte longer", Corrupt, [0x42, .. Model, .. Varint(text.Length + 1), .. Varint(rest.Length)]);
        yield return Text("body a byte longer", Truncated, [0x42, .. Model, .. Varint(text.Length), .. Varint(rest.Length + 1)]);
        yield return Text("body a byte shorter", Corrupt, [0x42, .. Model, .. Varint(text.Length), .. Varint(rest.Length - 1)]);
        yield return Text("no body", Corrupt, [0x42, .. Model, .. Varint(text.Length), 0]);
        yield return Text("content length beyond the bound", Corrupt, [0x42, .. Model, .. Varint((1 << 22) + 1), .. Varint(rest.Length)]);
        yield return Text("body beyond the bound", Corrupt, [0x42, .. Model, .. Varint(text.Length), .. Varint((1 << 22) + (1 << 16) + 1)]);
        yield return Text("a length of five bytes", Corrupt, [0x42, .. Model, 0xFF, 0xFF, 0xFF, 0xFF, 1, .. Varint(rest.Length)]);

        MutationRecipe Small(
            string name, NacrithErrorCode? code, byte[] archive, byte[]? contents = null, DecompressOptions? options = null) =>
            new($"small archive: {name}", code, archive, contents ?? content, options ?? new DecompressOptions());

        MutationRecipe Text(string name, NacrithErrorCode? code, byte[] head) =>
            Small(name, code, ArchiveForge.Small(head, rest, text), text);
    }
}
