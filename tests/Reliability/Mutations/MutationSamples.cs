using System.Text;
using NacrithOnnx.Tests.Golden;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <summary>The archives that are changed, by what they hold.</summary>
internal static class MutationSamples
{
    private static readonly Lazy<NacrithCodec> LazyCodec = new(
        () => new NacrithCodec(new CodecSettings(TinyModel.Codec.Folder, 1) { TriesCoders = false }));

    public static NacrithCodec Codec => LazyCodec.Value;

    /// <summary>A stored frame alone.</summary>
    public static (byte[] Archive, byte[] Content) Sole { get; } = Golden("good-sole-stored");

    /// <summary>Two stored frames, index and end.</summary>
    public static (byte[] Archive, byte[] Content) Indexed { get; } = Golden("good-frames-index");

    /// <summary>A data frame between frames of other programs.</summary>
    public static (byte[] Archive, byte[] Content) Skipping { get; } = Golden("good-skippable");

    /// <summary>Text by the model, in a sole frame.</summary>
    public static (byte[] Archive, byte[] Content) Text { get; } = Coded(CodecSamples.Text);

    /// <summary>The same with CR LF, so that a transform is undone.</summary>
    public static (byte[] Archive, byte[] Content) Transformed { get; } = Coded(Encoding.ASCII.GetBytes(
        Encoding.ASCII.GetString(CodecSamples.Text).Replace("\n", "\r\n", StringComparison.Ordinal)));

    /// <summary>Bytes by the byte coder, in a sole frame.</summary>
    public static (byte[] Archive, byte[] Content) Bytes { get; } = Coded(CodecSamples.Bytes);

    public static IReadOnlyList<(byte[] Archive, byte[] Content)> All { get; } = [Sole, Indexed, Skipping, Text, Transformed, Bytes];

    /// <summary>Has the model loaded, so that no archive is charged with it.</summary>
    public static void Warm() => Assert.NotEmpty(Text.Archive);

    private static (byte[] Archive, byte[] Content) Golden(string name)
    {
        var recipe = GoldenRecipes.All.Single(recipe => recipe.Name == name);
        return (recipe.Bytes, recipe.Content!);
    }

    private static (byte[] Archive, byte[] Content) Coded(byte[] content) => (CodecSamples.Compress(Codec, content), content);
}
