using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Scheduling;

/// <summary>Which equations the JIT can inline, and how often into one method. It refuses a method of more than 32 parameters or 32
/// variables. It gives what it inlines variables of its own; when there are 512 of them it stops, and even single vector operations
/// become calls. Beyond that the equations are a method that is called, which costs little beside what they compute.</summary>
internal static class InliningPolicy
{
    private const int MostParameters = 32;

    /// <summary>The rest is for the C# compiler.</summary>
    private const int MostNames = 30;

    /// <summary>The rest is for the sums.</summary>
    private const int MostVariables = 470;

    /// <summary>Whether so many copies of the equations, a method of so many parameters, may be inlined into one method.</summary>
    public static bool Inlines(IReadOnlyList<Statement> statements, int parameters, int copies) =>
        parameters <= MostParameters
        && statements.OfType<Statement.Let>().Count() <= MostNames
        && (copies == 1 || copies * statements.Sum(Variables) <= MostVariables);

    private static int Variables(Statement statement) => statement switch
    {
        Statement.Let let => 1 + Variables(let.Value),
        Statement.Store store => 2 + Variables(store.Value),
        _ => 0,
    };

    private static int Variables(Expression expression) => expression switch
    {
        Expression.Apply apply => FunctionTable.Of(apply.Operation)!.Variables + Variables(apply.A) + (apply.B is { } b ? Variables(b) : 0),
        Expression.FusedMultiplyAdd fused => 1 + Variables(fused.A) + Variables(fused.B) + Variables(fused.C),
        Expression.Load or Expression.Head => 1,
        _ => 0,
    };
}
