using System.Runtime.CompilerServices;
using NacrithOnnx.Train.Native;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace NacrithOnnx.Train.Tests.Support;

/// <summary>Runs before any test touches TorchSharp.</summary>
internal static class TestAssembly
{
#pragma warning disable CA2255 // A module initializer is what it takes to come before the first test.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Prepare() => TorchLibrary.Prepare();
}
