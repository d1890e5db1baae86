using System.Globalization;
using NacrithOnnx.Ablation;
using NacrithOnnx.Runtime.Mix;

// What each part of the predictor wins, and what it costs in time:
//   ablation DUMP [--streams S] [--tokens N] [--only PART] [--set Name=Value]...
// DUMP names DUMP.tokens.i32 and DUMP.logits.f16 or .f32, and DUMP.hidden.f16 if there. With S streams the text is cut into S parts, coded in turn;
// a dump made from one stream then shows the effect of the order alone, as its logits know the text before each part.
const int VocabularySize = 49152;

string? name = null;
int streams = 1;
int limit = int.MaxValue;
string? only = null;
var all = PredictorSettings.Ensemble;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--streams":
            streams = int.Parse(args[++i], CultureInfo.InvariantCulture);
            break;
        case "--tokens":
            limit = int.Parse(args[++i], CultureInfo.InvariantCulture);
            break;
        case "--only":
            only = args[++i];
            break;
        case "--set":
            all = SettingsText.With(all, args[++i]);
            break;
        default:
            name = args[i];
            break;
    }
}

if (name is null)
{
    Console.Error.WriteLine("usage: ablation DUMP [--streams S] [--tokens N] [--only PART] [--set Name=Value]...");
    return 1;
}

using var dump = new LogitDump(name, VocabularySize, limit);
var alone = PredictorSettings.LanguageModelAlone;
(string Name, PredictorSettings Settings)[] variants =
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
if (only is not null)
    variants = Array.FindAll(variants, variant => variant.Name == only);
var trials = Array.ConvertAll(variants, v => new Trial(v.Name, v.Settings, VocabularySize, streams, dump.HiddenWidth));
int[] tokens = dump.Tokens;
int share = (tokens.Length + streams - 1) / streams;
var logits = new float[VocabularySize];
var hidden = new float[dump.HiddenWidth];
for (int step = 0; step < share; step++)
{
    for (int stream = 0; stream < streams; stream++)
    {
        int position = (stream * share) + step;
        if (position >= Math.Min((stream + 1) * share, tokens.Length))
            continue;
        dump.Read(position, logits);
        dump.ReadHidden(position, hidden);
        foreach (Trial trial in trials)
            trial.Code(stream, logits, hidden, tokens[position]);
    }
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{Path.GetFileName(name)}: {tokens.Length} tokens, {streams} stream(s)"));
foreach (Trial trial in trials)
{
    trial.Finish();
    double percent = 100.0 * (trial.Bytes - trials[0].Bytes) / trials[0].Bytes;
    double micros = trial.Elapsed.TotalMicroseconds / tokens.Length;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{trial.Name,-36} {trial.Bytes,9} bytes {percent,8:+0.00;-0.00} % {micros,7:0.0} µs/token"));
}

return 0;
