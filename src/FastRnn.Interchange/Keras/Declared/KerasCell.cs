using FastRnn.Cells;
using FastRnn.Interchange.Keras.Declarations;

namespace FastRnn.Interchange.Keras.Declared;

/// <summary>A cell of the library as the layer of Keras that has its equations.</summary>
/// <param name="Kind">The layer.</param>
/// <param name="Activation">Its <c>activation</c>; <c>recurrent_activation</c> is always sigmoid.</param>
internal sealed record KerasCell(KerasKind Kind, string Activation = "tanh")
{
    private static readonly Dictionary<string, KerasCell> All = new()
    {
        [typeof(Lstm).FullName!] = new(KerasKind.Lstm),
        [typeof(Gru).FullName!] = new(KerasKind.Gru) { ResetsAfter = true },
        [typeof(GruResetBefore).FullName!] = new(KerasKind.Gru),
        [typeof(Elman).FullName!] = new(KerasKind.SimpleRnn),
        [typeof(ElmanBiasFree).FullName!] = new(KerasKind.SimpleRnn) { HasBias = false },
        [typeof(ElmanRelu).FullName!] = new(KerasKind.SimpleRnn, "relu"),
        [typeof(Irnn).FullName!] = new(KerasKind.SimpleRnn, "relu"),
        [typeof(ElmanSigmoid).FullName!] = new(KerasKind.SimpleRnn, "sigmoid"),
    };

    /// <summary>The names of the cells that have one, for messages.</summary>
    public static string Names { get; } = string.Join(", ", All.Keys.Select(name => name[(name.LastIndexOf('.') + 1)..]));

    /// <summary>A GRU's <c>reset_after</c>.</summary>
    public bool ResetsAfter { get; init; }

    /// <summary><c>use_bias</c>.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>Keras' name of the layer.</summary>
    public string ClassName => Kind switch { KerasKind.Lstm => "LSTM", KerasKind.Gru => "GRU", _ => "SimpleRNN" };

    /// <summary>The layer of a cell; null if there is none.</summary>
    /// <param name="cell">The cell's full name.</param>
    public static KerasCell? Of(string cell) => All.GetValueOrDefault(cell);
}
