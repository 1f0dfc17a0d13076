using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

/// <summary>Forward and backward give the same bits whoever computes them, for every model that is declared here.</summary>
public abstract class BackpropagationIdentityTests<TModels>
    where TModels : IModelSet
{
    private const int Steps = 5;

    // More rows than a tile has at any width, and not a multiple of one.
    private const int Batch = 17;

    public static TheoryData<string> Models => [.. TestModels.NamesOf<TModels>()];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_width_gives_the_same_bits(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 1);
        var expected = model.Backpropagate(experiment, TestWidths.Narrowest);

        foreach (var width in TestWidths.All)
            Bits.AssertSame($"{width} against 128 bits", expected, model.Backpropagate(experiment, width));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_number_of_threads_gives_the_same_bits(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 2);
        var expected = model.Backpropagate(experiment);

        foreach (var threads in (int[])[2, 3, 5])
            Bits.AssertSame($"{threads} threads against 1", expected, model.Backpropagate(experiment, threads: threads));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_row_of_a_batch_gives_the_same_bits_as_alone(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 3);
        var together = model.Backpropagate(experiment);

        for (var row = 0; row < Batch; row++)
        {
            // A row alone has kernels of its own at every width.
            var alone = model.Backpropagate(experiment.Rows(row, row + 1), TestWidths.All[row % TestWidths.All.Count]);
            var expected = new Recording(
                experiment.RowsOf(together.Outputs, row, row + 1),
                experiment.RowsOf(together.States, row, row + 1),
                [],
                experiment.RowsOf(together.DInput, row, row + 1),
                experiment.RowsOf(together.DStates, row, row + 1));
            Bits.AssertSame($"row {row}", expected, alone with { Gradients = [] });
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_gradient_of_a_batch_has_the_bits_of_its_sequences_one_after_the_other(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 4);

        Bits.AssertSame("gradients", model.BackpropagateRowByRow(experiment), model.Backpropagate(experiment).Gradients);
    }
}
