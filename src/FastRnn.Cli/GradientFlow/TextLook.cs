namespace FastRnn.Cli.GradientFlow;

/// <summary>What was seen in a byte-level model while it read.</summary>
/// <param name="Model">What it is.</param>
/// <param name="TextName">What it read.</param>
/// <param name="GateText">The characters under <paramref name="GateRows"/>.</param>
/// <param name="GateLayer">Whose gates these are.</param>
/// <param name="GateRows">Some units of each gate.</param>
/// <param name="Gates">Saturation of all gates, over the whole text.</param>
/// <param name="NeuronText">The characters that are coloured.</param>
/// <param name="Neurons">The units that colour them.</param>
/// <param name="Flows">How the gradient of the loss of a character flows back.</param>
internal sealed record TextLook(
    string Model,
    string TextName,
    string GateText,
    int GateLayer,
    IReadOnlyList<GateRow> GateRows,
    IReadOnlyList<GateShare> Gates,
    string NeuronText,
    IReadOnlyList<Neuron> Neurons,
    IReadOnlyList<StateFlow> Flows);
