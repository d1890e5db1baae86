using System.Buffers.Binary;
using NacrithOnnx.Export.Weights;

namespace NacrithOnnx.Tests.Export;

public sealed class WeightsDequantizerTests
{
    // 1.5 and -0.25 as IEEE halves, little-endian.
    private static readonly byte[] OneAndAHalf = [0x00, 0x3E];
    private static readonly byte[] MinusAQuarter = [0x00, 0xB4];

    [Fact]
    public void A_Q8_0_block_is_its_scale_times_its_signed_bytes()
    {
        var integers = new byte[32];
        integers[0] = 1;
        integers[1] = 0x80;
        integers[31] = 0x7F;

        var values = Dequantize(WeightType.Q8_0, 32, [.. OneAndAHalf, .. integers]);

        Assert.Equal(1.5f, values[0]);
        Assert.Equal(-192f, values[1]);
        Assert.Equal(0f, values[2]);
        Assert.Equal(190.5f, values[31]);
    }

    [Fact]
    public void A_Q4_0_block_has_its_low_nibbles_first_and_is_centred_on_eight()
    {
        var values = Dequantize(WeightType.Q4_0, 32, [.. OneAndAHalf, .. Nibbles()]);

        Assert.Equal(-12f, values[0]);
        Assert.Equal(10.5f, values[16]);
        Assert.Equal(-10.5f, values[15]);
        Assert.Equal(-9f, values[31]);
        Assert.Equal(0f, values[1]);
    }

    [Fact]
    public void A_Q4_1_block_adds_its_minimum()
    {
        var values = Dequantize(WeightType.Q4_1, 32, [.. OneAndAHalf, .. MinusAQuarter, .. Nibbles()]);

        Assert.Equal(-0.25f, values[0]);
        Assert.Equal(22.25f, values[16]);
        Assert.Equal(1.25f, values[15]);
        Assert.Equal(2.75f, values[31]);
    }

    [Fact]
    public void Blocks_follow_one_another()
    {
        byte[] first = [.. OneAndAHalf, .. Enumerable.Repeat((byte)2, 32)];
        byte[] second = [.. MinusAQuarter, .. Enumerable.Repeat((byte)4, 32)];

        var values = Dequantize(WeightType.Q8_0, 64, [.. first, .. second]);

        Assert.All(values[..32], value => Assert.Equal(3f, value));
        Assert.All(values[32..], value => Assert.Equal(-1f, value));
    }

    [Theory]
    [InlineData(0x3F80, 0x3F800000u)] // 1
    [InlineData(0x8000, 0x80000000u)] // -0
    [InlineData(0x7F80, 0x7F800000u)] // infinity
    [InlineData(0x0001, 0x00010000u)] // the smallest subnormal
    [InlineData(0x7FC1, 0x7FC10000u)] // a NaN with its payload
    public void BF16_is_the_upper_half_of_a_single(ushort stored, uint expected) =>
        Assert.Equal(expected, Bits(WeightType.BF16, stored));

    [Theory]
    [InlineData(0x3C00, 0x3F800000u)] // 1
    [InlineData(0x8000, 0x80000000u)] // -0
    [InlineData(0xFC00, 0xFF800000u)] // -infinity
    [InlineData(0x0001, 0x33800000u)] // the smallest subnormal, 2^-24
    [InlineData(0x03FF, 0x387FC000u)] // the largest subnormal, 1023 * 2^-24
    [InlineData(0x7BFF, 0x477FE000u)] // the largest number, 65504
    public void F16_is_exact_from_subnormals_to_infinity(ushort stored, uint expected) =>
        Assert.Equal(expected, Bits(WeightType.F16, stored));

    [Fact]
    public void F32_keeps_its_bits()
    {
        var values = Dequantize(WeightType.F32, 1, [0x01, 0x02, 0x03, 0x04]);

        Assert.Equal(0x04030201, BitConverter.SingleToInt32Bits(values[0]));
    }

    // Values 0 and 16 are the nibbles 0 and 15, values 15 and 31 are 1 and 2, the others 8.
    private static byte[] Nibbles()
    {
        var bytes = Enumerable.Repeat((byte)0x88, 16).ToArray();
        bytes[0] = 0xF0;
        bytes[15] = 0x21;
        return bytes;
    }

    private static uint Bits(WeightType type, ushort stored)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, stored);
        return BitConverter.SingleToUInt32Bits(Dequantize(type, 1, bytes)[0]);
    }

    private static float[] Dequantize(WeightType type, int count, byte[] bytes)
    {
        var values = new float[count];
        Dequantizer.Dequantize(type, bytes, values);
        return values;
    }
}
