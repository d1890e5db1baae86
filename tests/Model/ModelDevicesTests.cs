using NacrithOnnx.Runtime.Engine;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Onnx.Cuda;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Predict;
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
    public void The_GPUs_that_will_compute_are_described() => Assert.Equal(
        "CUDA, cuBLAS 13.0, on GPU 1 (Borealis), GPU 0 (Aurora)", Devices("cuda:1,0", new FakeCudaSystem()).Description);

    [Theory]
    [InlineData("cpu", 0, 0)]
    [InlineData("auto", 1, 1)]
    [InlineData("cuda:1", 1, 1)]
    [InlineData("cuda:1,0", 2, 2)]
    public void As_many_frames_as_GPUs_are_coded_at_once(string setting, int most, int found)
    {
        var devices = Devices(setting, new FakeCudaSystem());

        Assert.Equal((most, found), (devices.MostGpus, devices.GpuCount));
        using var engine = new NacrithEngine(TinyModel.Graph.Folder, threads: 1, devices);
        Assert.Equal(Math.Max(found, 1), engine.Sharing(100));
        Assert.Equal(1, engine.Sharing(1));
    }

    [Fact]
    public void Each_caller_has_a_GPU_of_its_own_until_it_gives_it_back()
    {
        using var cpu = TinyModel.Graph.Open("fast", KernelSets.Best);
        var gpus = (ILanguageModel[])[new WrongModel(cpu, 1, 1), new WrongModel(cpu, 2, 2)];
        var loaded = new LoadedModel(ArithmeticPlan.Fast, 1, gpus);
        using var first = loaded.Lend();
        var second = loaded.Lend();

        Assert.Throws<InvalidOperationException>(loaded.Lend);
        Assert.NotEqual(LastBitIsWrong(first), LastBitIsWrong(second));
        var wasWrong = LastBitIsWrong(second);
        second.Dispose();
        second.Dispose();
        using var third = loaded.Lend();
        Assert.Equal(wasWrong, LastBitIsWrong(third));
        Assert.Throws<InvalidOperationException>(loaded.Lend);

        bool LastBitIsWrong(ILanguageModel model)
        {
            using var cache = model.CreateCache(1, 1);
            using var right = cpu.CreateCache(1, 1);
            var logits = model.Forward(cache, [0], 0).ToArray();
            return logits[^1] != cpu.Forward(right, [0], 0).Span[^1];
        }
    }

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
