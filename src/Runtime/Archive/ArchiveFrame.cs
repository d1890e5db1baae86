using NacrithOnnx.Format;

namespace NacrithOnnx.Runtime.Archive;

/// <summary>A frame that is read and not yet decompressed.</summary>
/// <param name="Archive">Header of its archive.</param>
/// <param name="Data">The frame.</param>
internal sealed record ArchiveFrame(ArchiveHeader Archive, DataFrame Data);
