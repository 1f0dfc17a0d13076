using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Declarations;

/// <summary>The names of a cell's fields, the same in the library's cells and in those that are written: <c>Wi</c>, <c>Ui</c>, <c>bi</c>,
/// <c>pi</c>; without the gate's letter in a cell of one gate; <c>cn</c> for a GRU's bias inside of the reset's bracket, <c>P</c> for a
/// projection.</summary>
internal static class CellFields
{
    /// <summary>The learned start of a state.</summary>
    public static string Initial(bool isCell) => isCell ? "initial_c" : "initial_h";

    /// <summary>What every parameter of a direction is made of.</summary>
    public static IEnumerable<(string Field, IReadOnlyList<WeightView> Parts)> Of(CellDialect dialect, RecurrentDirection direction)
    {
        foreach (var gate in Gates(dialect, direction))
        {
            var letter = Letter(dialect, gate);
            yield return ("W" + letter, [gate.Input]);
            yield return ("U" + letter, [gate.Recurrent]);
            if (gate.Peephole is not null)
                yield return ("p" + letter, [gate.Peephole]);
            if (dialect.HasBias)
            {
                var inBracket = IsInBracket(dialect, gate);
                yield return ("b" + letter, inBracket ? gate.InputBias : [.. gate.InputBias, .. gate.RecurrentBias]);
                if (inBracket)
                    yield return ("c" + letter, gate.RecurrentBias);
            }
        }

        if (direction.Projection is not null)
            yield return ("P", [direction.Projection]);
    }

    /// <summary>The gates that the equations read: a coupled forget gate is none.</summary>
    public static IEnumerable<GateWeights> Gates(CellDialect dialect, RecurrentDirection direction) =>
        direction.Gates.Where(g => !(dialect.Couples && g.Gate == "f"));

    private static string Letter(CellDialect dialect, GateWeights gate) => dialect.Kind == RecurrentKind.Rnn ? "" : gate.Gate;

    private static bool IsInBracket(CellDialect dialect, GateWeights gate) => dialect.ResetsAfter && gate.Gate == "n";
}
