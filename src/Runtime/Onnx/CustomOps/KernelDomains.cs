using NacrithOnnx.Runtime.Kernels;

namespace NacrithOnnx.Runtime.Onnx.CustomOps;

/// <summary>One operator domain for each kernel width, made when first asked for and kept.</summary>
internal static class KernelDomains
{
    private static readonly Dictionary<KernelWidth, nint> Domains = [];
    private static readonly Lock Guard = new();

    public static nint Get(KernelWidth width)
    {
        lock (Guard)
        {
            if (!Domains.TryGetValue(width, out var domain))
            {
                domain = KernelRegistry.CreateDomain(KernelSets.Create(width));
                Domains.Add(width, domain);
            }

            return domain;
        }
    }
}
