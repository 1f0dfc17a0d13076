using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx;

/// <summary>The attributes of a node. Asking for one by another type than the file's is an error of the file.</summary>
/// <param name="place">The node, for messages.</param>
/// <param name="values">By name: long, double, string, arrays of them, or <see cref="FileTensor"/>.</param>
internal sealed class OnnxAttributes(string place, IReadOnlyDictionary<string, object> values)
{
    /// <summary>The names of all attributes that were understood.</summary>
    public IReadOnlyCollection<string> Names { get; } = [.. values.Keys];

    public bool Has(string name) => values.ContainsKey(name);

    public long Integer(string name, long otherwise) => Has(name) ? Get<long>(name, "an integer") : otherwise;

    /// <summary>A number, which the file holds in single precision.</summary>
    public double Number(string name, double otherwise) => Has(name) ? Get<double>(name, "a number") : otherwise;

    public string Text(string name, string otherwise) => Has(name) ? Get<string>(name, "a text") : otherwise;

    public IReadOnlyList<long>? Integers(string name) => Has(name) ? Get<long[]>(name, "a list of integers") : null;

    /// <summary>Numbers, which the file holds in single precision.</summary>
    public IReadOnlyList<double>? Numbers(string name) => Has(name) ? Get<double[]>(name, "a list of numbers") : null;

    public IReadOnlyList<string>? Texts(string name) => Has(name) ? Get<string[]>(name, "a list of texts") : null;

    public FileTensor? Tensor(string name) => Has(name) ? Get<FileTensor>(name, "a tensor") : null;

    private T Get<T>(string name, string expected) => values[name] is T value
        ? value
        : throw new ForeignFileException($"{place}: attribute '{name}': expected {expected}, got {Describe(values[name])}");

    private static string Describe(object value) => value switch
    {
        long => "an integer",
        double => "a number",
        string => "a text",
        FileTensor => "a tensor",
        _ => "a list of another type",
    };
}
