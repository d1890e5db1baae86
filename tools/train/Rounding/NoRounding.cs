using NacrithOnnx.Train.Model;

namespace NacrithOnnx.Train.Rounding;

/// <summary>Trains the 32-bit model.</summary>
internal sealed class NoRounding : IForwardRounding
{
    /// <inheritdoc/>
    public IMatrixInputs Inputs { get; } = new PlainInputs();

    /// <inheritdoc/>
    public void Begin(long step)
    {
        // The weights are used as they are.
    }

    /// <inheritdoc/>
    public void End()
    {
        // Nothing was replaced.
    }

    /// <inheritdoc/>
    public void Save(string folder)
    {
        // There is nothing to keep.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }
}
