using FastRnn.Testing;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>The equations in double precision as a function of all numbers of an experiment, and a part of these numbers with a
/// name.</summary>
internal sealed class GradientOracle : IOracle
{
    private readonly Experiment experiment;
    private readonly Func<ReferenceResult, double> loss;

    public GradientOracle(Experiment experiment, Func<ReferenceResult, double> loss)
    {
        (this.experiment, this.loss) = (experiment, loss);
        var at = 0;
        void Add(string name, int count)
        {
            if (count > 0)
                Tensors.Add((name, at, count));
            at += count;
        }

        var info = experiment.Info;
        Add("embedding", info.EmbeddingParameters);
        for (var l = 0; l < info.Layers.Count; l++)
        {
            foreach (var parameter in info.Layers[l].Parameters)
                Add($"{parameter.Name} of layer {l} ({info.Layers[l].Cell})", parameter.Count);
        }

        Add("x", experiment.X.Length);
        for (var l = 0; l < info.Layers.Count; l++)
        {
            for (var s = 0; s < experiment.States[l].Length; s++)
                Add($"initial {info.Layers[l].States[s].Name} of layer {l} ({info.Layers[l].Cell})", experiment.States[l][s].Length);
        }

        Point = [.. experiment.Parameters, .. experiment.X, .. experiment.States.SelectMany(layer => layer.SelectMany(state => state))];
    }

    /// <inheritdoc/>
    public List<(string Name, int Offset, int Count)> Tensors { get; } = [];

    /// <inheritdoc/>
    public double[] Point { get; }

    /// <summary>The loss whose gradients are those that the experiment starts from: <c>sum(dY Y)</c> and the same of the last
    /// states.</summary>
    public static GradientOracle OfLinearLoss(Experiment experiment)
    {
        var info = experiment.Info;
        var dOutput = Rows(experiment.DOutput, experiment.Steps, experiment.Batch);
        var dStates = experiment.DStates.Select(layer => layer.Select(state => Rows(state, 1, experiment.Batch)[0]).ToArray()).ToArray();
        return new GradientOracle(experiment, result => ReferenceLoss.Linear(result.Outputs, dOutput)
            + Enumerable.Range(0, info.Layers.Count)
                .Where(l => info.Layers[l].IsRecurrent).Sum(l => ReferenceLoss.Linear(result.States[l], dStates[l])));
    }

    /// <inheritdoc/>
    public double Loss(double[] point) => loss(Run(point));

    /// <summary>The outputs at a point.</summary>
    public ReferenceResult Run(double[] point)
    {
        var info = experiment.Info;
        var model = new ReferenceModel(info, point.AsSpan(0, info.ParameterCount));
        var states = ReferenceModel.ZeroStates(info, experiment.Batch);
        var at = info.ParameterCount + experiment.X.Length;
        for (var l = 0; l < states.Length; l++)
        {
            for (var s = 0; s < experiment.States[l].Length; s++)
            {
                foreach (var row in states[l][s])
                {
                    point.AsSpan(at, row.Length).CopyTo(row);
                    at += row.Length;
                }
            }
        }

        return experiment.ReadsTokens
            ? model.Run(experiment.Tokens, experiment.Batch, states)
            : model.Run(Rows(point.AsSpan(info.ParameterCount, experiment.X.Length), experiment.Steps, experiment.Batch), states);
    }

    /// <summary><c>[T, B, ...]</c> as arrays.</summary>
    public static double[][][] Rows(ReadOnlySpan<double> values, int steps, int batch)
    {
        var size = values.Length / steps / batch;
        var rows = new double[steps][][];
        for (var t = 0; t < steps; t++)
        {
            rows[t] = new double[batch][];
            for (var row = 0; row < batch; row++)
                rows[t][row] = values.Slice((t * batch + row) * size, size).ToArray();
        }

        return rows;
    }

    public static double[][][] Rows(float[] values, int steps, int batch) =>
        Rows(Array.ConvertAll(values, value => (double)value), steps, batch);
}
