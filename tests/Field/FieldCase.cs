namespace NacrithOnnx.Tests.Field;

/// <summary>One situation of kinds that users of compressors report, and what must come of it.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Script">
/// For sh, in an empty folder. nacrith runs the program; $RUN is its name, where it must be a process of its own.
/// </param>
/// <param name="Code">Exit code of the script.</param>
/// <param name="Output">Standard output, exactly, with * for anything.</param>
/// <param name="Error">Standard error, likewise.</param>
/// <param name="Delay">Milliseconds that each 4 KiB take.</param>
public sealed record FieldCase(string Name, string Script, int Code = 0, string Output = "", string Error = "", int Delay = 0)
{
    public override string ToString() => Name;
}
