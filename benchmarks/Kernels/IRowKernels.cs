namespace NacrithOnnx.Benchmarks;

/// <summary>The kernels of one vector width on data of the model's sizes.</summary>
internal interface IRowKernels
{
    /// <summary>One row of the residual, 576 wide, into two parts.</summary>
    float QuantizeWide();

    /// <summary>One row of the feed-forward layer, 1536 wide.</summary>
    void SwiGlu();

    /// <summary>Softmax and sums of one key/value head and its three query heads for one new row over 512 old ones.</summary>
    void AttentionStep();

    /// <summary>24 rows times a tile of 64 × 64.</summary>
    void PairProduct();
}
