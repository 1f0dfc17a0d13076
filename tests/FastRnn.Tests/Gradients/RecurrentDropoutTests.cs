using FastRnn.Testing;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>The reference of a cell under recurrent dropout, which scales the columns of matrices, against cells whose masks are written
/// out.</summary>
public sealed class RecurrentDropoutTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_reference_is_the_cell_with_its_masks_written_out(bool drops)
    {
        var random = new Random(60);
        double[] parameters = [.. Enumerable.Range(0, RecurrentlyDropped.Info.ParameterCount).Select(_ => random.NextDouble() - 0.5)];
        var sequence = new ReferenceSequence
        {
            Inputs = [
            .. Enumerable.Range(0, 7).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble() })]
        };
        var draws = drops
            ? new ReferenceDraws((_, _, _, _) => 1, (layer, _, _, unit) => (layer + unit) % 3 == 0 ? 0 : 1.5, (_, _, _, _) => 0) : null;

        var expected = new ReferenceGraph(RecurrentDropoutReference.In(RecurrentlyDropped.Info), parameters).Run(sequence, 0, draws);
        var got = new ReferenceGraph(RecurrentlyDropped.Info, parameters).Run(sequence, 0, draws);

        Assert.All(expected.Outputs.Zip(got.Outputs), pair => Assert.Equal(pair.First, pair.Second, (a, b) => Math.Abs(a - b) < 1e-14));
        Assert.All(
            expected.States.SelectMany(layer => layer).Zip(got.States.SelectMany(layer => layer)),
            pair => Assert.Equal(pair.First, pair.Second, (a, b) => Math.Abs(a - b) < 1e-14));
    }
}
