using System.CommandLine;
using NacrithOnnx.Export.Weights;

namespace NacrithOnnx.Export;

internal static class Program
{
    private static int Main(string[] args)
    {
        var weights = new Option<FileInfo>("--weights")
        {
            Description = "GGUF file, .safetensors file, or .safetensors.index.json; config.json lies beside safetensors.",
            Required = true,
        };
        var tokenizer = new Option<FileInfo>("--tokenizer")
        {
            Description = "Hugging Face tokenizer.json.",
            Required = true,
        };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder to write the model to.", Required = true };
        var command = new RootCommand("Exports Llama weights as an exact model for nacrith.") { weights, tokenizer, output };
        command.SetAction(parsed => Export(
            parsed.GetRequiredValue(weights), parsed.GetRequiredValue(tokenizer), parsed.GetRequiredValue(output)));
        return command.Parse(args).Invoke();
    }

    private static int Export(FileInfo weights, FileInfo tokenizer, DirectoryInfo output)
    {
        try
        {
            using var source = WeightSources.Open(weights.FullName);
            new ModelExporter(source, File.ReadAllBytes(tokenizer.FullName), Console.Out).Export(output.FullName);
            return 0;
        }
        catch (Exception exception) when (exception is NacrithException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"export: {exception.Message}");
            return 1;
        }
    }
}
