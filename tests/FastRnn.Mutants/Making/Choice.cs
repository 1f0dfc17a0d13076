using Microsoft.CodeAnalysis;

namespace FastRnn.Mutants.Making;

/// <summary>A candidate that was chosen.</summary>
/// <param name="Node">What is changed.</param>
/// <param name="Changed">The expression in its place; null for a statement that is left out.</param>
/// <param name="Mutant">How it is told of.</param>
internal sealed record Choice(SyntaxNode Node, SyntaxNode? Changed, Mutant Mutant);
