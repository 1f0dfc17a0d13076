namespace FastRnn.Generators.Scheduling;

/// <summary>The equations that follow a kernel's sums, as a method: what it is given.</summary>
/// <param name="Statements">The equations.</param>
/// <param name="Slots">The rows that they read and write.</param>
/// <param name="UsesHead">Whether they read the head of the panel.</param>
/// <param name="UsesSums">Whether they read the sums.</param>
internal sealed record EquationsPlan(EquatableArray<Statement> Statements, EquatableArray<Slot> Slots, bool UsesHead, bool UsesSums)
{
    public static EquationsPlan Of(EquatableArray<Statement> statements) => new(
        statements,
        new(EpilogueLoads.Of(statements)
            .Concat(statements.OfType<Statement.Store>().Select(s => s.Slot))
            .GroupBy(s => s.Name).Select(g => g.First())
            .OrderBy(s => s.Buffer).ThenBy(s => s.State).ThenBy(s => s.StepDelta)),
        EpilogueLoads.Leaves(statements).OfType<Expression.Head>().Any(),
        EpilogueLoads.Leaves(statements).OfType<Expression.Sum>().Any());

    /// <summary>Parameters of the method: the call, the unit, and the rest.</summary>
    public int Parameters(int accumulators) => 2 + Slots.Count + (UsesHead ? 1 : 0) + (UsesSums ? accumulators : 0);
}
