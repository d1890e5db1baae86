using System.CommandLine;
using NacrithOnnx.Format;
using NacrithOnnx.Train.Arguments;
using NacrithOnnx.Train.Native;

namespace NacrithOnnx.Train;

internal static class Program
{
    private static int Main(string[] args)
    {
        TorchLibrary.Prepare();
        var root = new RootCommand("Trains Llama weights on texts as nacrith's language model sees them.")
        {
            TrainCommand.Create(Guarded), MeasureCommand.Create(Guarded), SaveCommand.Create(Guarded),
        };
        return root.Parse(args).Invoke();
    }

    private static int Guarded(Action work)
    {
        try
        {
            work();
            return 0;
        }
        catch (Exception exception) when (exception is NacrithException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"train: {exception.Message}");
            return 1;
        }
    }
}
