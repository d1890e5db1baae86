using NacrithOnnx.Export.Weights;

namespace NacrithOnnx.Train.Tests.Support;

/// <summary>The obvious twin of the model: 64-bit, one number after another.</summary>
internal sealed class SlowLlama(IWeightSource source)
{
    private ModelShape Shape => source.Shape;

    /// <summary>Sum of the cross entropies of tokens behind the start token, in nats.</summary>
    public double Loss(int[] tokens)
    {
        var embedding = source.Read(LlamaTensors.Embedding);
        var entering = tokens.Prepend(Shape.StartToken).SkipLast(1).ToArray();
        double[][] rows = [.. entering.Select(token => Row(embedding, token))];
        for (var layer = 0; layer < Shape.Layers; layer++)
        {
            rows = Layer(layer, rows);
        }

        var gain = source.Read(LlamaTensors.Norm);
        return rows.Select((row, i) => CrossEntropy(Product(embedding, Norm(row, gain)), tokens[i])).Sum();
    }

    private double[][] Layer(int layer, double[][] rows)
    {
        float[] Read(string part) => source.Read(LlamaTensors.Layer(layer, part));
        double[][] normed = [.. rows.Select(row => Norm(row, Read(LlamaTensors.AttentionNorm)))];
        double[][] queries = [.. normed.Select((row, i) => Turn(Product(Read(LlamaTensors.Query), row), i))];
        double[][] keys = [.. normed.Select((row, i) => Turn(Product(Read(LlamaTensors.Key), row), i))];
        double[][] values = [.. normed.Select(row => Product(Read(LlamaTensors.Value), row))];
        rows = [.. rows.Select((row, i) => Add(row, Product(Read(LlamaTensors.Output), Attend(queries[i], keys, values, i))))];
        return [.. rows.Select(row => Add(row, FeedForward(layer, Norm(row, Read(LlamaTensors.MlpNorm)))))];
    }

    private double[] FeedForward(int layer, double[] row)
    {
        var gates = Product(source.Read(LlamaTensors.Layer(layer, LlamaTensors.Gate)), row);
        var ups = Product(source.Read(LlamaTensors.Layer(layer, LlamaTensors.Up)), row);
        return Product(
            source.Read(LlamaTensors.Layer(layer, LlamaTensors.Down)),
            [.. gates.Select((gate, i) => gate / (1 + Math.Exp(-gate)) * ups[i])]);
    }

    private double[] Attend(double[] queries, double[][] keys, double[][] values, int position)
    {
        var size = Shape.HeadDimension;
        var result = new double[queries.Length];
        for (var head = 0; head < Shape.Heads; head++)
        {
            var shared = head / (Shape.Heads / Shape.KeyValueHeads) * size;
            double[] weights = [.. Enumerable.Range(0, position + 1).Select(earlier => Math.Exp(
                Enumerable.Range(0, size).Sum(i => queries[(head * size) + i] * keys[earlier][shared + i]) / Math.Sqrt(size)))];
            for (var i = 0; i < size; i++)
            {
                result[(head * size) + i] =
                    weights.Select((weight, earlier) => weight * values[earlier][shared + i]).Sum() / weights.Sum();
            }
        }

        return result;
    }

    private double[] Turn(double[] heads, int position)
    {
        var half = Shape.HeadDimension / 2;
        var result = new double[heads.Length];
        for (var i = 0; i < heads.Length; i++)
        {
            var place = i % Shape.HeadDimension;
            var angle = position * Math.Pow(Shape.RopeTheta, -(double)(place % half) / half);
            var other = place < half ? -heads[i + half] : heads[i - half];
            result[i] = (heads[i] * Math.Cos(angle)) + (other * Math.Sin(angle));
        }

        return result;
    }

    private double[] Norm(double[] row, float[] gain)
    {
        var root = Math.Sqrt(row.Average(value => value * value) + Shape.RmsEpsilon);
        return [.. row.Select((value, i) => value / root * gain[i])];
    }

    private static double[] Product(float[] matrix, double[] row) =>
        [.. matrix.Chunk(row.Length).Select(output => output.Select((weight, i) => weight * row[i]).Sum())];

    private static double[] Add(double[] a, double[] b) => [.. a.Select((value, i) => value + b[i])];

    private static double[] Row(float[] matrix, int index, int width) =>
        [.. matrix.AsSpan(index * width, width).ToArray().Select(value => (double)value)];

    private double[] Row(float[] matrix, int index) => Row(matrix, index, Shape.Hidden);

    private static double CrossEntropy(double[] logits, int target) =>
        Math.Log(logits.Sum(logit => Math.Exp(logit - logits[target])));
}
