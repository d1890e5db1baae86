using System.CommandLine;
using NacrithOnnx.Export.Weights;

namespace NacrithOnnx.Export;

internal static class Program
{
    private static int Main(string[] args)
    {
        var name = new Option<string>("--name")
        {
            Description = "What people call the model, such as SmolLM2-135M; its weight files begin with it.",
            Required = true,
        };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 } value || !value.All(IsInNames))
            {
                result.AddError("--name may have ASCII letters, digits, '-', '_' and '.' only.");
            }
        });
        var weights = new Option<FileInfo>("--weights")
        {
            Description = "GGUF file, .safetensors file, or .safetensors.index.json; safetensors need config.json in the same folder.",
            Required = true,
        };
        var tokenizer = new Option<FileInfo>("--tokenizer")
        {
            Description = "Hugging Face tokenizer.json.",
            Required = true,
        };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder to write the model to.", Required = true };
        var command = new RootCommand("Exports Llama weights as an exact model for nacrith.")
        {
            name, weights, tokenizer, output,
        };
        command.SetAction(parsed => Export(
            parsed.GetRequiredValue(name), parsed.GetRequiredValue(weights), parsed.GetRequiredValue(tokenizer),
            parsed.GetRequiredValue(output)));
        return command.Parse(args).Invoke();
    }

    private static bool IsInNames(char sign) => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.';

    private static int Export(string name, FileInfo weights, FileInfo tokenizer, DirectoryInfo output)
    {
        try
        {
            using var source = WeightSources.Open(weights.FullName);
            new ModelExporter(name, source, File.ReadAllBytes(tokenizer.FullName), Console.Out).Export(output.FullName);
            return 0;
        }
        catch (Exception exception) when (exception is NacrithException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"export: {exception.Message}");
            return 1;
        }
    }
}
