using System.Diagnostics;
using NacrithOnnx.Train.Files;
using NacrithOnnx.Train.Model;
using NacrithOnnx.Train.Rounding;
using NacrithOnnx.Train.Texts;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NacrithOnnx.Train.Training;

/// <summary>Trains a model step by step, from a checkpoint's state on.</summary>
internal sealed class Trainer : IDisposable
{
    // Betas as usual for language models (Brown et al. 2020, appendix B); the rest are AdamW's own defaults.
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.95;

    private readonly TrainSettings _settings;
    private readonly Corpus _corpus;
    private readonly ChunkStream _chunks;
    private readonly LlamaWeights _weights;
    private readonly TokenLoss _loss;
    private readonly IForwardRounding _rounding;
    private readonly Parameter[] _trained;
    private readonly AdamW _optimizer;

    /// <summary>Prepares a training.</summary>
    /// <param name="settings">How to train.</param>
    /// <param name="corpus">Texts.</param>
    /// <param name="chunks">Their chunks, at the state's position.</param>
    /// <param name="weights">Weights at that state.</param>
    /// <param name="loss">Loss of these weights.</param>
    /// <param name="rounding">What the forward pass sees.</param>
    /// <param name="state">Where the training is.</param>
    public Trainer(
        TrainSettings settings, Corpus corpus, ChunkStream chunks, LlamaWeights weights, TokenLoss loss,
        IForwardRounding rounding, CheckpointState state)
    {
        _settings = settings;
        _corpus = corpus;
        _chunks = chunks;
        _weights = weights;
        _loss = loss;
        _rounding = rounding;
        State = state;
        _trained = weights.Trained();
        _optimizer = optim.AdamW(
            _trained, settings.Schedule.Peak, Beta1, Beta2, weight_decay: settings.WeightDecay);
    }

    /// <summary>Where the training is: after the last whole step.</summary>
    public CheckpointState State { get; private set; }

    private bool Finished => State.Tokens >= _settings.Schedule.Tokens;

    /// <summary>Takes the optimiser's state from a checkpoint.</summary>
    public void ReadOptimizer(string folder)
    {
        Checkpoint.ReadOptimizer(folder, _optimizer);
        foreach (var group in _optimizer.ParamGroups.OfType<AdamW.ParamGroup>())
        {
            // Rate and decay are the caller's, not the checkpoint's.
            group.Options.weight_decay = _settings.WeightDecay;
        }
    }

    /// <summary>Trains until the schedule ends or a stop is asked for, and leaves a checkpoint at that place.</summary>
    /// <param name="folder">Takes checkpoints.</param>
    /// <param name="check">Texts for validation, or null for none.</param>
    /// <param name="log">Takes the progress.</param>
    /// <param name="stop">Asks for a stop; answered within a chunk.</param>
    public void Run(RunFolder folder, CheckTexts? check, TextWriter log, CancellationToken stop)
    {
        var report = new StepReport(log);
        if (State.Steps == 0)
        {
            Validate(check, report);
        }

        var sinceCheckpoint = Stopwatch.StartNew();
        var saved = State.Tokens;
        while (!Finished && !stop.IsCancellationRequested)
        {
            var checks = State.Tokens / _settings.CheckInterval;
            if (Step(report, stop) && !Finished && State.Tokens / _settings.CheckInterval != checks)
            {
                Validate(check, report);
            }

            if (sinceCheckpoint.Elapsed >= _settings.CheckpointInterval && State.Tokens > saved)
            {
                Save(folder, report);
                saved = State.Tokens;
                sinceCheckpoint.Restart();
            }
        }

        if (State.Tokens > saved)
        {
            Save(folder, report);
        }

        if (Finished)
        {
            Validate(check, report);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();

    /// <summary>One step of the optimiser; none, and nothing changed, where a stop came in between.</summary>
    private bool Step(StepReport report, CancellationToken stop)
    {
        var start = _chunks.Position;
        var batch = _chunks.Batch(_settings.BatchTokens);
        var tokens = batch.Sum(chunk => chunk.Length);
        _optimizer.zero_grad();
        if (Gradients(batch, tokens, stop) is not { } sum)
        {
            _chunks.Position = start;
            return false;
        }

        using var scope = NewDisposeScope();
        var norm = nn.utils.clip_grad_norm_(_trained, _settings.MaxNorm);
        var rate = _settings.Schedule.Rate(State.Tokens + (tokens / 2.0));
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        _optimizer.step();
        State = State with { Steps = State.Steps + 1, Tokens = State.Tokens + tokens, Position = _chunks.Position };
        report.Step(State.Steps, State.Tokens, tokens, sum / tokens, norm, rate);
        return true;
    }

    /// <summary>Gradients of a batch's mean loss.</summary>
    /// <returns>Sum of the losses, or null where a stop came in between.</returns>
    private double? Gradients(List<Chunk> batch, int tokens, CancellationToken stop)
    {
        _rounding.Begin(State.Steps);
        try
        {
            var sum = 0.0;
            foreach (var chunk in batch)
            {
                if (stop.IsCancellationRequested)
                {
                    return null;
                }

                sum += _loss.Learn(
                    _corpus.Documents[chunk.Document].Tokens.AsSpan(chunk.Start, chunk.Length), _rounding.Inputs, 1.0 / tokens);
            }

            return sum;
        }
        finally
        {
            _rounding.End();
        }
    }

    private void Validate(CheckTexts? check, StepReport report)
    {
        if (check is null)
        {
            return;
        }

        _rounding.Begin(State.Steps);
        var figures = check.Measure(_loss, _rounding.Inputs);
        _rounding.End();
        report.Note(FormattableString.Invariant($"check  tokens {State.Tokens}  {figures}"));
    }

    private void Save(RunFolder folder, StepReport report)
    {
        folder.Add(State.Tokens, path => Checkpoint.Write(path, State, _weights, _optimizer, _rounding));

        // Files are written from arrays of up to 113 MB, which the collector would leave for long.
        GC.Collect();
        report.Note(FormattableString.Invariant($"saved  tokens {State.Tokens}"));
    }
}
