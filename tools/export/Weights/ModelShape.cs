namespace NacrithOnnx.Export.Weights;

/// <summary>
/// The dimensions and constants of a Llama language model: RMSNorm, rotary positions on half-split heads, grouped key and
/// value heads, SwiGLU, no biases (Touvron et al. 2023, arXiv 2302.13971 and 2307.09288).
/// </summary>
internal sealed record ModelShape
{
    // Far above any model this is for, and low enough that no product of two of them leaves an int64.
    private const int MaxDimension = 1 << 24;

    /// <summary>Blocks of attention and MLP.</summary>
    public required int Layers { get; init; }

    /// <summary>Width of the residual stream.</summary>
    public required int Hidden { get; init; }

    /// <summary>Query heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads, each shared by Heads / KeyValueHeads query heads.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Width of a head; even, because rotary positions turn pairs.</summary>
    public required int HeadDimension { get; init; }

    /// <summary>Width of the MLP.</summary>
    public required int Intermediate { get; init; }

    /// <summary>Number of tokens.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Positions the model was trained for.</summary>
    public required int Positions { get; init; }

    /// <summary>Added to the mean square before its root.</summary>
    public required float RmsEpsilon { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public required float RopeTheta { get; init; }

    /// <summary>Whether the head's matrix is the token embedding; else it is the tensor lm_head.weight.</summary>
    public required bool TiedEmbeddings { get; init; }

    /// <summary>The token that stood between documents in training, as far as the source tells: the one with the text
    /// <c>&lt;|endoftext|&gt;</c> where the source has the texts, else the declared begin-of-text token.</summary>
    public required int StartToken { get; init; }

    /// <summary>Refuses values with which there is no such model.</summary>
    /// <param name="source">File named in the message.</param>
    /// <returns>This shape.</returns>
    /// <exception cref="EnvironmentException">A value is out of its range.</exception>
    public ModelShape Checked(string source)
    {
        Positive(Layers, "number of layers");
        Positive(Hidden, "hidden size");
        Positive(Heads, "number of heads");
        Positive(KeyValueHeads, "number of key and value heads");
        Positive(HeadDimension, "head size");
        Positive(Intermediate, "MLP size");
        Positive(Vocabulary, "vocabulary size");
        Positive(Positions, "number of positions");
        Require(HeadDimension % 2 == 0, "the head size is odd");
        Require(Heads % KeyValueHeads == 0, "the heads do not divide evenly among the key and value heads");
        Require((long)Heads * HeadDimension <= MaxDimension, "the heads together are too wide");
        Require(float.IsFinite(RmsEpsilon) && RmsEpsilon > 0, "the epsilon of the norms is not a positive number");
        Require(float.IsFinite(RopeTheta) && RopeTheta > 1, "the base of the rotary positions is not above 1");
        Require(StartToken >= 0 && StartToken < Vocabulary, "the start token is not in the vocabulary");
        return this;

        void Positive(int value, string name) =>
            Require(value is > 0 and <= MaxDimension, $"the {name} is not between 1 and {MaxDimension}");

        void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                throw new EnvironmentException($"{source} does not describe a model this exporter can use: {otherwise}");
            }
        }
    }
}
