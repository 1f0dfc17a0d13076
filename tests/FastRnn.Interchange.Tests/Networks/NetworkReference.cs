using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Networks;

/// <summary>A network computed in double by plain loops over its weights, with inputs and outputs by the names and in the layout of its
/// signature: what a network means, said a second time. Masks are not part of it.</summary>
internal sealed class NetworkReference
{
    private readonly Network network;
    private readonly Dictionary<StateSlice, double[][]> first = [];
    private readonly Dictionary<StateSlice, double[][]> final = [];
    private readonly int[] lengths;
    private readonly double[][][] input;

    private NetworkReference(Network network, IReadOnlyDictionary<string, Tensor> inputs)
    {
        this.network = network;
        var signature = network.Signature;
        if (signature.MaskToken is not null || signature.MaskValue is not null)
            throw new NotSupportedException("masks");

        var x = inputs[signature.Input.Name];
        var (batch, steps) = (Ports.Size(x, signature.Input.Axes, Axis.Batch), Ports.Size(x, signature.Input.Axes, Axis.Time));
        Assert.Equal(signature.Batch ?? batch, batch);
        Assert.Equal(signature.Steps ?? steps, steps);
        input = Ports.Read(x, signature.Input.Axes, batch, steps, Math.Max(1, network.InputSize));
        lengths = signature.Lengths is { } port ? [.. inputs[port.Name].Values.Select(v => (int)v)] : [.. Enumerable.Repeat(steps, batch)];
        foreach (var state in signature.FirstStates)
        {
            for (var s = 0; s < state.Slices.Count; s++)
                first.Add(state.Slices[s], Ports.ReadState(inputs[state.Name], state, s, batch));
        }
    }

    /// <summary>Runs a network.</summary>
    public static Dictionary<string, Tensor> Run(Network network, IReadOnlyDictionary<string, Tensor> inputs) =>
        new NetworkReference(network, inputs).Run();

    /// <summary>A function of one number.</summary>
    public static double Apply(FunctionUse use, double x) => use.Kind switch
    {
        FunctionKind.Identity => x,
        FunctionKind.Sigmoid => 1 / (1 + Math.Exp(-x)),
        FunctionKind.Tanh => Math.Tanh(x),
        FunctionKind.Relu => Math.Max(0, x),
        FunctionKind.Affine => (use.Alpha * x) + use.Beta,
        FunctionKind.LeakyRelu => x >= 0 ? x : use.Alpha * x,
        FunctionKind.ThresholdedRelu => x > use.Alpha ? x : 0,
        FunctionKind.ScaledTanh => use.Alpha * Math.Tanh(use.Beta * x),
        FunctionKind.HardSigmoid => Math.Min(Math.Max((use.Alpha * x) + use.Beta, 0), 1),
        FunctionKind.Elu => x >= 0 ? x : use.Alpha * (Math.Exp(x) - 1),
        FunctionKind.Softsign => x / (1 + Math.Abs(x)),
        FunctionKind.Softplus => Math.Log(1 + Math.Exp(x)),
        FunctionKind.HardTanh => Math.Min(Math.Max(x, use.Alpha), use.Beta),
        FunctionKind.Exp => Math.Exp(x),
        FunctionKind.Silu => x / (1 + Math.Exp(-x)),
        FunctionKind.Selu => x >= 0 ? use.Beta * x : use.Beta * use.Alpha * (Math.Exp(x) - 1),
        _ => throw new NotSupportedException(use.Kind.ToString()),
    };

