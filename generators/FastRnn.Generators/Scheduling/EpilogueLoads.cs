namespace FastRnn.Generators.Scheduling;

/// <summary>What statements read.</summary>
internal static class EpilogueLoads
{
    /// <summary>What they read from memory.</summary>
    public static IEnumerable<Slot> Of(IEnumerable<Statement> statements) =>
        Leaves(statements).OfType<Expression.Load>().Select(l => l.Slot);

    /// <summary>What their values are made of.</summary>
    public static IEnumerable<Expression> Leaves(IEnumerable<Statement> statements) => statements
        .Select(s => s switch
        {
            Statement.Let let => let.Value,
            Statement.Store store => store.Value,
            _ => new Expression.Number(0),
        })
        .SelectMany(Leaves);

    private static IEnumerable<Expression> Leaves(Expression expression) => expression switch
    {
        Expression.Apply apply => Leaves(apply.A).Concat(apply.B is null ? [] : Leaves(apply.B)),
        Expression.FusedMultiplyAdd fused => Leaves(fused.A).Concat(Leaves(fused.B)).Concat(Leaves(fused.C)),
        _ => [expression],
    };
}
