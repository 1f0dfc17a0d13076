namespace FastRnn.Interchange.Networks;

/// <summary>The weights of one gate of one direction. Biases are lists because files have none, one or two, which are added.</summary>
/// <param name="Gate">"h"; "i", "f", "g", "o"; or "z", "r", "n" (<see cref="RecurrentKind"/>).</param>
/// <param name="Input">What multiplies x: <c>[H, I]</c>.</param>
/// <param name="Recurrent">What multiplies the state: <c>[H, H]</c>, or <c>[H, P]</c> with a projection.</param>
/// <param name="InputBias">Vectors <c>[H]</c> added to the input's product.</param>
/// <param name="RecurrentBias">Vectors <c>[H]</c> added to the state's product: for a GRU's candidate with reset after the product they
/// stand inside of the reset's bracket.</param>
/// <param name="Peephole">An LSTM's peephole <c>[H]</c>: of the old cell state for i and f, of the new one for o.</param>
internal sealed record GateWeights(
    string Gate,
    WeightView Input,
    WeightView Recurrent,
    IReadOnlyList<WeightView> InputBias,
    IReadOnlyList<WeightView> RecurrentBias,
    WeightView? Peephole = null);
