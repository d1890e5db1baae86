namespace NacrithOnnx.Release;

/// <summary>Makes what goes with the program into a release: build/publish.sh calls it.</summary>
internal static class Program
{
    private const string Usage =
        """
        usage: release manual FOLDER DATE             man pages nacrith.1 and ncxcat.1
               release completions FOLDER             completions for bash, zsh, fish and PowerShell
               release contents DEPS MANIFEST OUTPUT  bill of materials
               release pack PROGRAM OUTPUT FILE...    PROGRAM with files packed behind it; FILE.lz4 is
                                                      packed from FILE, as a library
        """;

    internal static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["manual", var folder, var date]:
                Write(folder, ManualPage.All(date));
                return 0;
            case ["completions", var folder]:
                Write(folder, Completions.All);
                return 0;
            case ["contents", var dependencies, var manifest, var output]:
                File.WriteAllText(output, Contents.List(dependencies, manifest));
                return 0;
            case ["pack", var program, var output, .. var files]:
                FilePacker.Pack(program, output, files);
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 1;
        }
    }

    private static void Write(string folder, IEnumerable<(string Name, string Text)> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}
