using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Onnx.Proto;
using FastRnn.Interchange.Tensors;

using static FastRnn.Interchange.Tests.Onnx.OnnxBuilder;

namespace FastRnn.Interchange.Tests.Onnx;

/// <summary>The weights of a large file are in memory once: running it makes no copies of them.</summary>
public sealed class LargeFileTests
{
    private const int Units = 256;

    [Fact]
    public void A_run_converts_no_matrix()
    {
        var model = Model(17);
        model.Graph.Node.AddRange(
        [
            Node("LSTM", ["x", "W", "R"], ["y"], ("hidden_size", (long)Units)),
            Node("Squeeze", ["y", "axes"], ["s"]),
            Node("MatMul", ["s", "D"], ["m"]),
            Node("Squeeze", ["m", "first"], ["e"]),
            Node("Gemm", ["e", "G"], ["g"], ("transB", 1L)),
        ]);
        model.Graph.Initializer.AddRange(
        [
            Floats("W", [1, 4 * Units, Units], Numbers(4 * Units * Units)), Floats("R", [1, 4 * Units, Units], Numbers(4 * Units * Units)),
            Floats("D", [Units, Units], Numbers(Units * Units)), Floats("G", [Units, Units], Numbers(Units * Units)),
        ]);
        model.Graph.Initializer.Add(new TensorProto { Name = "axes", DataType = 7, Dims = { 1 }, Int64Data = { 1 } });
        model.Graph.Initializer.Add(new TensorProto { Name = "first", DataType = 7, Dims = { 1 }, Int64Data = { 0 } });
        model.Graph.Input.Add(Value("x"));
        model.Graph.Output.Add(Value("g"));
        var evaluator = new OnnxEvaluator(OnnxData.Read(model));
        var inputs = new Dictionary<string, Tensor> { ["x"] = new Tensor([1, 1, Units]) };
        Assert.Equal([1, Units], evaluator.Run(inputs)["g"].Shape);

        var before = GC.GetAllocatedBytesForCurrentThread();
        evaluator.Run(inputs);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The smallest of the matrices as doubles would be half a megabyte.
        Assert.InRange(allocated, 0, 8 * Units * Units / 2);
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (float)(0.1 * Math.Sin(i)))];
}
