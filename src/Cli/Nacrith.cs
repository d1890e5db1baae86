using System.Text;
using NacrithOnnx.Cli.Arguments;
using NacrithOnnx.Cli.Files;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Cli.Jobs;

namespace NacrithOnnx.Cli;

/// <summary>The program: arguments in, exit code out. Every exception ends here.</summary>
internal static class Nacrith
{
    /// <summary>Runs the program.</summary>
    /// <returns>Exit code: <see cref="ExitCode"/>, or 128 plus the number of a signal.</returns>
    public static int Run(IReadOnlyList<string> arguments, IHost host, ISignals signals)
    {
        var messages = new Messages(host.Error, quiet: 0, verbose: 0);
        try
        {
            var warnings = new List<string>();
            var options = ArgumentParser.Parse(host.Exact(arguments), EnvironmentDefaults.Read(host.Variable, warnings.Add));
            messages = new(host.Error, options.Quiet, options.Verbose);
            warnings.ForEach(text => messages.Warning(null, text));
            return (int)Run(options, host, messages, signals);
        }
        catch (ClosedPipeException)
        {
            return (int)ExitCode.Ok;
        }
        catch (OperationCanceledException) when (signals.ExitCode is not null)
        {
            return signals.ExitCode.Value;
        }
        catch (UsageException exception)
        {
            messages.Error(null, new(ExitCode.Environment, exception.Message + " (see nacrith --help)"), exception);
            return (int)ExitCode.Environment;
        }
        catch (Exception exception)
        {
            var failure = Failure.From(exception);
            messages.Error(Culprit(exception, null), failure, exception);
            return (int)failure.Code;
        }
    }

    private static ExitCode Run(CommandLineOptions options, IHost host, Messages messages, ISignals signals)
    {
        using var session = new CodecSession(options, host, messages);
        switch (options.Mode)
        {
            case Mode.Help:
                host.Output.Write(Encoding.UTF8.GetBytes(HelpText.Render()));
                host.Output.Flush();
                return ExitCode.Ok;
            case Mode.Version:
                VersionJob.Run(host, session);
                return ExitCode.Ok;
            case Mode.List:
                using (var list = new ListJob(options, host))
                {
                    var code = RunEach(options, list.Run, messages, signals);
                    list.Finish();
                    return code;
                }

            case Mode.Join:
                new JoinJob(options, host, messages, signals.Token).Run();
                return ExitCode.Ok;
            default:
                return Transcode(options, host, messages, session, signals);
        }
    }

    private static ExitCode Transcode(
        CommandLineOptions options, IHost host, Messages messages, CodecSession session, ISignals signals)
    {
        using var dictionary = options.Dictionary is { } file ? DictionaryFile.Read(file) : null;
        var transcoder = session.Transcoder(dictionary);
        if (options.Mode != Mode.Try)
        {
            var job = new TranscodeJob(options, host, messages, transcoder, signals.Token);
            return RunEach(options, job.Run, messages, signals);
        }

        var plain = dictionary is null ? null : session.Transcoder(null);
        using var trial = new TryJob(options, host, transcoder, plain, signals.Token);
        var code = RunEach(options, trial.Run, messages, signals);
        trial.Finish();
        return code;
    }

    private static bool EndsTheRun(Exception exception) =>
        exception is ClosedPipeException or OutputFailedException or OperationCanceledException;

    /// <summary>The file that a failure is about: where the model is at fault, its message names the file.</summary>
    private static string? Culprit(Exception exception, string? input) => exception switch
    {
        OutputFailedException => OutputFailedException.Name,
        EnvironmentException => null,
        FileException { Path: { } path } => path,
        _ => input,
    };

    /// <summary>Continues after a file that failed; the worst exit code counts.</summary>
    private static ExitCode RunEach(CommandLineOptions options, Action<string> job, Messages messages, ISignals signals)
    {
        var worst = ExitCode.Ok;
        var (failures, count) = (0, 0);
        foreach (var (file, problem) in new InputList(options).All())
        {
            signals.Token.ThrowIfCancellationRequested();
            count++;
            try
            {
                if (problem is not null)
                {
                    throw problem;
                }

                job(file);
            }
            catch (Exception exception) when (!EndsTheRun(exception))
            {
                var failure = Failure.From(exception);
                var input = file == CommandLineOptions.Standard ? "standard input" : file;
                messages.Error(Culprit(exception, input), failure, exception);
                worst = (ExitCode)Math.Max((int)worst, (int)failure.Code);
                failures++;
            }
        }

        if (failures > 0 && count > 1)
        {
            messages.Summary($"{failures} of {count} files failed");
        }

        return worst;
    }
}
