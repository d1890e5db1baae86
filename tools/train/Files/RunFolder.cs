using System.Globalization;
using NacrithOnnx.Format;

namespace NacrithOnnx.Train.Files;

/// <summary>The folder of a run: its checkpoints, and the process that works in it.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string CheckpointPrefix = "checkpoint-";
    private const string UnfinishedPrefix = ".unfinished-";

    /// <summary>Number of the process, for <c>kill -TERM</c>. Locked while it runs, so that no second one works here.</summary>
    private const string PidName = "pid";

    private readonly string _path;
    private readonly int _kept;
    private readonly FileStream _pid;

    /// <summary>Opens or creates a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="kept">Checkpoints that are kept.</param>
    /// <exception cref="EnvironmentException">Another process works in it.</exception>
    public RunFolder(string path, int kept)
    {
        _path = path;
        _kept = kept;
        Directory.CreateDirectory(path);
        try
        {
            _pid = new FileStream(Path.Combine(path, PidName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new EnvironmentException($"another process trains in {path}: {failure.Message}", failure);
        }

        _pid.SetLength(0);
        _pid.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
        _pid.Flush();
    }

    /// <summary>The checkpoint with the most tokens, or null where there is none.</summary>
    public string? Latest => Checkpoints().LastOrDefault();

    /// <summary>Adds a checkpoint, whole or not at all, and removes old ones.</summary>
    /// <param name="tokens">Tokens learned: its number.</param>
    /// <param name="write">Writes its files into a folder.</param>
    public void Add(long tokens, Action<string> write)
    {
        // Twelve digits, so that the order of names is that of numbers.
        var name = tokens.ToString("d12", CultureInfo.InvariantCulture);
        var unfinished = Path.Combine(_path, UnfinishedPrefix + name);
        Remove(unfinished);
        Directory.CreateDirectory(unfinished);
        write(unfinished);
        var final = Path.Combine(_path, CheckpointPrefix + name);
        Remove(final);
        Directory.Move(unfinished, final);
        foreach (var old in Checkpoints().SkipLast(_kept))
        {
            Remove(old);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(Path.Combine(_path, PidName));
        _pid.Dispose();
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private IEnumerable<string> Checkpoints() =>
        Directory.GetDirectories(_path, CheckpointPrefix + "*").Order(StringComparer.Ordinal);
}
