namespace FastRnn.Generators.Scheduling;

/// <summary>Keeps the user's names apart from each other, from C#'s keywords and from the words of the emitted code itself.</summary>
internal sealed class NameTable
{
    private static readonly HashSet<string> Reserved =
    [
        "call", "t", "row", "rows", "unit", "firstRow", "firstUnit", "end", "head", "sums", "tile",
        "tape", "dPre", "dPreNext", "dOutput", "dInput", "x", "Activation", "Floats", "Simd", "Isa", "LayerCall", "Math", "RowReduction",
    ];

    private readonly HashSet<string> taken = [];

    /// <summary>Without names but those of the emitted code.</summary>
    public NameTable(params string[] taken) => this.taken.UnionWith(taken);

    public NameTable(LayerContext context, IReadOnlyList<string> accumulators)
    {
        for (var a = 0; a < accumulators.Count; a++)
        {
            taken.Add(KernelPlan.SumName(accumulators, a));
        }

        for (var s = 0; s < context.Layer.Cell.States.Count; s++)
        {
            taken.Add(context.OldState(s).Name);
            taken.Add(context.NewState(s).Name);
            taken.Add(context.CarriedGradient(s).Name);
        }
    }

    public string Unique(string name)
    {
        var plain = Identifier.Escape(name);
        var unique = plain;
        for (var n = 2; Reserved.Contains(unique) || !taken.Add(unique); n++)
        {
            unique = plain.TrimStart('@') + "_" + n.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return unique;
    }
}
