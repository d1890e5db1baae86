using NacrithOnnx.Runtime.Onnx.Cuda;

namespace NacrithOnnx.Tests.Support;

/// <summary>A test that needs a GPU; skipped, with the reason, where there is none that the program could use.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GpuFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Problem = new(Find);

    /// <summary>Looks for a GPU once.</summary>
    public GpuFactAttribute()
    {
        Skip = Problem.Value;
    }

    private static string? Find()
    {
        try
        {
            new CudaPlatform(new CudaSystem()).Find([]);
            return null;
        }
        catch (EnvironmentException exception)
        {
            return $"Needs a GPU: {exception.Message}.";
        }
    }
}
