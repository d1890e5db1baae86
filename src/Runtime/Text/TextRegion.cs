using NacrithOnnx.Runtime.Segment;

namespace NacrithOnnx.Runtime.Text;

/// <summary>A text region after its transform.</summary>
/// <param name="Transform">The transform applied.</param>
/// <param name="Text">The text for the language model.</param>
internal readonly record struct TextRegion(TransformId Transform, byte[] Text);
