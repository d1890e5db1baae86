using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Report;

/// <summary>A region of the content in a report.</summary>
/// <param name="Kind">Its coder.</param>
/// <param name="TransformId">What was done to it before.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="Total">What it took.</param>
/// <param name="Tokens">Tokens of it that the page shows.</param>
/// <param name="Scale">Bytes of content for a byte of its text.</param>
internal readonly record struct RegionRow(
    RegionKind Kind, int TransformId, long Start, CoderTotal Total, int Tokens, double Scale);
