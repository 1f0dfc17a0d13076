using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Onnx.Understanding;
using FastRnn.Interchange.Tensors;
using FastRnn.Interchange.Tests.Networks;

namespace FastRnn.Interchange.Tests.Onnx.Understanding;

/// <summary>A graph that is understood, and checks of it.</summary>
internal static class Understood
{
    /// <summary>The network; fails with all problems if there is none.</summary>
    public static Network Of(OnnxModel model, Findings? findings = null)
    {
        findings ??= new();
        var network = GraphUnderstanding.Read(model, findings);
        Assert.True(network is not null, string.Join('\n', findings.Problems.Append("no network")));
        Assert.Empty(findings.Problems);
        Assert.Empty(model.Initializers.Values.Except(findings.Uses.Select(u => u.Tensor)));
        return network;
    }

    /// <summary>The problems of a graph that is not understood.</summary>
    public static IReadOnlyList<string> Problems(OnnxModel model)
    {
        var findings = new Findings();
        Assert.Null(GraphUnderstanding.Read(model, findings));
        Assert.NotEmpty(findings.Problems);
        return findings.Problems;
    }

    /// <summary>Understands a graph and checks that the network puts out what the graph puts out.</summary>
    public static Network Check(OnnxModel model, IReadOnlyDictionary<string, Tensor> inputs, Findings? findings = null)
    {
        var network = Of(model, findings);
        Same(new OnnxEvaluator(model).Run(inputs), NetworkReference.Run(network, inputs), 1e-7);
        return network;
    }

    /// <summary>Checks that all outputs are the same to a tolerance.</summary>
    public static void Same(IReadOnlyDictionary<string, Tensor> expected, IReadOnlyDictionary<string, Tensor> actual, double tolerance)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (name, tensor) in expected)
        {
            Assert.Equal(tensor.Shape, actual[name].Shape);
            var difference = tensor.Values.Zip(actual[name].Values).Max(v => Math.Abs(v.First - v.Second) / Math.Max(1, Math.Abs(v.First)));
            Assert.True(difference < tolerance, $"{name}: {difference}");
        }
    }
}
