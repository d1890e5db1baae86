using System.CommandLine;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Format;
using NacrithOnnx.Train.Files;
using NacrithOnnx.Train.Model;

namespace NacrithOnnx.Train.Arguments;

/// <summary><c>save</c>: weights of any format as safetensors.</summary>
internal static class SaveCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="guarded">Runs work and turns failures into messages and exit codes.</param>
    public static Command Create(Func<Action, int> guarded)
    {
        var weights = CommonOptions.Weights();
        weights.Required = true;
        var output = new Option<string>("--out") { Description = "Folder to create.", Required = true };
        var type = new Option<string>("--type")
        {
            Description = "Type of the weights: F32 or BF16.",
            DefaultValueFactory = _ => nameof(WeightType.BF16),
        };
        type.AcceptOnlyFromAmong(nameof(WeightType.F32), nameof(WeightType.BF16));
        var command = new Command("save", "Writes weights, such as a checkpoint's, as model.safetensors and config.json.")
        {
            weights, output, type,
        };
        command.SetAction(parsed => guarded(() =>
        {
            using var source = WeightSources.Open(parsed.GetRequiredValue(weights)!);
            using var parameters = new LlamaWeights(source);
            var folder = parsed.GetRequiredValue(output);
            if (Path.Exists(folder))
            {
                throw new EnvironmentException($"{folder} is there already");
            }

            Directory.CreateDirectory(folder);
            ModelFolder.Write(folder, parameters, Enum.Parse<WeightType>(parsed.GetRequiredValue(type)));
        }));
        return command;
    }
}
