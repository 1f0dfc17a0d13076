using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>Where everything lies in the list of weights of a NAM LSTM.</summary>
/// <param name="Weights">The list.</param>
/// <param name="Inputs">Numbers of a sample.</param>
/// <param name="Hidden">H.</param>
/// <param name="Layers">How many.</param>
/// <param name="Outputs">Channels of the output.</param>
internal sealed record NamLayout(FileTensor Weights, int Inputs, int Hidden, int Layers, int Outputs)
{
    private static readonly string[] Gates = ["i", "f", "g", "o"];

    /// <summary>How many numbers there must be.</summary>
    public long Length => Head + (((long)Hidden + 1) * Outputs);

    /// <summary>Where the head begins.</summary>
    public long Head => Begin(Layers);

    /// <summary>What a layer reads.</summary>
    public int InputsOf(int layer) => layer == 0 ? Inputs : Hidden;

    /// <summary>Where a layer begins.</summary>
    public long Begin(int layer) =>
        layer == 0 ? 0 : LengthOf(Inputs) + ((layer - 1) * LengthOf(Hidden));

    /// <summary>Where the bias of a layer begins; its first h and c follow.</summary>
    public int Bias(int layer) => (int)(Begin(layer) + (4L * Hidden * (InputsOf(layer) + Hidden)));

    /// <summary>The network, as views of the list. Its length was checked.</summary>
    public IReadOnlyList<NetworkLayer> ToLayers() =>
        [.. Enumerable.Range(0, Layers).Select(Layer), new DenseLayer("head", HeadWeight, [HeadBias], FunctionUse.Identity)];

    private WeightView HeadWeight => WeightView.Matrix(Weights, (int)Head, Outputs, Hidden);

    private WeightView HeadBias => WeightView.Vector(Weights, (int)Head + (Outputs * Hidden), Outputs);

    private long LengthOf(int inputs) => (4L * Hidden * (inputs + Hidden)) + (6L * Hidden);

    private RecurrentLayer Layer(int layer)
    {
        var (inputs, begin, bias) = (InputsOf(layer), (int)Begin(layer), Bias(layer));
        var width = inputs + Hidden;
        WeightView View(int gate, int column, int columns) =>
            new(Weights, begin + (gate * Hidden * width) + column, Hidden, columns, RowStride: width, ColumnStride: 1);
        return new RecurrentLayer($"layer {layer}", RecurrentKind.Lstm, inputs, Hidden)
        {
            Directions =
            [
                new RecurrentDirection
                {
                    GateFunction = FunctionUse.Sigmoid,
                    Gates =
                    [
                        .. Gates.Select((name, gate) => new GateWeights(
                            name, View(gate, 0, inputs), View(gate, inputs, Hidden),
                            [WeightView.Vector(Weights, bias + (gate * Hidden), Hidden)], [])),
                    ],
                    FirstHidden = WeightView.Vector(Weights, bias + (4 * Hidden), Hidden),
                    FirstCell = WeightView.Vector(Weights, bias + (5 * Hidden), Hidden),
                },
            ],
        };
    }
}
