using NacrithOnnx.Export.Weights;
using NacrithOnnx.Runtime.Tokenize;
using NacrithOnnx.Train.Files;
using NacrithOnnx.Train.Model;
using NacrithOnnx.Train.Rounding;
using NacrithOnnx.Train.Texts;

namespace NacrithOnnx.Train.Training;

/// <summary>Opens everything a training needs, from weights or from a checkpoint, and runs it.</summary>
internal sealed record TrainingJob
{
    /// <summary>Chunks that the rounding is calibrated on: as many tokens as the exporter takes, or more.</summary>
    private const int CalibrationChunks = 8;

    /// <summary>Weights to begin with; not needed where there is a checkpoint.</summary>
    public string? Weights { get; init; }

    /// <summary>Turns texts into tokens.</summary>
    public required Tokenizer Tokenizer { get; init; }

    /// <summary>Folder of texts to learn.</summary>
    public required string Texts { get; init; }

    /// <summary>Folder of texts for validation, or null.</summary>
    public string? Check { get; init; }

    /// <summary>Tokens of each kind to validate with.</summary>
    public int CheckTokens { get; init; } = 2048;

    /// <summary>Folder of checkpoints.</summary>
    public required string Run { get; init; }

    /// <summary>Checkpoint to begin with where the folder has none, or null.</summary>
    public string? From { get; init; }

    /// <summary>Whether texts and order may differ from the checkpoint's.</summary>
    public bool NewTexts { get; init; }

    /// <summary>Checkpoints to keep.</summary>
    public int Kept { get; init; } = 2;

    /// <summary>See <see cref="ChunkLengths"/>.</summary>
    public required string Lengths { get; init; }

    /// <summary>See <see cref="KindWeights"/>.</summary>
    public string Kinds { get; init; } = string.Empty;

    /// <summary>Seed of the order of chunks.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether the embedding stays as it is.</summary>
    public bool FreezeEmbedding { get; init; }

    /// <summary>Whether the forward pass rounds as the exporter does.</summary>
    public bool QuantizeAware { get; init; }

    /// <summary>How matrices are multiplied.</summary>
    public MatrixProduct Product { get; init; } = MatrixProduct.Exact;

    /// <summary>How to train.</summary>
    public required TrainSettings Settings { get; init; }

    /// <summary>Takes the progress.</summary>
    public required TextWriter Log { get; init; }

    /// <summary>Trains until the end or a stop.</summary>
    /// <returns>Where the training is.</returns>
    /// <exception cref="EnvironmentException">Something does not fit, or cannot be read.</exception>
    public CheckpointState Start(CancellationToken stop)
    {
        using var folder = new RunFolder(Run, Kept);
        var checkpoint = folder.Latest ?? From;
        using var source = OpenSource(checkpoint);
        Vocabulary.Check(source.Shape, Tokenizer);
        var corpus = Corpus.Read(Texts, Tokenizer);
        var order = new TextOrder(corpus.Hash(), Seed, Lengths, Kinds);
        var plan = new PassPlan(
            corpus, new ChunkLengths(Lengths, source.Shape.Positions), new KindWeights(Kinds, corpus.Kinds), Seed);
        var check = Check is null
            ? null
            : new CheckTexts(Corpus.Read(Check, Tokenizer), Tokenizer, source.Shape.Positions, CheckTokens);
        var state = checkpoint is null ? Fresh(source, order) : Resumed(checkpoint, order);
        Log.WriteLine(FormattableString.Invariant(
            $"texts  {corpus.Documents.Count} documents, {corpus.TokenCount} tokens in {corpus.Kinds.Count} kinds"));
        Log.WriteLine(FormattableString.Invariant($"from   {checkpoint ?? Weights}, tokens {state.Tokens}"));

        using var weights = new LlamaWeights(source);
        if (FreezeEmbedding)
        {
            weights.FreezeEmbedding();
        }

        using var model = new LlamaModel(weights, Product);
        var chunks = new ChunkStream(plan, state.Position);
        using var rounding = OpenRounding(weights, model, corpus, plan, checkpoint);
        using var trainer = new Trainer(
            Settings, corpus, chunks, weights, new TokenLoss(weights, model), rounding, state);
        if (checkpoint is not null)
        {
            trainer.ReadOptimizer(checkpoint);
        }

        trainer.Run(folder, check, Log, stop);
        return trainer.State;
    }

    private IWeightSource OpenSource(string? checkpoint) =>
        checkpoint is not null ? WeightSources.Open(Checkpoint.WeightsPath(checkpoint))
        : Weights is not null ? WeightSources.Open(Weights)
        : throw new EnvironmentException($"{Run} has no checkpoint to go on from: --weights names what to begin with");

    private CheckpointState Fresh(IWeightSource source, TextOrder order) => new(
        0, 0, default, order, FreezeEmbedding, source.Hash().ToDictionary(file => file.Name, file => file.Sha256));

    private CheckpointState Resumed(string checkpoint, TextOrder order)
    {
        var state = Checkpoint.ReadState(checkpoint);
        if (state.FrozenEmbedding != FreezeEmbedding)
        {
            throw new EnvironmentException(
                $"{checkpoint} was trained {(state.FrozenEmbedding ? "with" : "without")} --freeze-embedding");
        }

        if (state.Tokens >= Settings.Schedule.Tokens)
        {
            throw new EnvironmentException(
                $"{checkpoint} has learned {state.Tokens} tokens: --tokens must be more for the training to go on");
        }

        if (state.Order == order)
        {
            return state;
        }

        return NewTexts
            ? state with { Order = order, Position = default }
            : throw new EnvironmentException(
                $"{checkpoint} was trained with {state.Order}, which is not {order}: --new-texts goes on all the same");
    }

    private IForwardRounding OpenRounding(
        LlamaWeights weights, LlamaModel model, Corpus corpus, PassPlan plan, string? checkpoint)
    {
        if (!QuantizeAware)
        {
            return new NoRounding();
        }

        return checkpoint is not null && ExportRounding.IsIn(checkpoint)
            ? ExportRounding.Load(weights, checkpoint)
            : ExportRounding.Calibrate(weights, model, plan.Chunks(0).Take(CalibrationChunks).Select(chunk =>
                corpus.Documents[chunk.Document].Tokens.AsSpan(chunk.Start, chunk.Length).ToArray()));
    }
}
