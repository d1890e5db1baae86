namespace NacrithOnnx.Compare;

/// <summary>What to measure.</summary>
internal enum BenchmarkMode
{
    /// <summary>Whole programs: nacrith and its alternatives.</summary>
    Programs,

    /// <summary>Size that the language model alone gives, compared with the float32 reference.</summary>
    ModelOnly,

    /// <summary>Tokens per second of the model, compared with its bare matrix products.</summary>
    Throughput,

    /// <summary>Sizes of short texts of twenty kinds.</summary>
    ShortTexts,

    /// <summary>Time of a message.</summary>
    Latency,

    /// <summary>Tokens per second of the model on a GPU, after a check that it computes what the CPU computes.</summary>
    Gpu,
}
