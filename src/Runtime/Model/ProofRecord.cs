namespace NacrithOnnx.Runtime.Model;

/// <summary>
/// Remembers in a file which devices have proved themselves, with what: a line each. Where it cannot be written, a device
/// proves itself again.
/// </summary>
/// <param name="path">The file; null to remember nothing.</param>
internal sealed class ProofRecord(string? path)
{
    public bool Contains(string proof)
    {
        try
        {
            return path is not null && File.Exists(path) && File.ReadLines(path).Contains(proof, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Add(string proof)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.AppendAllText(path, proof + "\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start proves it again.
        }
    }
}
