using System.Globalization;
using NacrithOnnx;
using NacrithOnnx.Payloads;

// Sizes of files with each coder alone and of their archives, compared with xz and zstd: see docs/segmentation.md.
switch (args)
{
    case ["generate", var folder]:
        foreach (var (set, name, content) in Samples.All())
        {
            Directory.CreateDirectory(Path.Combine(folder, set));
            File.WriteAllBytes(Path.Combine(folder, set, name), content);
        }

        return 0;
    case ["bytes", .. var files]:
        Report(files, null);
        return 0;
    case ["model", var folder, .. var files]:
        using (var model = new ModelCoder(folder))
        {
            Report(files, model);
        }

        return 0;
    case ["archives", var folder, .. var files]:
        using (var codec = new NacrithCodec(new CodecSettings(folder)))
        {
            var table = new ArchiveTable(codec);
            Array.ForEach(files, table.Add);
            table.Print();
        }

        return 0;
    case ["frame", var folder, .. var files]:
        using (var model = new ModelCoder(folder))
        {
            foreach (var file in files)
            {
                Console.WriteLine(model.Frame(file));
            }
        }

        return 0;
    default:
        Console.Error.WriteLine("payloads generate FOLDER | payloads bytes FILE... | payloads model|archives|frame MODEL-FOLDER FILE...");
        return 1;
}

static void Report(string[] files, ModelCoder? model)
{
    Console.WriteLine("file\tlength\txz\tzstd\tbytes\tmodel\ttokens");
    foreach (var file in files)
    {
        var content = File.ReadAllBytes(file);
        var (text, tokens) = model?.Measure(content) ?? (0, 0);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)}\t{content.Length}\t{Filter.Length("xz", "-9e", file)}\t"
            + $"{Filter.Length("zstd", "--ultra -22", file)}\t{NacrithOnnx.Runtime.Bytes.ByteCoder.Compress(content, NacrithOnnx.Runtime.Bytes.ByteCoderSettings.Default).Length}\t{text}\t{tokens}"));
    }
}
