using System.Collections.Frozen;
using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.PyTorch;

/// <summary>Names of functions behind the last layer, as the command line takes them.</summary>
internal static class TorchOutput
{
    private const string LayerName = "output activation";

    private static readonly FrozenDictionary<string, NetworkLayer> Layers = new Dictionary<string, NetworkLayer>
    {
        ["sigmoid"] = new FunctionLayer(LayerName, FunctionUse.Sigmoid),
        ["tanh"] = new FunctionLayer(LayerName, FunctionUse.Tanh),
        ["relu"] = new FunctionLayer(LayerName, FunctionUse.Relu),
        ["softmax"] = new SoftmaxLayer(LayerName, IsLog: false),
        ["log_softmax"] = new SoftmaxLayer(LayerName, IsLog: true),
    }.ToFrozenDictionary();

    /// <summary>The layer of a name, or null.</summary>
    public static NetworkLayer? Find(string name) => Layers.GetValueOrDefault(name);

    /// <summary>All names, for messages.</summary>
    public static string Names { get; } = string.Join(", ", Layers.Keys.Order(StringComparer.Ordinal));
}
