using NacrithOnnx.Train.Model;

namespace NacrithOnnx.Train.Rounding;

/// <summary>How the forward pass of the training differs from the 32-bit model.</summary>
internal interface IForwardRounding : IDisposable
{
    /// <summary>What is done to activations.</summary>
    IMatrixInputs Inputs { get; }

    /// <summary>Replaces the weights by those that the forward and backward passes of a step use.</summary>
    /// <param name="step">Number of the step, from 0.</param>
    void Begin(long step);

    /// <summary>Puts the trained weights back; their gradients stay.</summary>
    void End();

    /// <summary>Writes what a resumed run needs into a checkpoint.</summary>
    void Save(string folder);
}
