namespace NacrithOnnx.Compare;

/// <summary>A labelled point; points of our own are joined by a line.</summary>
internal sealed record PlotPoint(string Label, double X, double Y, bool Ours);
