namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>What a name of the graph stands for while the graph is evaluated with chosen sizes: numbers that do not depend on the data
/// (<see cref="ConstantValue"/>), a view of what a layer puts out (<see cref="Symbol"/>), or what was not understood
/// (<see cref="UnknownValue"/>).</summary>
internal abstract class Value;
