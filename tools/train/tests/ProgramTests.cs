using System.Diagnostics;
using NacrithOnnx.Train.Tests.Support;

namespace NacrithOnnx.Train.Tests;

/// <summary>Runs the program as a process.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TinyTraining _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Term_leaves_a_checkpoint_and_the_exit_code_0()
    {
        using var process = Start(Training("--tokens", "100000000", "--batch-tokens", "64"));
        var line = string.Empty;
        while (line?.StartsWith("step 3 ", StringComparison.Ordinal) == false)
        {
            line = process.StandardOutput.ReadLine();
        }

        using (var kill = Process.Start("sh", ["-c", $"kill -TERM $(cat {_files.Folder("run")}/pid)"]))
        {
            kill.WaitForExit();
        }

        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Single(Directory.GetDirectories(_files.Folder("run")));
    }

    [Fact]
    public void Weights_are_saved_and_measured()
    {
        using var save = Start(["save", "--weights", _files.Weights, "--out", _files.Folder("saved"), "--type", "BF16"]);
        Finish(save, 0);
        using var again = Start(["save", "--weights", _files.Weights, "--out", _files.Folder("saved")]);
        Assert.Contains("is there already", Finish(again, 1).Error, StringComparison.Ordinal);
        using var measure = Start([
            "measure", "--weights", Path.Combine(_files.Folder("saved"), "model.safetensors"), "--check", _files.Texts,
            "--tokenizer", TinyTraining.TokenizerPath, "--quantize-aware"]);
        Assert.Matches("^code [0-9.]+  prose [0-9.]+  all [0-9.]+\n$", Finish(measure, 0).Output);
    }

    [Theory]
    [InlineData("--rate", "0")]
    [InlineData("--tokens", "0")]
    [InlineData("--decay-tokens", "5000")]
    [InlineData("--lengths", "70000=1")]
    [InlineData("--kinds", "verse=1")]
    [InlineData("--batch-tokens", "0")]
    [InlineData("--threads", "0")]
    [InlineData("--weights", "/nowhere.gguf")]
    [InlineData("--texts", "/nowhere")]
    [InlineData("--tokenizer", "/nowhere.bin")]
    public void Bad_input_gets_a_message_and_the_exit_code_1(string option, string value)
    {
        using var process = Start(Training(option, value));
        var error = Finish(process, 1).Error;
        Assert.StartsWith("train: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(value.StartsWith('/') ? value : option, error, StringComparison.Ordinal);
    }

    private string[] Training(params string[] options)
    {
        var values = new Dictionary<string, string>
        {
            ["--weights"] = _files.Weights,
            ["--tokenizer"] = TinyTraining.TokenizerPath,
            ["--texts"] = _files.Texts,
            ["--run"] = _files.Folder("run"),
            ["--tokens"] = "300",
            ["--lengths"] = "64=1",
        };
        foreach (var pair in options.Chunk(2))
        {
            values[pair[0]] = pair[1];
        }

        return ["train", .. values.SelectMany(pair => (string[])[pair.Key, pair.Value])];
    }

    private static Process Start(string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "NacrithOnnx.Train.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private static (string Output, string Error) Finish(Process process, int exitCode)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == exitCode, error.Result);
        return (output, error.Result);
    }
}
