namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>The output of a node that was not understood. Its problem is noted; nodes behind it add none of their own because of
/// it.</summary>
internal sealed class UnknownValue : Value
{
    public static UnknownValue Instance { get; } = new();
}
