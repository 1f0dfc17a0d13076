using FastRnn.CompilerServices;
using FastRnn.Diagnostics;

namespace FastRnn.Cli.GradientFlow;

/// <summary>Gates and neurons of an inspector that has read a text, one character a step.</summary>
internal sealed class TextReading<TModel>(Inspector<TModel> inspector, string text)
    where TModel : class, IModel<TModel>
{
    private const int GateCharacters = 72;
    private const int NeuronCharacters = 900;
    private const int UnitsOfGate = 6;
    private const int MostNeurons = 4;

    /// <summary>Below this nobody would see it.</summary>
    private const double LeastCorrelation = 0.3;

    public string GateText => text[..Math.Min(GateCharacters, text.Length)];

    /// <summary>Whole lines, if there are any.</summary>
    public string NeuronText => text.Length <= NeuronCharacters ? text
        : text[..(text.LastIndexOf('\n', NeuronCharacters - 1, NeuronCharacters / 2) is >= 0 and var end ? end + 1 : NeuronCharacters)];

    /// <summary>The units of each gate that move most while the shown text is read, of the first layer.</summary>
    public (int Layer, List<GateRow> Rows) GateRows()
    {
        var layer = Enumerable.Range(0, TModel.Info.Layers.Count).First(l => TModel.Info.Layers[l].IsRecurrent);
        var rows = new List<GateRow>();
        var all = Inspector<TModel>.Activations(layer);
        foreach (var activation in all.Any(IsGate) ? all.Where(IsGate) : all)
        {
            var values = Read(activation.Size, (t, to) => inspector.GetActivation(layer, activation.Name, t, to), GateText.Length);
            var isSigned = activation.Function is ActivationFunction.Tanh or ActivationFunction.HardTanh;
            rows.AddRange(values
                .Select((unit, index) => (Unit: unit, Index: index))
                .OrderByDescending(u => Variance(u.Unit)).ThenBy(u => u.Index).Take(UnitsOfGate)
                .Select(u => new GateRow(
                    FormattableString.Invariant($"{activation.Name} [{u.Index}]"), [.. u.Unit.Select(v => isSigned ? (v + 1) / 2 : v)])));
        }

        return (layer, rows);
    }

    /// <summary>For each feature the unit that goes with it most closely, the closest first; then the one that the user named.</summary>
    public List<Neuron> Neurons((int Layer, int Unit)? named)
    {
        var units = AllUnits().ToList();
        var found = new List<Neuron>();
        foreach (var (feature, values) in TextFeatures.Of(text))
        {
            var best = units
                .Select(unit => (Unit: unit, Correlation: TextFeatures.Correlation(unit.Values, values)))
                .MaxBy(unit => Math.Abs(unit.Correlation));
            if (Math.Abs(best.Correlation) >= LeastCorrelation)
            {
                found.Add(Neuron(best.Unit, feature, best.Correlation));
            }
        }

        found = [.. found.OrderByDescending(n => Math.Abs(n.Correlation)).DistinctBy(n => (n.Layer, n.Unit)).Take(MostNeurons)];
        if (named is { } wanted)
        {
            found.Add(Neuron(units.Single(u => u.Layer == wanted.Layer && u.Unit == wanted.Unit), null, 0));
        }

        return found;
    }

    private Neuron Neuron((int Layer, string State, int Unit, double[] Values) unit, string? feature, double correlation)
    {
        var largest = unit.Values.Max(Math.Abs);
        return new Neuron(
            unit.Layer, unit.State, unit.Unit, feature, correlation,
            [.. unit.Values.Take(NeuronText.Length).Select(v => largest > 0 ? v / largest : 0)]);
    }

    /// <summary>The last state of each layer: an LSTM's c, the others' h.</summary>
    private IEnumerable<(int Layer, string State, int Unit, double[] Values)> AllUnits()
    {
        for (var l = 0; l < TModel.Info.Layers.Count; l++)
        {
            if (TModel.Info.Layers[l].IsRecurrent)
            {
                var (layer, last) = (l, TModel.Info.Layers[l].States.Count - 1);
                var state = TModel.Info.Layers[l].States[last];
                var values = Read(state.Size, (t, to) => inspector.GetState(layer, last, t + 1, to), text.Length);
                for (var unit = 0; unit < values.Length; unit++)
                {
                    yield return (l, state.Name, unit, values[unit]);
                }
            }
        }
    }

    private static double[][] Read(int units, Action<int, float[]> read, int steps)
    {
        var values = Enumerable.Range(0, units).Select(_ => new double[steps]).ToArray();
        var buffer = new float[units];
        for (var t = 0; t < steps; t++)
        {
            read(t, buffer);
            for (var unit = 0; unit < units; unit++)
            {
                values[unit][t] = buffer[unit];
            }
        }

        return values;
    }

    private static bool IsGate(ActivationInfo activation) =>
        activation.Function is ActivationFunction.Sigmoid or ActivationFunction.HardSigmoid;

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean));
    }
}
