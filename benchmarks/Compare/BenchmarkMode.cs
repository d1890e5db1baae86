namespace NacrithOnnx.Compare;

/// <summary>What to measure.</summary>
internal enum BenchmarkMode
{
    /// <summary>Whole programs: nacrith beside what a user would pick instead.</summary>
    Programs,

    /// <summary>Bytes of the language model alone, beside the float32 reference.</summary>
    ModelOnly,

    /// <summary>Tokens per second of the model, beside its bare matrix products.</summary>
    Throughput,
}
