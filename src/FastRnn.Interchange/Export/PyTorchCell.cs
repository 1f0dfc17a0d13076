using FastRnn.Cells;

namespace FastRnn.Interchange.Export;

/// <summary>A cell of the library as the module of <c>torch.nn</c> that has its equations; its tensors have that module's names.</summary>
/// <param name="Module">The module.</param>
/// <param name="Options">What else it is made with.</param>
internal sealed record PyTorchCell(string Module, string Options = "")
{
    private static readonly Dictionary<string, PyTorchCell> All = new()
    {
        [typeof(Lstm).FullName!] = new("LSTM"),
        [typeof(ProjectedLstm).FullName!] = new("LSTM"),
        [typeof(Gru).FullName!] = new("GRU"),
        [typeof(Elman).FullName!] = new("RNN"),
        [typeof(ElmanBiasFree).FullName!] = new("RNN", ", bias=False"),
        [typeof(ElmanRelu).FullName!] = new("RNN", ", nonlinearity=\"relu\""),
        [typeof(Irnn).FullName!] = new("RNN", ", nonlinearity=\"relu\""),
    };

    /// <summary>The module of a layer's cell; null if there is none.</summary>
    public static PyTorchCell? Of(LayerInfo layer) => ZoneoutEquations.AreNeeded(layer) ? null : All.GetValueOrDefault(layer.Cell);
}
