namespace NacrithOnnx.Export;

/// <summary>Where a tensor's bytes lie: a file beside the model.</summary>
internal sealed record ExternalData(string Location, long Offset, long Length);
