using System.Globalization;
using NacrithOnnx.Ablation;
using NacrithOnnx.Runtime.Mix;

// The gain of each part of the predictor, and its cost in time: see benchmarks/README.md.
try
{
    var options = AblationOptions.Parse(args);
    foreach (var file in options.Files)
    {
        Measure(file, options);
    }

    return 0;
}
catch (Exception exception) when (exception is ArgumentException or FormatException)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(AblationOptions.Usage);
    return 1;
}

static void Measure(string file, AblationOptions options)
{
    using IRowSource source = file.EndsWith(".rows", StringComparison.Ordinal)
        ? new RecordedRows(file, options.Tokens)
        : new LiveText(file, options);
    if (options.Record is not null)
    {
        RecordedRows.Record(source, options.Record);
    }
    else if (options.Trial is not null)
    {
        Ask(source, options.Trial(source, options.Settings));
    }
    else
    {
        Report(source, Run(source, Variants(options)));
    }
}

static List<(string Name, PredictorSettings Settings)> Variants(AblationOptions options)
{
    if (options.Variants.Count > 0)
    {
        return options.Variants;
    }

    var all = options.Settings;
    var alone = PredictorSettings.LanguageModelAlone;
    List<(string Name, PredictorSettings Settings)> variants =
    [
        ("language model alone", alone),
        ("+ logit weight", alone with { LogitWeight = all.LogitWeight }),
        ("+ bias head", all with { ContextOrders = 0, MatchCandidates = 0, HiddenRate = 0f }),
        ("all", all),
        ("all − logit weight", all with { LogitWeight = 1f }),
        ("all − bias head", all with { BiasRate = 0f }),
        ("all − hidden head", all with { HiddenRate = 0f }),
        ("all − contexts", all with { ContextOrders = 0 }),
        ("all − log-odds of single contexts", all with { ContextRate = 0f, ContextStart = 0f }),
        ("all − log-odds of kinds", all with { EvidenceRate = 0f, EvidenceFloor = 0f }),
        ("all − matches", all with { MatchCandidates = 0 }),
    ];
    return options.Only is null ? variants : variants.FindAll(variant => variant.Name == options.Only);
}

static List<Trial> Run(IRowSource source, List<(string Name, PredictorSettings Settings)> variants)
{
    var trials = variants.ConvertAll(
        variant => new Trial(variant.Name, variant.Settings, source.Vocabulary, source.Streams, source.HiddenWidth));
    source.Run((stream, logits, hidden, token) =>
    {
        foreach (var trial in trials)
        {
            trial.Code(stream, logits, hidden, token);
        }
    });
    trials.ForEach(trial => trial.Finish());
    return trials;
}

static void Ask(IRowSource source, IRowTrial trial)
{
    source.Run(trial.Code);
    trial.Report(source.Name);
}

static void Report(IRowSource source, List<Trial> trials)
{
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{source.Name}: {source.Tokens} tokens, {source.Streams} stream(s)"));
    foreach (var trial in trials)
    {
        var percent = 100.0 * (trial.Bytes - trials[0].Bytes) / trials[0].Bytes;
        var micros = trial.Elapsed.TotalMicroseconds / source.Tokens;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{trial.Name,-36} {trial.Bytes,9} bytes {percent,8:+0.00;-0.00} % {micros,7:0.0} µs/token"));
    }
}
