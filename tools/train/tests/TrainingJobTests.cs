using System.Globalization;
using NacrithOnnx.Train.Model;
using NacrithOnnx.Train.Tests.Support;
using NacrithOnnx.Train.Training;

namespace NacrithOnnx.Train.Tests;

public sealed class TrainingJobTests : IDisposable
{
    private readonly TinyTraining _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void The_loss_falls(bool quantizeAware, bool bfloat16)
    {
        var log = new StringWriter();
        var job = _files.Job("run", 6000, log) with
        {
            QuantizeAware = quantizeAware,
            Product = bfloat16 ? MatrixProduct.BFloat16 : MatrixProduct.Exact,
            Check = _files.Texts,
        };
        job.Start(CancellationToken.None);
        var lines = log.ToString().Split('\n');
        double[] losses = [.. lines.Where(line => line.StartsWith("step", StringComparison.Ordinal)).Select(Loss)];
        Assert.True(losses[^1] < losses[0] / 2, string.Join(' ', losses));

        string[] checks = [.. lines.Where(line => line.StartsWith("check", StringComparison.Ordinal))];
        Assert.Equal(2, checks.Length);
        Assert.True(AllKinds(checks[1]) < AllKinds(checks[0]) / 2, string.Join('\n', checks));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_resumed_run_is_the_run_that_was_not_interrupted(bool quantizeAware, bool freezeEmbedding)
    {
        TrainingJob Job(string run, long tokens) => _files.Job(run, tokens) with
        {
            QuantizeAware = quantizeAware,
            FreezeEmbedding = freezeEmbedding,
        };
        Job("whole", 3000).Start(CancellationToken.None);
        var first = Job("parts", 900).Start(CancellationToken.None);
        Assert.InRange(first.Tokens, 900, 1100);
        Job("parts", 3000).Start(CancellationToken.None);
        Assert.Equal(_files.LastCheckpoint("whole"), _files.LastCheckpoint("parts"));
    }

    [Fact]
    public void A_stop_inside_a_step_leaves_the_state_after_the_step_before()
    {
        using var stop = new CancellationTokenSource();
        using var log = new StoppingWriter("step 5 ", stop);
        var job = _files.Job("stopped", 1_000_000, log);
        var state = job.Start(stop.Token);
        Assert.Equal(5, state.Steps);

        _files.Job("whole", state.Tokens).Start(CancellationToken.None);
        Assert.Equal(_files.LastCheckpoint("whole"), _files.LastCheckpoint("stopped"));
    }

    [Fact]
    public void Only_the_last_checkpoints_stay_and_a_branch_leaves_them_alone()
    {
        var job = _files.Job("run", 1200);
        job = job with { Settings = job.Settings with { CheckpointInterval = TimeSpan.Zero } };
        job.Start(CancellationToken.None);
        var kept = Directory.GetDirectories(_files.Folder("run"));
        Assert.Equal(2, kept.Length);
        Assert.False(File.Exists(Path.Combine(_files.Folder("run"), "pid")));

        var last = kept.Order(StringComparer.Ordinal).Last();
        var branch = _files.Job("branch", 1600) with { From = last, Weights = null };
        var settings = branch.Settings with { Schedule = branch.Settings.Schedule with { Decay = 400 } };
        (branch with { Settings = settings }).Start(CancellationToken.None);
        Assert.Equal(kept, Directory.GetDirectories(_files.Folder("run")));
        Assert.Single(Directory.GetDirectories(_files.Folder("branch")));
    }

    [Fact]
    public void A_frozen_embedding_stays()
    {
        (_files.Job("run", 500) with { FreezeEmbedding = true }).Start(CancellationToken.None);
        var last = Directory.GetDirectories(_files.Folder("run")).Single();
        using var before = Export.Weights.WeightSources.Open(_files.Weights);
        using var after = Export.Weights.WeightSources.Open(Path.Combine(last, "model.safetensors"));
        Assert.Equal(before.Read("model.embed_tokens.weight"), after.Read("model.embed_tokens.weight"));
        Assert.NotEqual(before.Read("model.norm.weight"), after.Read("model.norm.weight"));
    }

    [Fact]
    public void Other_texts_or_another_order_are_refused_unless_asked_for()
    {
        _files.Job("run", 300).Start(CancellationToken.None);
        var other = _files.Job("run", 600) with { Seed = 2 };
        Refused(other, "--new-texts");
        Assert.InRange((other with { NewTexts = true }).Start(CancellationToken.None).Tokens, 600, 800);
    }

    [Fact]
    public void A_run_that_is_over_or_frozen_differently_is_refused()
    {
        _files.Job("run", 300).Start(CancellationToken.None);
        Refused(_files.Job("run", 300), "--tokens");
        Refused(_files.Job("run", 600) with { FreezeEmbedding = true }, "--freeze-embedding");
    }

    [Fact]
    public void Gradients_that_are_no_numbers_end_the_training_without_a_checkpoint()
    {
        var folder = Directory.CreateDirectory(_files.Folder("steep")).FullName;
        using (var source = Export.Weights.WeightSources.Open(_files.Weights))
        using (var weights = new Model.LlamaWeights(source))
        using (TorchSharp.torch.no_grad())
        {
            weights["model.norm.weight"].fill_(1e38f);
            Files.ModelFolder.Write(folder, weights, Export.Weights.WeightType.F32);
        }

        Refused(_files.Job("run", 300) with { Weights = Path.Combine(folder, "model.safetensors") }, "step 1");
        Assert.Empty(Directory.GetDirectories(_files.Folder("run")));
    }

    [Fact]
    public void A_folder_in_which_a_process_works_is_refused()
    {
        using var folder = new Files.RunFolder(_files.Folder("run"), 2);
        Refused(_files.Job("run", 300), "another process");
    }

    [Fact]
    public void Nothing_to_begin_with_is_refused() =>
        Refused(_files.Job("run", 300) with { Weights = null }, "--weights");

    [Theory]
    [InlineData("state.json", "not JSON")]
    [InlineData("state.json", "null")]
    [InlineData("optimizer.bin", "")]
    [InlineData("model.safetensors", "short")]
    public void A_broken_checkpoint_is_refused(string file, string content)
    {
        _files.Job("run", 300).Start(CancellationToken.None);
        File.WriteAllText(Path.Combine(Directory.GetDirectories(_files.Folder("run")).Single(), file), content);
        Refused(_files.Job("run", 600), string.Empty);
    }

    private static void Refused(TrainingJob job, string names)
    {
        var failure = Assert.Throws<EnvironmentException>(() => job.Start(CancellationToken.None));
        Assert.Contains(names, failure.Message, StringComparison.Ordinal);
    }

    private static double Loss(string line) => After(line, "loss");

    private static double AllKinds(string line) => After(line, "all");

    private static double After(string line, string word)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return double.Parse(words[Array.IndexOf(words, word) + 1], CultureInfo.InvariantCulture);
    }
}
