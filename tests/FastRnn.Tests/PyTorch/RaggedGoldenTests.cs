using FastRnn.Testing;
using FastRnn.Tests.Gradients;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.PyTorch;

/// <summary>Batches of sequences of different lengths, through layers in one direction and in both, against PyTorch's packed
/// sequences; and input feeding and zoneout against loops over PyTorch's cells.</summary>
public sealed class RaggedGoldenTests
{
    public static TheoryData<string> Names => [.. RaggedGoldenCase.Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_loss_and_gradients_are_PyTorchs(string name)
    {
        var golden = RaggedGoldenCase.Load(name);
        var (batch, parameters) = (golden.Batch, golden.Parameters());
        var bound = new StructuredOracle(batch, parameters, draws: null).ForwardBound;
        foreach (var width in TestWidths.All)
        {
            Closeness.AssertClose("y", golden.Outputs, golden.Model.Predict(parameters, batch, width), bound);
            if (golden.Draws)
                continue;
            var (losses, gradients) = golden.Model.Accumulate(parameters, [batch], width);
            Assert.Equal(golden.Loss, losses[0], bound * golden.Loss);
            Closeness.AssertClose(
                "embedding", golden.Gradients().AsSpan(0, golden.Model.Info.EmbeddingParameters),
                gradients.AsSpan(0, golden.Model.Info.EmbeddingParameters), 2 * bound);
            foreach (var layer in golden.Model.Info.Layers)
            {
                foreach (var parameter in layer.Parameters)
                {
                    var (begin, count) = (layer.ParameterOffset + parameter.Offset, parameter.Count);
                    Closeness.AssertClose(
                        parameter.Name, golden.Gradients().AsSpan(begin, count), gradients.AsSpan(begin, count), 2 * bound);
                }
            }
        }
    }

    /// <summary>The judge of everything that PyTorch does not have agrees with it where it does.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_reference_and_its_finite_differences_are_PyTorchs(string name)
    {
        var golden = RaggedGoldenCase.Load(name);
        var oracle = new StructuredOracle(golden.Batch, golden.Parameters(), draws: null);
        Assert.Equal(golden.Outputs, oracle.Outputs(), (a, b) => Math.Abs(a - b) < 1e-13);
        Assert.Equal(golden.Loss, oracle.Loss(oracle.Point), 1e-12);
        var gradients = golden.Gradients();
        foreach (var (_, offset, count) in oracle.Tensors)
        {
            foreach (var element in (int[])[0, count / 2, count - 1])
                Assert.Equal(gradients[offset + element], FiniteDifferences.Partial(oracle.Loss, oracle.Point, offset + element), 1e-9);
        }
    }
}
