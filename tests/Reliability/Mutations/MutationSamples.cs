using System.Text;
using NacrithOnnx.Tests.Golden;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <summary>The archives that are changed, all in the large form, by content.</summary>
internal static class MutationSamples
{
    private static readonly Lazy<NacrithCodec> LazyCodec = new(
        () => new NacrithCodec(new CodecSettings(TinyModel.Codec.Folder, 1) { TriesCoders = false }));

    public static NacrithCodec Codec => LazyCodec.Value;

    /// <summary>A stored frame and an end.</summary>
    public static (byte[] Archive, byte[] Content) Plain { get; } = Golden("good-large-stored");

    /// <summary>Two stored frames, index and end.</summary>
    public static (byte[] Archive, byte[] Content) Indexed { get; } = Golden("good-frames-index");

    /// <summary>A data frame between frames of other programs.</summary>
    public static (byte[] Archive, byte[] Content) Skipping { get; } = Golden("good-skippable");

    /// <summary>Text coded by the model.</summary>
    public static (byte[] Archive, byte[] Content) Text { get; } = Coded(CodecSamples.Text);

    /// <summary>The same with CR LF, so that a transform is reversed.</summary>
    public static (byte[] Archive, byte[] Content) Transformed { get; } = Coded(Encoding.ASCII.GetBytes(
        Encoding.ASCII.GetString(CodecSamples.Text).Replace("\n", "\r\n", StringComparison.Ordinal)));

    /// <summary>Bytes coded by the byte coder.</summary>
    public static (byte[] Archive, byte[] Content) Bytes { get; } = Coded(CodecSamples.Bytes);

    public static IReadOnlyList<(byte[] Archive, byte[] Content)> All { get; } =
        [Plain, Indexed, Skipping, Text, Transformed, Bytes];

    /// <summary>Loads the model in advance, so that its time does not count for an archive.</summary>
    public static void Warm() => Assert.NotEmpty(Text.Archive);

    private static (byte[] Archive, byte[] Content) Golden(string name)
    {
        var recipe = GoldenRecipes.All.Single(recipe => recipe.Name == name);
        return (recipe.Bytes, recipe.Content!);
    }

    private static (byte[] Archive, byte[] Content) Coded(byte[] content) =>
        (LargeForm.Of(CodecSamples.Compress(Codec, content), content), content);
}
