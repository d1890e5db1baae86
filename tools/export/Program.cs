using NacrithOnnx.Export.Weights;
using NacrithOnnx.Runtime.Kernels;
using NacrithOnnx.Runtime.Onnx;

namespace NacrithOnnx.Export;

internal static class Program
{
    private static void Save(QuantizedModel model, string folder, bool calibration)
    {
        Directory.CreateDirectory(folder);
        using var data = new ExternalDataWriter(folder, "weights");
        var store = new WeightStore(data);
        if (calibration)
        {
            File.WriteAllBytes(Path.Combine(folder, "model.precise.onnx"), ModelGraph.Write(model, PartsPlan.Precise, store));
            File.WriteAllBytes(Path.Combine(folder, "model.show.onnx"), ModelGraph.WriteForCalibration(model, store));
            return;
        }

        File.WriteAllBytes(Path.Combine(folder, "model.fast.onnx"), ModelGraph.Write(model, PartsPlan.Fast, store));
        File.WriteAllBytes(Path.Combine(folder, "model.precise.onnx"), ModelGraph.Write(model, PartsPlan.Precise, store));
    }

    private static int Main(string[] args)
    {
        using var source = new GgufWeights(args[0]);
        var quantizer = new ModelQuantizer(source);
        var plain = quantizer.Quantize();
        var folder = args[1];
        Save(plain, folder + ".cal", true);
        int[] texts;
        using (var model = new OnnxLanguageModel(Path.Combine(folder + ".cal", "model.precise.onnx"), plain.Shape, 2, KernelSets.Best))
        {
            texts = CalibrationText.Sample(model);
        }

        var statistics = new Calibrator(Path.Combine(folder + ".cal", "model.show.onnx"), plain.Shape).Measure(texts);
        Save(quantizer.Quantize(statistics), folder, false);
        return 0;
    }
}
