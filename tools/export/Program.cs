using NacrithOnnx.Runtime.Predict;

namespace NacrithOnnx.Export;

internal static class Program
{
    private static float[] Unpermute(float[] w, int heads, int inputs)
    {
        var result = new float[w.Length];
        for (var h = 0; h < heads; h++)
        {
            for (var i = 0; i < 32; i++)
            {
                for (var k = 0; k < 2; k++)
                {
                    Array.Copy(w, ((h * 64) + (i * 2) + k) * inputs, result, ((h * 64) + (k * 32) + i) * inputs, inputs);
                }
            }
        }

        return result;
    }

    private static int Main(string[] args)
    {
        var g = new QuickGguf(args[0]);
        foreach (var m in g.Meta)
        {
            Console.WriteLine($"{m.Key} = {m.Value}");
        }

        var types = string.Join("\n", g.Describe().Take(14));
        Console.WriteLine(types);
        var shape = new ModelShape(30, 576, 9, 3, 64, 1536, 49152, 8192, 0);
        var layers = new QuantizedLayer[30];
        for (var l = 0; l < 30; l++)
        {
            float[] W(string n) => g.Read($"blk.{l}.{n}.weight");
            layers[l] = new QuantizedLayer(
                W("attn_norm"),
                MatrixQuantizer.Quantize([.. Unpermute(W("attn_q"), 9, 576), .. Unpermute(W("attn_k"), 3, 576), .. W("attn_v")], 576, default),
                MatrixQuantizer.Quantize(W("attn_output"), 576, default),
                W("ffn_norm"),
                MatrixQuantizer.Quantize([.. W("ffn_gate"), .. W("ffn_up")], 576, default),
                MatrixQuantizer.Quantize(W("ffn_down"), 1536, default));
        }

        var model = new QuantizedModel(shape, 1e-5, 100000, MatrixQuantizer.Quantize(g.Read("token_embd.weight"), 576, default), layers, g.Read("output_norm.weight"));
        Directory.CreateDirectory(args[1]);
        using (var data = new ExternalDataWriter(args[1], "weights"))
        {
            var store = new WeightStore(data);
            File.WriteAllBytes(Path.Combine(args[1], "model.fast.onnx"), ModelGraph.Write(model, PartsPlan.Fast, store));
            File.WriteAllBytes(Path.Combine(args[1], "model.precise.onnx"), ModelGraph.Write(model, PartsPlan.Precise, store));
        }

        return 0;
    }
}
