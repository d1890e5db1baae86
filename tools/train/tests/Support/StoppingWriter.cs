using System.Text;

namespace NacrithOnnx.Train.Tests.Support;

/// <summary>A log that asks for a stop when a line begins as given.</summary>
internal sealed class StoppingWriter(string start, CancellationTokenSource stop) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value)
    {
        if (value!.StartsWith(start, StringComparison.Ordinal))
        {
            stop.Cancel();
        }
    }
}
