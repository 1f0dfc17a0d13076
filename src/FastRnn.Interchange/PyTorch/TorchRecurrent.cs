using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.PyTorch;

/// <summary>One layer of <c>nn.LSTM</c>, <c>nn.GRU</c> or <c>nn.RNN</c>, or one of their cells.</summary>
/// <param name="Name">Its prefix, with <c>l0</c> where the module has layers.</param>
/// <param name="Kind">Told by the number of gates.</param>
/// <param name="HiddenSize">H.</param>
/// <param name="Directions">One, or forward and backward.</param>
internal sealed record TorchRecurrent(string Name, RecurrentKind Kind, int HiddenSize, IReadOnlyList<TorchDirection> Directions)
    : TorchModule(Name, (int)Directions[0].WeightIh!.Shape[1], Directions.Count * (int)Directions[0].WeightHh!.Shape[1])
{
    /// <inheritdoc/>
    public override string Describe() =>
        $"{Title} ({Kind}, {(Directions.Count == 2 ? "both directions, " : "")}{InputSize} -> {OutputSize})";
}
