using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Export;

/// <summary>Inputs of every matrix product of a model.</summary>
internal sealed record ModelStatistics(LayerStatistics[] Layers)
{
    public static ModelStatistics Empty(ModelShape shape)
    {
        var layers = new LayerStatistics[shape.Layers];
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = new LayerStatistics(
                new ActivationStatistics(shape.Hidden),
                new ActivationStatistics(shape.Heads * shape.HeadSize),
                new ActivationStatistics(shape.Hidden),
                new ActivationStatistics(shape.Intermediate));
        }

        return new ModelStatistics(layers);
    }
}
