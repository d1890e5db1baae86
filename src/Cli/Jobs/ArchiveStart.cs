using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>Inspects the beginning of an input.</summary>
internal static class ArchiveStart
{
    /// <summary>Whether an input begins like an archive, damaged or not. The input is left where it was.</summary>
    public static bool IsArchive(ReplayStream input)
    {
        try
        {
            input.Record();
            using var reader = new ContainerReader(Armor.Open(input), ReaderLimits.Default, TrailingData.Refuse);
            return reader.TryReadArchive(out _);
        }
        catch (NotAnArchiveException)
        {
            return false;
        }
        catch (NacrithException)
        {
            // Still an archive; the decoder will report what is wrong.
            return true;
        }
        finally
        {
            input.Rewind();
        }
    }
}
