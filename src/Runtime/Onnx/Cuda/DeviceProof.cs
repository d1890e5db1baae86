using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Runtime.Onnx.Cuda;

/// <summary>
/// Compares the logits of a device with those of the CPU, bit for bit, before the device is trusted: a large call, single
/// steps, several lanes, and a cache longer than its first part.
/// </summary>
internal static class DeviceProof
{
    private const int Prefill = 70;
    private const int Steps = 3;
    private const int Lanes = 3;
    private const int Long = 280;

    /// <summary>Feeds both models the same tokens.</summary>
    /// <returns>What differs; null if nothing does.</returns>
    /// <exception cref="EnvironmentException">The device fails.</exception>
    public static string? Difference(ILanguageModel device, ILanguageModel cpu)
    {
        var positions = Math.Min(Long + Steps, cpu.Shape.Positions);
        using var deviceOne = device.CreateCache(1, positions);
        using var cpuOne = cpu.CreateCache(1, positions);
        using var deviceLanes = device.CreateCache(Lanes, positions);
        using var cpuLanes = cpu.CreateCache(Lanes, positions);
        bool Agrees(int count, int logitsFrom) => Same(device, deviceOne, cpu, cpuOne, count, logitsFrom);
        if (!Agrees(Prefill, 0))
        {
            return "a large call";
        }

        for (var step = 0; step < Steps; step++)
        {
            if (!Agrees(1, 0))
            {
                return "a step";
            }
        }

        deviceLanes.CopyFrom(deviceOne);
        cpuLanes.CopyFrom(cpuOne);
        for (var step = 0; step < Steps; step++)
        {
            if (!Same(device, deviceLanes, cpu, cpuLanes, 1, 0))
            {
                return "a step of several lanes";
            }
        }

        var rest = positions - Steps - deviceOne.Length;
        return rest > 0 && Agrees(rest, rest - 1) && Agrees(1, 0) ? null : "a long context";
    }

    private static bool Same(
        ILanguageModel device, IKeyValueCache deviceCache, ILanguageModel cpu, IKeyValueCache cpuCache, int count, int logitsFrom)
    {
        var tokens = new int[deviceCache.Lanes * count];
        for (var i = 0; i < tokens.Length; i++)
        {
            // A multiplicative sequence: every proof feeds the same tokens, from all of the vocabulary.
            tokens[i] = (int)((deviceCache.Length + i + 1L) * 48_271 % cpu.Shape.Vocabulary);
        }

        var expected = cpu.Forward(cpuCache, tokens, logitsFrom).Span;
        var found = device.Forward(deviceCache, tokens, logitsFrom).Span;
        return Same(expected, found) && Same(cpu.HiddenStates.Span, device.HiddenStates.Span);
    }

    private static bool Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            // Adding +0 merges the two zeros, which mean the same to every reader.
            if (BitConverter.SingleToInt32Bits(expected[i] + 0f) != BitConverter.SingleToInt32Bits(found[i] + 0f))
            {
                return false;
            }
        }

        return expected.Length == found.Length;
    }
}
