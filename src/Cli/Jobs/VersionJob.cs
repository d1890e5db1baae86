using System.Reflection;
using NacrithOnnx.Cli.Host;
using NacrithOnnx.Format;

namespace NacrithOnnx.Cli.Jobs;

/// <summary>
/// Prints what decides whether two machines can exchange archives. A missing model is shown, not an error: the version
/// is asked for most when something is missing.
/// </summary>
internal static class VersionJob
{
    /// <summary>Version of the program.</summary>
    public static string Version => typeof(VersionJob).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static void Run(IHost host, CodecSession session)
    {
        using var text = new StreamWriter(host.Output, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine($"nacrith {Version}");
        text.WriteLine($"format       {FormatConstants.MajorVersion}.{FormatConstants.MinorVersion}");
        try
        {
            var identity = session.Open().Identity;
            text.WriteLine($"model        {Messages.Printable(identity.ModelName)}, {identity.ModelSha256}");
            text.WriteLine($"arithmetic   {identity.ArithmeticId}");
            if (identity.Precise is { } precise)
            {
                text.WriteLine($"level 9      {precise.ModelSha256}, {precise.ArithmeticId}");
            }

            text.WriteLine($"ONNX Runtime {identity.OnnxRuntimeVersion}, {identity.Provider}");
            text.WriteLine($"model folder {Messages.Printable(session.ModelFolder!)}");
        }
        catch (EnvironmentException problem)
        {
            text.WriteLine($"model        none: {Messages.Printable(problem.Message)}");
        }
    }
}
