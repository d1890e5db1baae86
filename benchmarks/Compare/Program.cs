using System.Text;

namespace NacrithOnnx.Compare;

/// <summary>Entry point: sizes and speeds of whole programs, or of the model alone.</summary>
internal static class Program
{
    internal static int Main(string[] arguments)
    {
        if (arguments is [BrotliFilter.Option, ..])
        {
            BrotliFilter.Run(compress: arguments is [_, BrotliFilter.Compress]);
            return 0;
        }

        try
        {
            var options = BenchmarkOptions.Parse(arguments);
            Console.OutputEncoding = Encoding.UTF8;
            switch (options.Mode)
            {
                case BenchmarkMode.ModelOnly:
                    ModelOnlyBenchmark.Run(options, Console.Out);
                    break;
                case BenchmarkMode.Throughput:
                    ThroughputBenchmark.Run(options, Console.Out);
                    break;
                case BenchmarkMode.ShortTexts:
                    ShortTextsBenchmark.Run(options, Console.Out);
                    break;
                case BenchmarkMode.Latency:
                    LatencyBenchmark.Run(options, Console.Out);
                    break;
                case BenchmarkMode.Gpu:
                    GpuBenchmark.Run(options, Console.Out);
                    break;
                default:
                    ComparisonBenchmark.Run(options, Console.Out);
                    break;
            }

            return 0;
        }
        catch (BenchmarkException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }
}
