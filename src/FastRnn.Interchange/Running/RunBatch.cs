namespace FastRnn.Interchange.Running;

/// <summary>Sequences, one behind the other, none of them empty.</summary>
/// <param name="Lengths">Steps of each.</param>
/// <param name="X">Their vectors <c>[positions, I]</c>, or empty.</param>
/// <param name="Tokens">Their tokens <c>[positions]</c>, or empty.</param>
/// <param name="FirstStates">By (recurrent layer of one direction, state): <c>[B, D]</c>.</param>
/// <param name="WantsStates">Whether the last states are asked for.</param>
internal sealed record RunBatch(
    int[] Lengths, float[] X, int[] Tokens, IReadOnlyDictionary<(int Layer, int State), float[]> FirstStates, bool WantsStates);
