namespace FastRnn.Generators.Parsing;

/// <summary>The functions of <c>FastRnn.Language.Functions</c> and how many arguments each takes.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, int> Arities = new()
    {
        ["Sigmoid"] = 1,
        ["Tanh"] = 1,
        ["Relu"] = 1,
        ["LeakyRelu"] = 1,
        ["Softplus"] = 1,
        ["HardSigmoid"] = 1,
        ["HardTanh"] = 1,
        ["Exp"] = 1,
        ["Log"] = 1,
        ["Sqrt"] = 1,
        ["Square"] = 1,
        ["Abs"] = 1,
        ["Sum"] = 1,
        ["Mean"] = 1,
        ["LayerNorm"] = 1,
        ["Min"] = 2,
        ["Max"] = 2,
    };

    public static IEnumerable<string> Names => Arities.Keys;

    /// <summary>The number of arguments; 0 for a name that is no function of the language.</summary>
    public static int Arity(string name) => Arities.TryGetValue(name, out var arity) ? arity : 0;
}
