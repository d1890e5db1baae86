using NacrithOnnx.Runtime.Onnx.Cuda;

namespace NacrithOnnx.Tests.Onnx.Cuda;

public sealed class CudaPlatformTests
{
    [Fact]
    public void The_first_GPU_is_found_with_its_versions()
    {
        var gpu = Assert.Single(new CudaPlatform(new FakeCudaSystem()).Find([]));

        Assert.Equal(new CudaGpu(0, "Aurora", 13010, 13000), gpu);
        Assert.Equal("GPU 0 (Aurora)", gpu.ToString());
        Assert.Equal("13.1", CudaGpu.VersionText(gpu.DriverVersion));
        Assert.Equal(0, gpu.Device.Index);
    }

    [Fact]
    public void GPUs_are_taken_in_the_order_asked_for() =>
        Assert.Equal(["GPU 1 (Borealis)", "GPU 0 (Aurora)"],
            new CudaPlatform(new FakeCudaSystem()).Find([1, 0]).Select(gpu => gpu.ToString()));

    [Fact]
    public void A_build_without_the_provider_says_which_release_has_it() =>
        AssertProblem("nacrith-cuda", new FakeCudaSystem { HasProvider = false });

    [Fact]
    public void A_missing_driver_is_named() => AssertProblem("no NVIDIA driver", new FakeCudaSystem { Driver = null });

    [Fact]
    public void An_old_driver_is_named_with_both_versions() => AssertProblem(
        "supports CUDA 12.4, and 13.0 is needed", new FakeCudaSystem { Driver = new CudaDriver(0, 12040, ["Aurora"]) });

    [Fact]
    public void A_driver_that_fails_is_named_with_its_error() =>
        AssertProblem("(CUDA error 803)", new FakeCudaSystem { Driver = new CudaDriver(803, 13000, []) });

    [Fact]
    public void A_machine_without_a_GPU_is_named() => AssertProblem(
        "finds no GPU", new FakeCudaSystem { Driver = new CudaDriver(CudaDriver.NoDevice, 13000, []) });

    [Fact]
    public void A_GPU_that_is_not_there_is_named() => AssertProblem("there is no GPU 2; the last one is 1", new FakeCudaSystem(), 2);

    [Fact]
    public void A_missing_library_is_named() =>
        AssertProblem("libtwo.so of CUDA 13 cannot be loaded", new FakeCudaSystem { MissingLibrary = "libtwo.so" });

    [Fact]
    public void A_GPU_is_expected_only_with_provider_and_driver()
    {
        Assert.True(new CudaPlatform(new FakeCudaSystem()).IsExpected);
        Assert.False(new CudaPlatform(new FakeCudaSystem { HasProvider = false }).IsExpected);
        Assert.False(new CudaPlatform(new FakeCudaSystem { Driver = null }).IsExpected);
    }

    [Fact]
    public void This_machine_either_has_a_GPU_or_says_in_one_line_why_not()
    {
        var platform = new CudaPlatform(new CudaSystem());

        var exception = Record.Exception(() => Assert.NotEmpty(platform.Find([])));

        Assert.True(exception is null or EnvironmentException);
        Assert.DoesNotContain('\n', exception?.Message ?? string.Empty);
    }

    private static void AssertProblem(string expected, FakeCudaSystem system, params int[] indexes)
    {
        var exception = Assert.Throws<EnvironmentException>(() => new CudaPlatform(system).Find(indexes));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }
}
