namespace NacrithOnnx.Tests.Cli;

public sealed class DeviceTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void The_device_is_taken_from_option_then_variable_then_auto()
    {
        var file = _host.Write("a", "x");

        Assert.Equal("auto", DeviceUsed(file));
        _host.Variables["NACRITH_DEVICE"] = "cpu";
        Assert.Equal("cpu", DeviceUsed("-f", file));
        Assert.Equal("cuda:1,0", DeviceUsed("-f", "--device=cuda:1,0", file));
    }

    [Fact]
    public void Another_device_is_a_usage_error()
    {
        Assert.Equal(1, _host.Run("--device", "gpu", _host.Write("a", "x")));
        Assert.StartsWith(
            "nacrith: 'gpu' is not a device; give auto, cpu, cuda or cuda:N[,M...]", _host.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public void Proofs_are_remembered_in_the_cache_of_the_user()
    {
        _host.Variables["NACRITH_CACHE"] = _host.Folder;

        Assert.Equal(0, _host.Run(_host.Write("a", "x")));
        Assert.Equal(Path.Combine(_host.Folder, "devices.txt"), _host.Codec!.Settings.ProofFile);
    }

    [Fact]
    public void A_GPU_that_is_not_used_is_a_warning_that_q_suppresses()
    {
        var file = _host.Write("a", "x");

        Assert.Equal(0, _host.Run(file));
        _host.Codec!.Settings.Warning!("the driver is old");
        Assert.Equal("nacrith: the driver is old\n", _host.ErrorText);
        Assert.Equal(0, _host.Run("-fq", file));
        _host.Codec!.Settings.Warning!("the driver is old");
        Assert.Equal(string.Empty, _host.ErrorText);
    }

    [Fact]
    public void What_computes_is_a_note_if_it_was_chosen()
    {
        var file = _host.Write("a", "x");

        Assert.Equal(0, _host.Run("-v", file));
        Assert.DoesNotContain("the model runs on", _host.ErrorText, StringComparison.Ordinal);
        Assert.Equal(0, _host.Run("-fv", "--device", "cpu", file));
        Assert.Contains("nacrith: the model runs on: ", _host.ErrorText, StringComparison.Ordinal);
    }

    private string DeviceUsed(params string[] arguments)
    {
        Assert.Equal(0, _host.Run(arguments));
        return _host.Codec!.Settings.Device;
    }
}
