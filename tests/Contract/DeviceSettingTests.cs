namespace NacrithOnnx.Tests.Contract;

public sealed class DeviceSettingTests
{
    [Theory]
    [InlineData("auto", true, true)]
    [InlineData("cpu", true, false)]
    [InlineData("cuda", false, true)]
    [InlineData("cuda:0", false, true, 0)]
    [InlineData("cuda:3,1", false, true, 3, 1)]
    public void A_setting_says_what_may_be_used(string text, bool cpu, bool gpu, params int[] indexes)
    {
        var setting = DeviceSetting.TryParse(text)!;

        Assert.Equal((cpu, gpu), (setting.MayUseCpu, setting.MayUseGpu));
        Assert.Equal(indexes, setting.Indexes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CUDA")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:+1")]
    [InlineData("cuda:1,")]
    [InlineData("cuda:1,1")]
    [InlineData("cuda:64")]
    [InlineData("cuda:1 2")]
    public void Anything_else_is_refused(string text)
    {
        Assert.Null(DeviceSetting.TryParse(text));
        Assert.Throws<ArgumentException>(() => new NacrithCodec(new CodecSettings("models", 1) { Device = text }));
    }
}
