namespace FastRnn.Interchange.Running;

/// <summary>What a run gave.</summary>
/// <param name="Y"><c>[positions, O]</c>, or <c>[B, O]</c> of a pooled model.</param>
/// <param name="LastStates">By (recurrent layer of one direction, state): <c>[B, D]</c>; empty if they were not asked for.</param>
internal sealed record RunResult(float[] Y, IReadOnlyDictionary<(int Layer, int State), float[]> LastStates);
