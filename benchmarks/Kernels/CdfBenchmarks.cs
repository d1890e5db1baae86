using BenchmarkDotNet.Attributes;
using NacrithOnnx.Runtime.Mix;

namespace NacrithOnnx.Benchmarks;

/// <summary>Converts the logits of the whole vocabulary to integer frequencies.</summary>
public class CdfBenchmarks
{
    private const int Vocabulary = 49_152;

    private readonly float[] _logits = new float[Vocabulary];
    private readonly float[] _bias = new float[Vocabulary];
    private readonly Cdf _cdf = new(Vocabulary);

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        foreach (ref var logit in _logits.AsSpan())
        {
            logit = (random.NextSingle() * 30) - 15;
        }
    }

    /// <summary>With the widest vectors available.</summary>
    [Benchmark(Baseline = true)]
    public void Vectors() => CdfBuilder.BuildVector(_logits, 0.98f, _bias, _cdf);

    /// <summary>The scalar twin.</summary>
    [Benchmark]
    public void Scalar() => CdfBuilder.BuildScalar(_logits, 0.98f, _bias, _cdf);
}
