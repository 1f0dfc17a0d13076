namespace FastRnn.Files;

/// <summary>How the names of a file's tensors become those of a model: for weights that another program wrote under names of its own. A
/// module in a module has its name and a dot before each tensor (<c>model.lstm.weight_ih_l0</c>), <c>torch.nn.DataParallel</c> adds
/// <c>module.</c>, and <c>torch.nn.LSTMCell</c> says <c>weight_ih</c> where <c>torch.nn.LSTM</c> says <c>weight_ih_l0</c>. Nothing is
/// guessed: what is not said here is refused.</summary>
/// <example><code>
/// var names = new TensorNames
/// {
///     Prefix = "model.lstm.",
///     Map = new Dictionary&lt;string, string&gt; { ["model.head.weight"] = "dense.weight", ["model.head.bias"] = "dense.bias" },
/// };
/// using var model = TextModel.Load("pytorch.safetensors", names);
/// </code></example>
public sealed class TensorNames
{
    /// <summary>What stands before each name in the file, its last dot included. A tensor without it is none of the model's, unless
    /// <see cref="Map"/> has it.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>From names in the file to names in the model; the others are the same in both. A name in the file is written whole, or
    /// without <see cref="Prefix"/>. Each one has to be in the file.</summary>
    public IReadOnlyDictionary<string, string> Map { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the file may have tensors that are none of the model's. They are not read;
    /// <see cref="ModelFile.Load(ModelInfo, Span{float}, string, TensorNames)"/> says which these were.</summary>
    public bool AllowExtra { get; init; }

    /// <summary>The model's own names, and nothing else.</summary>
    internal static TensorNames Own { get; } = new();
}
