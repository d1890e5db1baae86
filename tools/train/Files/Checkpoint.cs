using System.Text.Json;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Format;
using NacrithOnnx.Train.Model;
using NacrithOnnx.Train.Rounding;
using TorchSharp.Modules;

namespace NacrithOnnx.Train.Files;

/// <summary>A folder with everything from which a run goes on: also a model that the exporter reads.</summary>
internal static class Checkpoint
{
    private const string OptimizerName = "optimizer.bin";
    private const string StateName = "state.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The weights' file of a checkpoint.</summary>
    public static string WeightsPath(string folder) => Path.Combine(folder, ModelFolder.WeightsName);

    /// <summary>Writes all files.</summary>
    public static void Write(
        string folder, CheckpointState state, LlamaWeights weights, OptimizerHelper optimizer, IForwardRounding rounding)
    {
        ModelFolder.Write(folder, weights, WeightType.F32);
        rounding.Save(folder);
        using (var file = File.Create(Path.Combine(folder, OptimizerName)))
        using (var writer = new BinaryWriter(file))
        {
            optimizer.save_state_dict(writer);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.WriteAllText(Path.Combine(folder, StateName), JsonSerializer.Serialize(state, Indented) + "\n");
    }

    /// <summary>Reads the state.</summary>
    /// <exception cref="EnvironmentException">The folder is not a checkpoint.</exception>
    public static CheckpointState ReadState(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckpointState>(File.ReadAllBytes(Path.Combine(folder, StateName)))
                ?? throw new EnvironmentException($"{folder} is not a checkpoint: its {StateName} is empty");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EnvironmentException($"{folder} is not a checkpoint: {failure.Message}", failure);
        }
    }

    /// <summary>Reads the optimiser's state.</summary>
    /// <exception cref="EnvironmentException">The file is broken.</exception>
    public static void ReadOptimizer(string folder, OptimizerHelper optimizer)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(Path.Combine(folder, OptimizerName)));
            optimizer.load_state_dict(reader);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException or FormatException)
        {
            throw new EnvironmentException($"{folder} is not a checkpoint: {OptimizerName}: {failure.Message}", failure);
        }
    }
}
