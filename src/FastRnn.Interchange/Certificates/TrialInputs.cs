using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Running;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Certificates;

/// <summary>Inputs on which a file and a model are compared: random ones and extreme ones, in the file's names and layout. The same for
/// every
/// import of a file.</summary>
internal sealed class TrialInputs(Network network)
{
    private const long LargeNetwork = 2_000_000;

    private readonly Random random = new(20_260_829);
    private readonly Signature signature = network.Signature;

    /// <summary>All of them, with names.</summary>
    public IEnumerable<(string Name, IReadOnlyDictionary<string, Tensor> Inputs)> All()
    {
        // The file's own rules take a multiply-add of doubles for each number and position: a second for ten million numbers, ten times.
        if (network.Layers.Sum(Weights) > LargeNetwork)
        {
            yield return ("random 1", Make(2, 4, Normal));
            yield return ("one step", Make(1, 1, Normal));
            yield return ("extreme: 30 times larger", Make(1, 3, () => 30 * Normal()));
            yield break;
        }

        yield return ("random 1", Make(3, 7, Normal));
        yield return ("random 2", Make(1, 12, Normal));
        yield return ("random 3", Make(4, 5, Normal));
        yield return ("one step", Make(2, 1, Normal));
        yield return ("zeros", Make(2, 6, () => 0));
        yield return ("extreme: 30 times larger", Make(2, 8, () => 30 * Normal()));
        yield return ("extreme: a thousandth", Make(2, 8, () => 1e-3 * Normal()));
    }

    /// <summary>Inputs of zeros, all sequences whole.</summary>
    public static Dictionary<string, Tensor> Zeros(Network network, int batch, int steps) =>
        new TrialInputs(network).Make(batch, steps, () => 0, isWhole: true);

    private static long Weights(NetworkLayer layer) => layer switch
    {
        RecurrentLayer recurrent => recurrent.Directions.Sum(d => d.Gates.Sum(g => (long)g.Input.Count + g.Recurrent.Count)),
        DenseLayer dense => dense.Weight.Count,
        _ => 0,
    };

    private Dictionary<string, Tensor> Make(int batch, int steps, Func<double> draw, bool isWhole = false)
    {
        batch = signature.Batch ?? batch;
        steps = signature.Steps ?? steps;
        var inputs = new Dictionary<string, Tensor>();
        var isTokens = network.InputSize == 0;
        var mask = signature.MaskToken ?? signature.MaskValue;
        var (next, type) = isTokens ? ((Func<double>)Token, ElementType.Int64) : (draw, ElementType.Float32);
        Add(signature.Input.Name, signature.Input.Axes, batch, steps, network.InputSize, 1, next, type);
        if (mask is { } masked && steps > 1 && !isWhole)
            Mask(inputs[signature.Input.Name], masked);
        if (signature.Lengths is { } lengths)
        {
            var values = Enumerable.Range(0, batch).Select(b => (double)(steps - (b * steps / (batch + 1)))).ToArray();
            // A sequence without a step gives its first states back; pooled, it gives nothing.
            if (batch > 2 && signature.Output.Axes.Contains(Axis.Time))
                values[batch - 1] = 0;
            if (isWhole)
                Array.Fill(values, steps);
            random.Shuffle(values);
            inputs[lengths.Name] = new Tensor([batch], values, ElementType.Int64);
        }

        foreach (var port in signature.FirstStates)
        {
            var slice = port.Slices[0];
            var layer = network.Recurrent[slice.Layer];
            var size = slice.IsCell ? layer.HiddenSize : layer.Directions[0].Projection?.Rows ?? layer.HiddenSize;
            Add(port.Name, port.Axes, batch, 1, size, port.Slices.Count, () => Math.Tanh(Normal()), ElementType.Float32);
        }

        return inputs;

        void Add(string name, IReadOnlyList<Axis> axes, int b, int t, int feature, int slices, Func<double> next, ElementType type)
        {
            int[] shape =
            [
                .. axes.Select(a => a switch
                {
                    Axis.Batch => b,
                    Axis.Time => t,
                    Axis.Feature => feature,
                    Axis.Slice => slices,
                    _ => 1,
                }),
            ];
            var tensor = new Tensor(shape, type);
            for (var i = 0; i < tensor.Count; i++)
                tensor.Values[i] = next();
            inputs[name] = tensor;
        }
    }

    // About a third of the steps, all numbers of each: in front, between and at the end.
    private void Mask(Tensor tensor, double value)
    {
        var axes = PortAxes.Of(signature.Input.Name, signature.Input.Axes, tensor);
        for (var b = 0; b < axes.Size(Axis.Batch); b++)
        {
            for (var t = 0; t < axes.Size(Axis.Time); t++)
            {
                if (random.Next(3) > 0)
                    continue;
                for (var k = 0; k < axes.Size(Axis.Feature); k++)
                    tensor.Values[axes.Index(b, t, k)] = value;
            }
        }
    }

    private double Token() => random.Next(((EmbeddingLayer)network.Layers[0]).Table.Rows);

    // Single precision, so that both sides read the same numbers.
    private double Normal()
    {
        var (u, v) = (1 - random.NextDouble(), random.NextDouble());
        return (float)(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v));
    }
}
