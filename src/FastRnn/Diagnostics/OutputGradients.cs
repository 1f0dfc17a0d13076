using FastRnn.CompilerServices;
using FastRnn.Testing;
using FastRnn.Training;

namespace FastRnn.Diagnostics;

/// <summary>A sum of all outputs and last states with random factors, without chance: as a function of the parameters, of an input of
/// vectors, and of the states of layers that begin with zeros, to which other numbers are given.</summary>
internal sealed class OutputGradients : GradientProblem
{
    private readonly List<(int Layer, int State, int Offset, int Size, float[] First, float[] DLast)> states = [];
    private readonly double[][][] dOutput;

    public OutputGradients(GradientBatch batch, ReadOnlySpan<float> parameters)
        : base(batch, parameters)
    {
        dOutput = GradientBatch.Rows(GradientBatch.Wide(batch.DOutput), batch.OutputLengths);
        var point = new List<double>(Point);
        if (batch.X.Length > 0)
        {
            Tensors.Add(new("input", point.Count, batch.X.Length));
            point.AddRange(GradientBatch.Wide(batch.X));
        }

        for (var l = 0; l < batch.Info.Layers.Count; l++)
        {
            var layer = batch.Info.Layers[l];
            foreach (var s in BeginningWithZeros(layer))
            {
                var size = layer.States[s].Size;
                var first = GradientBatch.Numbers(batch.DrawnFrom, batch.Count * size, 0.8f);
                states.Add((l, s, point.Count, size, first, GradientBatch.Numbers(batch.DrawnFrom, batch.Count * size, 1)));
                Tensors.Add(new($"first {layer.States[s].Name} of layer {l}", point.Count, first.Length));
                point.AddRange(GradientBatch.Wide(first));
            }
        }

        Point = [.. point];
    }

    public override string Of => "outputs";

    public override double Scale => Batch.DOutput.Length + states.Sum(state => state.First.Length);

    public override double Value(double[] point)
    {
        var (graph, value) = (Graph(point), 0.0);
        var sequences = Batch.Sequences(point.AsSpan(Batch.Info.ParameterCount, Batch.X.Length));
        for (var b = 0; b < sequences.Length; b++)
        {
            double[][]?[] first = new double[Batch.Info.Layers.Count][][];
            foreach (var state in states)
            {
                first[state.Layer] ??= new double[Batch.Info.Layers[state.Layer].States.Count][];
                first[state.Layer]![state.State] = point.AsSpan(state.Offset + (b * state.Size), state.Size).ToArray();
            }

            var result = graph.Run(sequences[b], b, null, first);
            value += ReferenceLoss.Linear([result.Outputs], [dOutput[b]]);
            foreach (var state in states)
            {
                var last = result.States[state.Layer][state.State];
                for (var i = 0; i < state.Size; i++)
                {
                    value += last[i] * state.DLast[(b * state.Size) + i];
                }
            }
        }

        return value;
    }

    public override float[] OfKernels<TModel>(TModel model)
    {
        using var bptt = new Bptt<TModel>(model, Batch.Options);
        foreach (var state in states)
        {
            bptt.SetState(state.Layer, state.State, state.First);
        }

        bptt.Forward(Batch.Input, new float[Batch.DOutput.Length]);
        foreach (var state in states)
        {
            bptt.SetStateGradient(state.Layer, state.State, state.DLast);
        }

        bptt.Backward(Batch.DOutput);
        var gradients = new float[Point.Length];
        bptt.Gradients.CopyTo(gradients);
        if (Batch.X.Length > 0)
        {
            var (info, dX) = (Batch.Info, new float[Batch.Lengths.Sum() * Batch.Info.InputSize]);
            bptt.GetInputGradient(dX);

            // Vectors may stand beside what was made of tokens.
            var vectors = Array.Find(InputPlace.Of(info), input => input.Kind == InputKind.Vector)!;
            for (var position = 0; position < Batch.Lengths.Sum(); position++)
            {
                dX.AsSpan((position * info.InputSize) + vectors.Offset, vectors.Size)
                    .CopyTo(gradients.AsSpan(info.ParameterCount + (position * vectors.Size)));
            }
        }

        foreach (var state in states)
        {
            bptt.GetStateGradient(state.Layer, state.State, gradients.AsSpan(state.Offset, state.First.Length));
        }

        return gradients;
    }

    /// <summary>The states of a layer all of which begin so; masks of a zoneout are none.</summary>
    private static IEnumerable<int> BeginningWithZeros(LayerInfo layer)
    {
        var starts = layer.Wiring.Starts;
        return layer.IsRecurrent && starts.All(start => start.Kind is StartKind.Zero or StartKind.Zoneout)
            ? Enumerable.Range(0, layer.States.Count).Where(s => s >= starts.Count || starts[s].Kind == StartKind.Zero) : [];
    }
}
