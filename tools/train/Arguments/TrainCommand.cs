using System.CommandLine;
using NacrithOnnx.Train.Model;
using NacrithOnnx.Train.Training;

namespace NacrithOnnx.Train.Arguments;

/// <summary><c>train</c>: begins a training, or goes on with it.</summary>
internal sealed class TrainCommand
{
    /// <summary>A year: a training that never saves is a mistake.</summary>
    private const double MaxMinutes = 60 * 24 * 365;

    private readonly Option<string?> _weights = CommonOptions.Weights();
    private readonly Option<string> _tokenizer = CommonOptions.Tokenizer();
    private readonly Option<string?> _check = CommonOptions.Check();
    private readonly Option<int> _checkTokens = CommonOptions.CheckTokens();
    private readonly Option<bool> _quantizeAware = CommonOptions.QuantizeAware();
    private readonly Option<int> _threads = CommonOptions.Threads();

    private readonly Option<string> _texts = new("--texts")
    {
        Description = "Folder of texts; one subfolder for each kind.",
        Required = true,
    };

    private readonly Option<string> _run = new("--run")
    {
        Description = "Folder of checkpoints. The training goes on from the last one there is.",
        Required = true,
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "Checkpoint of another run to go on from, where --run has none: a branch of that run.",
    };

    private readonly Option<bool> _newTexts = new("--new-texts")
    {
        Description = "Goes on with other texts, or another order, than the checkpoint's, from their beginning.",
    };

    private readonly Option<long> _tokens = new("--tokens")
    {
        Description = "Tokens to train in all, those of the checkpoint counted.",
        Required = true,
    };

    private readonly Option<long> _decayTokens = new("--decay-tokens")
    {
        Description = "Of them, the last ones in which the rate falls to zero.",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<long> _warmUpTokens = new("--warmup-tokens")
    {
        Description = "First tokens, in which the rate rises from zero.",
        DefaultValueFactory = _ => 20_000,
    };

    private readonly Option<double> _rate = new("--rate")
    {
        Description = "Learning rate between warm-up and decay.",
        DefaultValueFactory = _ => 2e-4,
    };

    private readonly Option<double> _weightDecay = new("--weight-decay")
    {
        Description = "Weight decay of AdamW.",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<double> _maxNorm = new("--max-norm")
    {
        Description = "Gradients are scaled down to this norm.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _batchTokens = new("--batch-tokens")
    {
        Description = "Tokens of a step, at least.",
        DefaultValueFactory = _ => 4096,
    };

    private readonly Option<string> _lengths = new("--lengths")
    {
        Description = "Lengths of chunks in tokens, with a weight each.",
        DefaultValueFactory = _ => "1024=8,2048=1",
    };

    private readonly Option<string> _kinds = new("--kinds")
    {
        Description = "How often a pass has the chunks of a kind, such as books-en=2,data=0.5; else once.",
        DefaultValueFactory = _ => string.Empty,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Seed of the order of chunks.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<bool> _freezeEmbedding = new("--freeze-embedding")
    {
        Description = "Leaves the embedding, which is the head as well, as it is.",
    };

    private readonly Option<bool> _bfloat16 = new("--bfloat16")
    {
        Description = "Multiplies matrices in bfloat16: faster on processors with AMX or AVX-512 BF16, slower on others.",
    };

    private readonly Option<double> _checkpointMinutes = new("--checkpoint-minutes")
    {
        Description = "Minutes between checkpoints.",
        DefaultValueFactory = _ => 10,
    };

    private readonly Option<int> _keep = new("--keep")
    {
        Description = "Checkpoints to keep: the last ones.",
        DefaultValueFactory = _ => 2,
    };

    private readonly Option<long> _checkEvery = new("--check-every")
    {
        Description = "Tokens between validations.",
        DefaultValueFactory = _ => 100_000,
    };

    private TrainCommand()
    {
    }

    /// <summary>Makes the command.</summary>
    /// <param name="guarded">Runs work and turns failures into messages and exit codes.</param>
    public static Command Create(Func<Action, int> guarded)
    {
        var options = new TrainCommand();
        var command = new Command(
            "train", "Trains until the end or a signal TERM or INT. The same command goes on from the checkpoint.")
        {
            options._weights, options._tokenizer, options._texts, options._check, options._run, options._from,
            options._tokens, options._warmUpTokens, options._decayTokens, options._rate, options._weightDecay,
            options._maxNorm, options._batchTokens, options._lengths, options._kinds, options._seed, options._newTexts,
            options._freezeEmbedding, options._quantizeAware, options._bfloat16, options._checkpointMinutes, options._keep,
            options._checkEvery, options._checkTokens, options._threads,
        };
        command.SetAction(parsed => guarded(() => options.Run(parsed)));
        return command;
    }

    private void Run(ParseResult parsed)
    {
        CommonOptions.UseThreads(parsed.GetValue(_threads));
        using var stop = new StopRequest();
        new TrainingJob
        {
            Weights = parsed.GetValue(_weights),
            Tokenizer = CommonOptions.Load(parsed.GetRequiredValue(_tokenizer)),
            Texts = parsed.GetRequiredValue(_texts),
            Check = parsed.GetValue(_check),
            CheckTokens = CommonOptions.Positive("--check-tokens", parsed.GetValue(_checkTokens)),
            Run = parsed.GetRequiredValue(_run),
            From = parsed.GetValue(_from),
            NewTexts = parsed.GetValue(_newTexts),
            Kept = CommonOptions.Positive("--keep", parsed.GetValue(_keep)),
            Lengths = parsed.GetRequiredValue(_lengths),
            Kinds = parsed.GetRequiredValue(_kinds),
            Seed = parsed.GetValue(_seed),
            FreezeEmbedding = parsed.GetValue(_freezeEmbedding),
            QuantizeAware = parsed.GetValue(_quantizeAware),
            Product = parsed.GetValue(_bfloat16) ? MatrixProduct.BFloat16 : MatrixProduct.Exact,
            Settings = Settings(parsed),
            Log = Console.Out,
        }.Start(stop.Token);
    }

    private TrainSettings Settings(ParseResult parsed)
    {
        var schedule = new RateSchedule(
            parsed.GetValue(_rate), parsed.GetValue(_warmUpTokens), parsed.GetValue(_tokens),
            parsed.GetValue(_decayTokens));
        Require(schedule.Peak is > 0 and < 1, "--rate must be above 0 and below 1");
        Require(schedule.WarmUp >= 0, "--warmup-tokens must be at least 0");
        Require(schedule.Tokens > 0, "--tokens must be at least 1");
        Require(
            schedule.Decay >= 0 && schedule.Decay <= schedule.Tokens, "--decay-tokens must be from 0 to --tokens");
        var settings = new TrainSettings
        {
            Schedule = schedule,
            BatchTokens = CommonOptions.Positive("--batch-tokens", parsed.GetValue(_batchTokens)),
            WeightDecay = parsed.GetValue(_weightDecay),
            MaxNorm = parsed.GetValue(_maxNorm),
            CheckpointInterval = TimeSpan.FromMinutes(Math.Clamp(parsed.GetValue(_checkpointMinutes), 0, MaxMinutes)),
            CheckInterval = parsed.GetValue(_checkEvery),
        };
        Require(settings.WeightDecay is >= 0 and < 1, "--weight-decay must be at least 0 and below 1");
        Require(settings.MaxNorm > 0, "--max-norm must be above 0");
        Require(settings.CheckInterval > 0, "--check-every must be at least 1");
        return settings;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new EnvironmentException(otherwise);
        }
    }
}
