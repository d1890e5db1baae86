namespace NacrithOnnx.Cli.Arguments;

/// <summary>
/// Defaults from the environment: level, threads, workers and device only. A variable that names files or disables checks would
/// let the environment decide what happens to data. A bad value is ignored with a warning.
/// </summary>
internal static class EnvironmentDefaults
{
    public const string Level = "NACRITH_LEVEL";

    public const string Threads = "NACRITH_THREADS";

    public const string Workers = "NACRITH_WORKERS";

    public const string Device = "NACRITH_DEVICE";

    /// <summary>Reads the variables.</summary>
    /// <param name="variable">Looks a variable up; null where it is not set.</param>
    /// <param name="warn">Takes a warning.</param>
    public static CommandLineOptions Read(Func<string, string?> variable, Action<string> warn)
    {
        var options = new CommandLineOptions();
        options = Apply(Level, value => options with { Level = FlagTable.ParseLevel(value) });
        options = Apply(Threads, value => options with { Threads = FlagTable.ParseThreads(value) });
        options = Apply(Workers, value => options with { Workers = FlagTable.ParseWorkers(value) });
        return Apply(Device, value => options with { Device = FlagTable.ParseDevice(value) });

        CommandLineOptions Apply(string name, Func<string, CommandLineOptions> apply)
        {
            var value = variable(name);
            if (string.IsNullOrEmpty(value))
            {
                return options;
            }

            try
            {
                return apply(value);
            }
            catch (UsageException problem)
            {
                warn($"{name} is ignored: {problem.Message}");
                return options;
            }
        }
    }
}
