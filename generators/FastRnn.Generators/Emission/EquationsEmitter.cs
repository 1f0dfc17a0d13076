using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>Emits the equations that follow a kernel's sums, for one vector of units: a method that is inlined wherever sums are
/// finished, in a tile of many rows and in the step of a single one, so that the equations stand in the text once.</summary>
/// <param name="code">Where to.</param>
/// <param name="kernel">Whose equations.</param>
/// <param name="tile">Its tile.</param>
/// <param name="equations">The equations.</param>
/// <param name="name">The stem of the method's name.</param>
/// <param name="inlines">Whether they are inlined, or called.</param>
internal sealed class EquationsEmitter(
    CodeWriter code, KernelPlan kernel, TilePlan tile, EquationsPlan equations, string name, bool inlines)
{
    private readonly ExpressionPrinter printer = new(kernel, tile);
    private readonly EquatableArray<Statement> statements = equations.Statements;

    public string Name { get; } = name + "Equations";

    public bool UsesHead => equations.UsesHead;

    public bool UsesSums => equations.UsesSums;

    /// <summary>The rows that the equations read and write.</summary>
    public IReadOnlyList<Slot> Slots => equations.Slots;

    /// <summary>The call, in which only the sums and the unit are the caller's own words.</summary>
    public string Call(string unit, string head, Func<int, string> sum)
    {
        var arguments = Slots.Select(s => s.Name).Append(unit);
        if (UsesHead)
        {
            arguments = arguments.Append(head);
        }

        if (UsesSums)
        {
            arguments = arguments.Concat(Enumerable.Range(0, kernel.Accumulators.Count).Select(sum));
        }

        return $"{Name}(in call, {string.Join(", ", arguments)});";
    }

    public void Emit(string summary)
    {
        var parameters = Slots.Select(s => "float* " + s.Name).Prepend("in LayerCall call").Append("nint unit").ToList();
        if (UsesHead)
        {
            parameters.Add("float* head");
        }

        if (UsesSums)
        {
            parameters.AddRange(Enumerable.Range(0, kernel.Accumulators.Count).Select(a => "Floats " + kernel.SumName(a)));
        }

        code.Line($"/// <summary>{Names.Xml(summary)}</summary>");
        code.Line(inlines
            ? "[MethodImpl(MethodImplOptions.AggressiveInlining)]"
            : "[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]");
        code.Line($"private static void {Name}(");
        code.Indent();
        code.Line($"{string.Join(", ", parameters)})");
        code.Outdent();
        code.Open();
        Body();
        code.Close();
    }

    private void Body()
    {
        for (var i = 0; i < statements.Count; i++)
        {
            switch (statements[i])
            {
                case Statement.Comment comment:
                    if (i > 0)
                    {
                        code.Line();
                    }

                    code.Line("// " + comment.Text);
                    break;
                case Statement.Let let:
                    code.Line($"var {let.Name} = {printer.Print(let.Value)};");
                    break;
            }
        }

        Stores(StoreCondition.Always, null);
        Stores(StoreCondition.Recording, "call.Record");
        Stores(StoreCondition.InputGradientAsked, "call.DInput != null");
    }

    private void Stores(StoreCondition condition, string? guard)
    {
        var stores = statements.OfType<Statement.Store>().Where(s => s.Condition == condition).ToList();
        if (stores.Count == 0)
        {
            return;
        }

        if (guard is not null || statements.Any(s => s is Statement.Let))
        {
            code.Line();
        }

        if (guard is not null)
        {
            code.Open($"if ({guard})");
        }

        foreach (var store in stores)
        {
            code.Line($"Simd.Store({printer.Print(store.Value)}, {ExpressionPrinter.Address(store.Slot)});");
        }

        if (guard is not null)
        {
            code.Close();
        }
    }
}
