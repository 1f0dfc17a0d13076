namespace FastRnn.Mutants.Running;

/// <summary>What a test did with no mutant on.</summary>
/// <param name="Name">The test.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Failure">Null, or why it does not count.</param>
/// <param name="Reached">The mutants whose places it reaches.</param>
internal sealed record Baseline(string Name, double Milliseconds, string? Failure, int[] Reached);
