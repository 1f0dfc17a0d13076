using Microsoft.CodeAnalysis;

namespace FastRnn.Mutants.Making;

/// <summary>A place that may be changed in one way.</summary>
/// <param name="Node">An expression, or a statement that is left out.</param>
/// <param name="Kind">Of the change.</param>
/// <param name="Change">Makes the expression that takes its place; null if there is none, or if the statement is left out.</param>
internal sealed record Candidate(SyntaxNode Node, string Kind, Func<SemanticModel, SyntaxNode?>? Change);
