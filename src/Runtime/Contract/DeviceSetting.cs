using System.Globalization;

namespace NacrithOnnx;

/// <summary>Where the model may run, as a user writes it: auto, cpu, cuda, or cuda:N,M with numbers of GPUs.</summary>
internal sealed class DeviceSetting
{
    /// <summary>How to write one.</summary>
    public const string Syntax = "auto, cpu, cuda or cuda:N[,M...]";

    private const string CudaPrefix = "cuda:";

    /// <summary>More GPUs than any machine has; larger numbers are typing errors.</summary>
    private const int MaxGpus = 64;

    private DeviceSetting(bool mayUseCpu, bool mayUseGpu, int[] indexes)
    {
        MayUseCpu = mayUseCpu;
        MayUseGpu = mayUseGpu;
        Indexes = indexes;
    }

    /// <summary>A GPU that proves itself, else the CPU.</summary>
    public static DeviceSetting Auto { get; } = new(mayUseCpu: true, mayUseGpu: true, []);

    /// <summary>The CPU.</summary>
    public static DeviceSetting Cpu { get; } = new(mayUseCpu: true, mayUseGpu: false, []);

    public bool MayUseCpu { get; }

    public bool MayUseGpu { get; }

    /// <summary>Numbers of the GPUs to use; none for the first one.</summary>
    public IReadOnlyList<int> Indexes { get; }

    /// <summary>Reads a setting; null if it is none.</summary>
    public static DeviceSetting? TryParse(string text) => text switch
    {
        "auto" => Auto,
        "cpu" => Cpu,
        "cuda" => new DeviceSetting(mayUseCpu: false, mayUseGpu: true, []),
        _ when text.StartsWith(CudaPrefix, StringComparison.Ordinal) => TryParseIndexes(text[CudaPrefix.Length..]),
        _ => null,
    };

    private static DeviceSetting? TryParseIndexes(string text)
    {
        var indexes = new List<int>();
        foreach (var number in text.Split(','))
        {
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                || index >= MaxGpus || indexes.Contains(index))
            {
                return null;
            }

            indexes.Add(index);
        }

        return new DeviceSetting(mayUseCpu: false, mayUseGpu: true, [.. indexes]);
    }
}