    private Dictionary<string, Tensor> Run()
    {
        var (data, skipped, before) = (input, input, default(NetworkLayer));
        var recurrent = 0;
        foreach (var layer in network.Layers)
        {
            data = layer switch
            {
                EmbeddingLayer embedding => Each(data, x => [.. Enumerable.Range(0, embedding.Table.Columns)
                    .Select(c => embedding.Table[(int)x[0], c])]),
                RecurrentLayer r => Recur(r, recurrent++, data),
                DenseLayer dense => Each(data, x => Dense(dense, x)),
                FunctionLayer function => Each(data, x => Array.ConvertAll(x, v => Apply(function.Function, v))),
                ScaleLayer scale => Each(data, x => Array.ConvertAll(x, v => v * scale.Factor)),
                SoftmaxLayer softmax => Each(data, x => Softmax(x, softmax.IsLog)),
                SkipLayer => [.. data.Select((sequence, b) => sequence.Select((y, t) => y.Select((v, i) => v + skipped[b][t][i]).ToArray())
                    .ToArray())],
                PoolLayer pool => Pool(pool.Pooling, before as RecurrentLayer, recurrent - 1, data),
                _ => throw new NotSupportedException(layer.ToString()),
            };
            if (layer is ScaleLayer && ReferenceEquals(data, skipped) is false && before is null)
                skipped = data;
            before = layer is ScaleLayer && before is null ? null : layer;
        }

        var signature = network.Signature;
        if (signature.OutputReversed)
            Array.ForEach(data, sequence => Array.Reverse(sequence));
        var outputs = new Dictionary<string, Tensor> { [signature.Output.Name] = Ports.Write(data, signature.Output.Axes) };
        foreach (var port in signature.FinalStates)
            outputs[port.Name] = Ports.WriteStates([.. port.Slices.Select(s => final[s])], port.Axes);
        return outputs;
    }

    private double[][][] Recur(RecurrentLayer layer, int index, double[][][] data)
    {
        var parts = layer.Directions.Select((direction, d) => RecurrentReference.Run(
            layer, direction, data, lengths, State(first, index, d, false), State(first, index, d, true))).ToArray();
        for (var d = 0; d < parts.Length; d++)
        {
            final[new StateSlice(index, d == 1, false)] = parts[d].Hidden;
            final[new StateSlice(index, d == 1, true)] = parts[d].Cell;
        }

        return parts.Length == 1 ? parts[0].Outputs : Merged(parts[0].Outputs, parts[1].Outputs, layer.Merge);
    }

    private double[][][] Pool(Pooling pooling, RecurrentLayer? recurrent, int index, double[][][] data)
    {
        if (pooling == Pooling.Last && recurrent is not null)
        {
            double[][][] ends = [.. recurrent.Directions.Select((_, d) => final[new StateSlice(index, d == 1, false)])];
            var forward = ends[0].Select(h => new[] { h }).ToArray();
            return ends.Length == 1 ? forward : Merged(forward, [.. ends[1].Select(h => new[] { h })], recurrent.Merge);
        }

        return [.. data.Select((sequence, b) => new[]
        {
            sequence[0].Select((_, i) => pooling switch
            {
                Pooling.Last => sequence[lengths[b] - 1][i],
                Pooling.Mean => sequence.Take(lengths[b]).Average(x => x[i]),
                _ => sequence.Take(lengths[b]).Max(x => x[i]),
            }).ToArray(),
        })];
    }

    private static double[][]? State(Dictionary<StateSlice, double[][]> states, int layer, int direction, bool isCell) =>
        states.GetValueOrDefault(new StateSlice(layer, direction == 1, isCell));

    private static double[][][] Each(double[][][] data, Func<double[], double[]> f) => [.. data.Select(s => s.Select(f).ToArray())];

    private static double[][][] Merged(double[][][] left, double[][][] right, Merge merge) =>
        [.. left.Select((sequence, b) => sequence.Select(
        (x, t) => merge == Merge.Sum ? x.Zip(right[b][t], (p, q) => p + q).ToArray() : [.. x, .. right[b][t]]).ToArray())];

    private static double[] Dense(DenseLayer dense, double[] x)
    {
        Assert.Equal(dense.Weight.Columns, x.Length);
        return [.. Enumerable.Range(0, dense.Weight.Rows).Select(o =>
            Apply(dense.Function, RecurrentReference.Product(dense.Weight, o, x) + dense.Bias.Sum(b => b[o])))];
    }

    private static double[] Softmax(double[] x, bool isLog)
    {
        var most = x.Max();
        var sum = x.Sum(v => Math.Exp(v - most));
        return Array.ConvertAll(x, v => isLog ? v - most - Math.Log(sum) : Math.Exp(v - most) / sum);
    }
}
