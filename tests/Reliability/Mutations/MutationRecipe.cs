namespace NacrithOnnx.Tests.Reliability.Mutations;

/// <summary>One change of an archive, and what must come of it.</summary>
/// <param name="Name">What was changed, and into what.</param>
/// <param name="Code">The failure it must give; null if the archive must still decode.</param>
/// <param name="Archive">The changed archive.</param>
/// <param name="Content">What it decodes to, if it does.</param>
/// <param name="Options">What the decoder is told.</param>
internal sealed record MutationRecipe(
    string Name, NacrithErrorCode? Code, byte[] Archive, byte[] Content, DecompressOptions Options);
