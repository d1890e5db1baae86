using System.Diagnostics;
using System.Globalization;

namespace NacrithOnnx.Train.Training;

/// <summary>Writes a line for each step.</summary>
internal sealed class StepReport(TextWriter log)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Reports a step; the speed is that since the report before.</summary>
    /// <param name="step">Steps done.</param>
    /// <param name="tokens">Tokens learned.</param>
    /// <param name="stepTokens">Of them, in this step.</param>
    /// <param name="loss">Mean loss of the step's tokens in nats.</param>
    /// <param name="norm">Norm of the gradients before they were limited.</param>
    /// <param name="rate">Learning rate.</param>
    public void Step(long step, long tokens, long stepTokens, double loss, double norm, double rate)
    {
        var speed = stepTokens / _watch.Elapsed.TotalSeconds;
        _watch.Restart();
        log.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"step {step}  tokens {tokens}  loss {loss:f4}  norm {norm:f2}  rate {rate:0.00e+0}  {speed:f0} tokens/s"));
    }

    /// <summary>Reports a validation, or anything else that took time of its own.</summary>
    public void Note(string line)
    {
        log.WriteLine(line);
        _watch.Restart();
    }
}
