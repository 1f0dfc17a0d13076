using System.Globalization;

using FastRnn.CompilerServices;

namespace FastRnn.Interchange.Export;

/// <summary>A cell whose units training held by chance (zoneout, Krueger et al. 2016): outside of training a state is the mean of its old
/// and its new value by the declared probability, which is a few more operations at the end of a step.</summary>
internal static class ZoneoutEquations
{
    /// <summary>Whether a layer's states are such means, so that no ready-made layer of another tool computes it.</summary>
    public static bool AreNeeded(LayerInfo layer) => Held(layer).Count > 0;

    /// <summary>What tells two layers of one cell apart.</summary>
    public static string Key(LayerInfo layer) =>
        string.Concat(Held(layer).Select(s => FormattableString.Invariant($" zoneout {s.Index} {s.Value:R}")));

    /// <summary>One step of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="cell">One step of its cell as it was declared; null where that is not to be had.</param>
    public static CellEquations? Of(LayerInfo layer, CellEquations? cell)
    {
        if (cell is null || !AreNeeded(layer))
            return cell;
        var (operations, states) = (cell.Operations.ToList(), cell.NewStates.ToList());
        foreach (var start in Held(layer))
        {
            // As it was declared: 0.1 and not the double of the float next to it.
            var rate = double.Parse(start.Value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            var old = Add("State", start.Index, -1);
            var kept = Add("Multiply", Constant(rate), old);
            var taken = Add("Multiply", Constant(1 - rate), states[start.Index]);
            states[start.Index] = Add("Add", kept, taken);
        }

        return new(operations, states);

        int Constant(double value) => Add("Constant", -1, -1, value);

        int Add(string name, int a, int b, double value = 0)
        {
            operations.Add(new(name, "", a, b, value));
            return operations.Count - 1;
        }
    }

    private static List<StateStart> Held(LayerInfo layer) => [.. layer.Wiring.Starts.Where(s => s.Kind == StartKind.Zoneout)];
}
