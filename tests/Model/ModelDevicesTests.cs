using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Onnx.Cuda;
using NacrithOnnx.Tests.Onnx.Cuda;
using NacrithOnnx.Tests.Support;

namespace NacrithOnnx.Tests.Model;

public sealed class ModelDevicesTests
{
    private readonly List<string> _warnings = [];

    [Fact]
    public void Auto_says_nothing_where_no_GPU_is_expected()
    {
        var devices = Devices("auto", new FakeCudaSystem { Driver = null });

        Assert.Equal("CPU", devices.Description);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Auto_warns_once_and_uses_the_CPU_if_a_GPU_cannot_be_used()
    {
        var devices = Devices("auto", new FakeCudaSystem { MissingLibrary = "libone.so" });

        Assert.Equal("CPU", devices.Description);
        Assert.Empty(Open(devices));
        Assert.Equal(
            "libone.so of CUDA 13 cannot be loaded; install CUDA 13 or set CUDA_PATH to its folder; the CPU is used instead",
            Assert.Single(_warnings));
    }

    [Fact]
    public void A_GPU_that_was_asked_for_and_cannot_be_used_is_an_error()
    {
        var devices = Devices("cuda", new FakeCudaSystem { Driver = null });

        Assert.Throws<EnvironmentException>(() => Open(devices));
        Assert.StartsWith("none: no NVIDIA driver", devices.Description, StringComparison.Ordinal);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void The_CPU_asks_no_driver()
    {
        Assert.Equal("CPU", Devices("cpu", new FakeCudaSystem()).Description);
        Assert.Empty(Open(Devices("cpu", new FakeCudaSystem())));
    }

    [Fact]
    public void The_GPU_that_will_compute_is_described() => Assert.Equal(
        "CUDA, cuBLAS 13.0, on GPU 1 (Borealis)", Devices("cuda:1,0", new FakeCudaSystem()).Description);

    /// <summary>No library here has a GPU, so opening the model on this one fails in ONNX Runtime.</summary>
    [Fact]
    public void A_GPU_that_fails_is_named_in_one_line_and_auto_goes_on_with_the_CPU()
    {
        if (new CudaPlatform(new CudaSystem()).IsExpected)
        {
            return;
        }

        var exception = Assert.Throws<EnvironmentException>(() => Open(Devices("cuda", new FakeCudaSystem())));
        Assert.StartsWith("GPU 0 (Aurora): ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);

        var devices = Devices("auto", new FakeCudaSystem());
        Assert.Empty(Open(devices));
        Assert.Equal("CPU", devices.Description);
        Assert.StartsWith("GPU 0 (Aurora): ", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Proofs_are_remembered_in_a_file()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "below", "devices.txt");

        Assert.False(new ProofRecord(path).Contains("a"));
        new ProofRecord(path).Add("a");
        new ProofRecord(path).Add("b");

        Assert.True(new ProofRecord(path).Contains("a"));
        Assert.True(new ProofRecord(path).Contains("b"));
        Assert.False(new ProofRecord(path).Contains("ab"));
        Assert.False(new ProofRecord(null).Contains("a"));
    }

    [Fact]
    public void A_record_that_cannot_be_written_is_no_error()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", []);
        var record = new ProofRecord(Path.Combine(folder.Path, "file", "devices.txt"));

        record.Add("a");

        Assert.False(record.Contains("a"));
    }

    private static IReadOnlyList<CudaLanguageModel> Open(ModelDevices devices) => devices.Open(
        new ModelFolder(TinyModel.Graph.Folder), ArithmeticPlan.Fast, () => throw new InvalidOperationException());

    private ModelDevices Devices(string setting, FakeCudaSystem system) =>
        new(DeviceSetting.TryParse(setting)!, new CudaPlatform(system), new ProofRecord(null), _warnings.Add);
}
