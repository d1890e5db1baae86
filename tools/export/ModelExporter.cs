using System.Security.Cryptography;
using NacrithOnnx.Export.Weights;
using NacrithOnnx.Format;
using NacrithOnnx.Runtime.Files;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Model;
using NacrithOnnx.Runtime.Onnx;
using NacrithOnnx.Runtime.Onnx.CustomOps;
using NacrithOnnx.Runtime.Tokenize;

namespace NacrithOnnx.Export;

/// <summary>
/// Turns trained weights and a tokenizer into a model folder. The same input gives the same bytes everywhere.
/// </summary>
/// <param name="name">What people call the model; its weight files begin with it.</param>
/// <param name="source">Its weights.</param>
/// <param name="tokenizerJson">Hugging Face's tokenizer.json.</param>
/// <param name="log">Takes the progress.</param>
internal sealed class ModelExporter(string name, IWeightSource source, byte[] tokenizerJson, TextWriter log)
{
    private const string CalibrationPrefix = "weights";
    private const string TokenizerFileName = "tokenizer.bin";
    private const string SelfTestFileName = "selftest.onnx";

    /// <summary>Writes the folder, replacing files of the same names.</summary>
    public void Export(string folder)
    {
        var tokenizer = TokenizerConverter.Convert(tokenizerJson);
        var start = Tokenizer.Load(tokenizer).StartToken;
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, TokenizerFileName), tokenizer);
        File.WriteAllBytes(Path.Combine(folder, SelfTestFileName), SelfTestGraph.Write());
        var quantizer = new ModelQuantizer(source, start);
        var statistics = Calibrate(quantizer);
        log.WriteLine("rounding weights");
        var model = quantizer.Quantize(statistics);
        var graphs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var data = new ExternalDataWriter(folder, name);
        var store = new WeightStore(data);
        foreach (var plan in (PartsPlan[])[PartsPlan.Fast, PartsPlan.Precise])
        {
            graphs[plan.Id] = $"model.{plan.Id}.onnx";
            File.WriteAllBytes(Path.Combine(folder, graphs[plan.Id]), ModelGraph.Write(model, plan, store));
        }

        data.Dispose();
        string[] files = [.. graphs.Values, .. data.Files, TokenizerFileName, SelfTestFileName];
        var manifest = new ModelManifest(
            name, ExactArithmetic.Id, model.Shape, graphs, data.Files, TokenizerFileName, SelfTestFileName,
            files.ToDictionary(file => file, file => Hash(Path.Combine(folder, file))), Sources());
        File.WriteAllBytes(Path.Combine(folder, ModelManifest.FileName), manifest.ToJson());
        log.WriteLine($"wrote {folder}: {string.Join(", ", files)}, {ModelManifest.FileName}");
    }

    private static Sha256Digest Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Sha256Digest.FromBytes(SHA256.HashData(stream));
    }

    /// <summary>Runs the model with unsmoothed weights on text that it generates, to measure the activations.</summary>
    private ModelStatistics Calibrate(ModelQuantizer quantizer)
    {
        var folder = Directory.CreateTempSubdirectory("nacrith-export-");
        try
        {
            log.WriteLine("calibrating");
            var plain = quantizer.Quantize();
            var path = Path.Combine(folder.FullName, "model.onnx");
            var show = Path.Combine(folder.FullName, "activations.onnx");
            using (var data = new ExternalDataWriter(folder.FullName, CalibrationPrefix))
            {
                var store = new WeightStore(data);
                File.WriteAllBytes(path, ModelGraph.Write(plain, PartsPlan.Precise, store));
                File.WriteAllBytes(show, ModelGraph.WriteForCalibration(plain, store));
            }

            using var model = new OnnxLanguageModel(
                FileSlice.Whole(path), plain.Shape, Environment.ProcessorCount, KernelSets.Best, wholeProducts: false);
            return new Calibrator(show, plain.Shape).Measure(CalibrationText.Sample(model));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private SortedDictionary<string, Sha256Digest> Sources()
    {
        var sources = new SortedDictionary<string, Sha256Digest>(StringComparer.Ordinal)
        {
            ["tokenizer.json"] = Sha256Digest.Compute(tokenizerJson),
        };
        foreach (var file in source.Hash())
        {
            sources[file.Name] = Sha256Digest.Parse(file.Sha256);
        }

        return sources;
    }
}
