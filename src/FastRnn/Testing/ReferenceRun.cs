using FastRnn.CompilerServices;
using FastRnn.Operations;

namespace FastRnn.Testing;

/// <summary>One sequence through all layers of a model, in double precision.</summary>
/// <param name="graph">The model.</param>
/// <param name="sequence">At least one step.</param>
/// <param name="number">The sequence's place in its batch, by which its random numbers are drawn.</param>
/// <param name="draws">The random numbers of training; null for inference.</param>
/// <param name="first">States <c>[layer][state][...]</c> in place of those that the model declares; null leaves a layer its own.</param>
internal sealed class ReferenceRun(
    ReferenceGraph graph, ReferenceSequence sequence, int number, ReferenceDraws? draws, double[][]?[]? first)
{
    private readonly ModelInfo info = graph.Info;
    private readonly double[][][] values = new double[graph.Info.Layers.Count][][];
    private readonly double[][][] states = [.. graph.Info.Layers.Select(_ => Array.Empty<double[]>())];
    private readonly double[][][] attention = [.. graph.Info.Layers.Select(_ => Array.Empty<double[]>())];
    private readonly Dictionary<int, double[][]> inputs = new()
    {
        [LayerWiring.MainInput] = ReferenceInput.Main(graph.Info, graph.Embedding, sequence),
        [LayerWiring.SourceInput] = ReferenceInput.Source(graph.Info, graph.Embedding, sequence),
        [LayerWiring.ConditionInput] = ReferenceInput.Condition(graph.Info, sequence),
    };

    /// <summary>What comes out.</summary>
    public ReferenceSequenceResult Run()
    {
        // Where a layer reads a later one, a step late, a step of all layers between them comes before the next step of any.
        var (begin, end) = Enumerable.Range(0, values.Length).Select(l => (Begin: l, End: info.Layers[l].Wiring.Sources.Max()))
            .FirstOrDefault(pair => pair.End > pair.Begin, (Begin: -1, End: -1));
        int[] loop = [.. Enumerable.Range(0, values.Length)
            .Where(l => l >= begin && l <= end && info.Layers[l].Wiring.Domain == TimeDomain.Main)];
        for (var l = 0; l < values.Length; l++)
        {
            if (!loop.Contains(l))
            {
                Begin(l);
                values[l] = Steps(l, Whole, 0);
                Check(l);
            }

            if (l == end)
            {
                Loop(loop);
            }
        }

        return new ReferenceSequenceResult(values, states, attention, ReferenceLoss.Normalized(info, [values[^1]])?[0]);
    }

    private void Loop(int[] layers)
    {
        foreach (var l in layers)
        {
            Begin(l);
            values[l] = [];
        }

        var steps = Whole(info.Layers[layers[0]].Wiring.Sources[0]).Length;
        for (var t = 0; t < steps; t++)
        {
            foreach (var l in layers)
            {
                values[l] = [.. values[l], .. Steps(l, source => Step(l, source, t), t)];
            }
        }

        Array.ForEach(layers, Check);
    }

    private double[][] Whole(int source) => source < 0 ? inputs[source] : values[source];

    /// <summary>What a layer of the loop reads in a step.</summary>
    private double[][] Step(int layer, int source, int t)
    {
        var isMain = source < 0 ? source == LayerWiring.MainInput : info.Layers[source].Wiring.Domain == TimeDomain.Main;
        return !isMain ? Whole(source)
            : source <= layer ? [Whole(source)[t]]
            : [t == 0 ? new double[info.Layers[source].OutputSize] : values[source][t - 1]];
    }

    private void Begin(int l)
    {
        var layer = info.Layers[l];
        if (layer.IsRecurrent)
        {
            states[l] = first?[l]
                ?? ReferenceStart.Of(layer, l, number, layer.Wiring.Starts, graph.ParametersOf(l), values, states, draws);
        }
    }

    /// <summary>The steps of a layer that follow from what it reads, from a step of the sequence on.</summary>
    private double[][] Steps(int l, Func<int, double[][]> read, int firstStep)
    {
        var layer = info.Layers[l];
        double[][][] sources = [.. layer.Wiring.Sources.Select(read)];
        if (LayerOperator.Of(layer.Wiring.Operation) is not { } operation)
        {
            return Steps(l, sources[0], firstStep);
        }

        var step =
            new ReferenceStep(layer, l, number, sources, graph.ParametersOf(l), sequence.SourceTokens, draws) { FirstStep = firstStep };
        var outputs = operation.Reference(step);
        attention[l] = [.. attention[l], .. step.Attention];
        return outputs;
    }

    /// <summary>Those of a cell. The states become the last ones; a dense layer has none and gets none.</summary>
    private double[][] Steps(int l, double[][] rows, int firstStep)
    {
        var (layer, outputs) = (info.Layers[l], new double[rows.Length][]);
        var starts = layer.Wiring.Starts;
        int[] held = [.. Enumerable.Range(0, starts.Count).Where(s => starts[s].Kind == StartKind.Zoneout)];
        for (var t = 0; t < rows.Length; t++)
        {
            foreach (var s in held)
            {
                states[l][s] =
                [
                    .. Enumerable.Range(0, layer.States[s].Size)
                        .Select(unit => draws?.Held(l, number, firstStep + t, s, unit) ?? starts[s].Value),
                ];
            }

            var next = graph.CellOf(l)!.Step(rows[t], [.. states[l]]);
            next.AsSpan(0, states[l].Length).CopyTo(states[l]);
            outputs[t] = next[0];
        }

        return outputs;
    }

    private void Check(int l) =>
        ReferenceShape.Expect(values[l].Min(y => y.Length), info.Layers[l].OutputSize, $"Layer {l} of {info.Name}", "outputs");
}
