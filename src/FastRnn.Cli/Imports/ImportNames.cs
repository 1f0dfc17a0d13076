namespace FastRnn.Cli.Imports;

/// <summary>Names of what an import writes.</summary>
/// <param name="Folder">Where.</param>
/// <param name="Class">The model's class.</param>
/// <param name="Namespace">Its namespace.</param>
internal sealed record ImportNames(string Folder, string Class, string Namespace)
{
    /// <summary>What the files are called without their endings: as the class, or as the declaration that is filled.</summary>
    public string Stem { get; init; } = Class;

    public string FullClass => Namespace.Length == 0 ? Class : $"{Namespace}.{Class}";

    public string DeclarationFile => Stem + ".cs";

    public string WeightsFile => Stem + ".safetensors";

    /// <summary>Whether declarations use a name for something else.</summary>
    public static bool IsTaken(string name) => name is nameof(FastRnn.Pooling) or nameof(FastRnn.DenseActivation) or nameof(FastRnn.Merge)
        or nameof(FastRnn.InitialState) or "Input" or "Hidden" or "Projection" or "Vec" or "Mat" or "FastRnn";

    /// <summary>Names taken from the file's own: <c>tagger_lstm.dynamo.onnx</c> is <c>TaggerLstmDynamo</c>.</summary>
    public static string ClassOf(string path)
    {
        var stem = Path.GetFileName(path);
        foreach (var ending in (string[])[".weights.h5", Path.GetExtension(stem)])
        {
            if (ending.Length > 0 && stem.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                stem = stem[..^ending.Length];
                break;
            }
        }

        var name = new System.Text.StringBuilder();
        var isStart = true;
        foreach (var c in stem)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(isStart ? char.ToUpperInvariant(c) : c);
                isStart = false;
            }
            else
            {
                isStart = true;
            }
        }

        return name.Length == 0 || char.IsAsciiDigit(name[0]) || IsTaken(name.ToString()) ? "Model" + name : name.ToString();
    }
}
