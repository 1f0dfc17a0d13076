namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>A test with ONNX's node tests. Without them it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTestFactAttribute : FactAttribute
{
    public NodeTestFactAttribute() => Skip = NodeTestData.Missing;
}
