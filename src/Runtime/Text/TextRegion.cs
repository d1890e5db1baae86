using NacrithOnnx.Runtime.Segment;

namespace NacrithOnnx.Runtime.Text;

/// <summary>A text region after its transform.</summary>
/// <param name="Transform">What was applied.</param>
/// <param name="Text">What the language model sees.</param>
internal readonly record struct TextRegion(TransformId Transform, byte[] Text);
