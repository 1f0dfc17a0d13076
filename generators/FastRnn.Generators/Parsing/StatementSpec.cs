using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Parsing;

/// <summary>A declaration or an assignment of Step.</summary>
/// <param name="Declares">Whether it declares its target.</param>
/// <param name="Type">Of a declaration: the dimension of <c>Vec&lt;D&gt;</c>, <see cref="Number"/>, or empty for <c>var</c>.</param>
/// <param name="Target">The variable or state.</param>
/// <param name="Operator"><c>=</c>, or the operator of a compound assignment.</param>
/// <param name="Value">What is assigned.</param>
/// <param name="TargetPlace">Where the target stands.</param>
internal sealed record StatementSpec(
    bool Declares, string Type, string Target, char Operator, ExpressionSpec Value, Place TargetPlace)
{
    /// <summary>The type <c>double</c>: no dimension can have this name.</summary>
    public const string Number = "#";
}
