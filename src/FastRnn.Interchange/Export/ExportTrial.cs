using FastRnn.CompilerServices;
using FastRnn.Interchange.Running;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Export;

/// <summary>Random inputs of a model, as the model and as its exported file read them.</summary>
internal sealed class ExportTrial
{
    private readonly ModelInfo info;
    private readonly OnnxExportOptions options;
    private readonly int batch;
    private readonly int steps;
    private readonly IReadOnlyList<RecurrentGroup> groups;

    public ExportTrial(ModelInfo info, OnnxExportOptions options, Random random, int batch, int steps)
    {
        (this.info, this.options, this.batch, this.steps) = (info, options, batch, steps);
        groups = [.. RecurrentGroup.Of(info).Values.Distinct()];
        var (isMixed, perStep) = (info.Input == InputKind.Mixed, info.TokenCount);
        int[] vocabularies = [.. info.Inputs.Where(input => input.Kind != InputKind.Vector).Select(input => input.Vocabulary)];
        var x = new double[batch * steps * info.VectorSize];
        for (var i = 0; i < x.Length; i++)
            x[i] = (float)((4 * random.NextDouble()) - 2);
        var tokens = new double[batch * steps * perStep];
        for (var i = 0; i < tokens.Length; i++)
            tokens[i] = random.Next(vocabularies[i % perStep]);
        var first = new Dictionary<(int Layer, int State), float[]>();
        Inputs = [];
        if (x.Length > 0)
            Inputs["x"] = new([.. Shape(), info.VectorSize], Laid(x, info.VectorSize));
        if (tokens.Length > 0)
            Inputs["tokens"] = new(isMixed ? [.. Shape(), perStep] : Shape(), Laid(tokens, perStep), ElementType.Int64);
        foreach (var group in options.States ? groups : [])
        {
            for (var state = 0; state < group.States.Count; state++)
            {
                var values = new double[group.Layers.Count * batch * group.States[state].Size];
                for (var i = 0; i < values.Length; i++)
                    values[i] = (float)((2 * random.NextDouble()) - 1);
                Inputs[StateNodes.FirstName(group, state)] =
                    new([group.Layers.Count, batch, group.States[state].Size], values);
                var count = values.Length / group.Layers.Count;
                for (var side = 0; side < group.Layers.Count; side++)
                    first[(group.Numbers[side], state)] = [.. values.Skip(side * count).Take(count).Select(v => (float)v)];
            }
        }

        Batch = new(
            [.. Enumerable.Repeat(steps, batch)], [.. x.Select(v => (float)v)], [.. tokens.Select(v => (int)v)], first, options.States);
    }

    /// <summary>By the file's names.</summary>
    public Dictionary<string, Tensor> Inputs { get; }

    /// <summary>One sequence behind the other.</summary>
    public RunBatch Batch { get; }

    /// <summary>What the model put out, by the file's names and in its layout.</summary>
    public Dictionary<string, Tensor> Outputs(RunResult result)
    {
        double[] y = [.. result.Y.Select(v => (double)v)];
        var outputs = new Dictionary<string, Tensor>
        {
            ["y"] = info.OutputDomain == TimeDomain.Single
                ? new([batch, info.OutputSize], y)
                : new([.. Shape(), info.OutputSize], Laid(y, info.OutputSize)),
        };
        foreach (var group in options.States ? groups : [])
        {
            for (var state = 0; state < group.States.Count; state++)
            {
                outputs[StateNodes.FinalName(group, state)] = new(
                    [group.Layers.Count, batch, group.States[state].Size],
                    [.. group.Numbers.SelectMany(n => result.LastStates[(n, state)]).Select(v => (double)v)]);
            }
        }

        return outputs;
    }

    private int[] Shape() => options.BatchFirst ? [batch, steps] : [steps, batch];

    // From sequences one behind the other to the file's layout.
    private double[] Laid(double[] values, int width)
    {
        if (options.BatchFirst)
            return values;
        var laid = new double[values.Length];
        for (var b = 0; b < batch; b++)
        {
            for (var t = 0; t < steps; t++)
                values.AsSpan(((b * steps) + t) * width, width).CopyTo(laid.AsSpan(((t * batch) + b) * width));
        }

        return laid;
    }
}
