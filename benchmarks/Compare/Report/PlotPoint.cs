namespace NacrithOnnx.Compare;

/// <summary>A labelled point; a line joins the points of nacrith.</summary>
internal sealed record PlotPoint(string Label, double X, double Y, bool Ours);
