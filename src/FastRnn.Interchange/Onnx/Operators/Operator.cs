using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>A row of the table of operators.</summary>
/// <param name="Name">ONNX's name.</param>
/// <param name="LeastInputs">The least number of inputs, of all opsets.</param>
/// <param name="MostInputs">The largest number of inputs, of all opsets.</param>
/// <param name="Attributes">The attributes, of all opsets.</param>
/// <param name="Run">Computes all outputs.</param>
internal sealed record Operator(string Name, int LeastInputs, int MostInputs, string[] Attributes, Func<NodeCall, Tensor?[]> Run)
{
    /// <summary>Any number of inputs.</summary>
    public const int Many = int.MaxValue;

    /// <summary>An operator of one output.</summary>
    public static Operator One(string name, int least, int most, Func<NodeCall, Tensor> run, params string[] attributes) =>
        new(name, least, most, attributes, call => [run(call)]);

    /// <summary>An operator of several outputs.</summary>
    public static Operator Several(string name, int least, int most, Func<NodeCall, Tensor?[]> run, params string[] attributes) =>
        new(name, least, most, attributes, run);
}
