namespace FastRnn.Compiler;

/// <summary>A cell's step as the generator reads it.</summary>
/// <param name="Operations">In the order of computation: operands come before their users.</param>
/// <param name="NewStates">For each state the operation that is its new value.</param>
internal sealed record StepEquations(IReadOnlyList<StepOperation> Operations, IReadOnlyList<int> NewStates);
