using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

/// <summary>A session gives the same bits however a sequence is cut, and those of a recorded forward pass.</summary>
public abstract class InferenceIdentityTests<TModels>
    where TModels : IModelSet
{
    // More than two blocks of the session, and not a multiple.
    private const int Steps = 71;
    private const int Batch = 7;

    private static readonly int[][] Cuts =
    [
        [.. Enumerable.Repeat(0, Steps)], // steps
        [.. Enumerable.Repeat(1, Steps)],
        [32, 32, 7],
        [31, 0, 0, 38],
        [64, 3, 0, 2, 1],
        [33, 37, 1],
    ];

    public static TheoryData<string> Models => [.. TestModels.NamesOf<TModels>()];

    public static TheoryData<string> DenseModels => [.. TestModels.NamesOf<TModels>().Where(name => TestModels.Of(name).Info is var info
        && info.Layers[^1].Cell == "Dense" && !info.SoftmaxOutput && !info.LogSoftmaxOutput)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Steps_runs_and_chunks_of_any_length_give_the_same_bits(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 5);
        var expected = model.Infer(experiment, [Steps]);

        foreach (var cut in Cuts)
            Bits.AssertSame($"calls of {string.Join(", ", cut)} steps", expected, model.Infer(experiment, cut));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Widths_threads_and_rows_alone_give_the_same_bits(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 6);
        var expected = model.Infer(experiment, [Steps], TestWidths.Narrowest);

        foreach (var width in TestWidths.All)
        {
            Bits.AssertSame($"{width} against 128 bits", expected, model.Infer(experiment, [Steps], width));
            Bits.AssertSame($"{width}, steps", expected, model.Infer(experiment, Cuts[0], width));
        }

        foreach (var threads in (int[])[2, 3, 5])
            Bits.AssertSame($"{threads} threads against 1", expected, model.Infer(experiment, [Steps], threads: threads));

        for (var row = 0; row < Batch; row++)
        {
            var alone = model.Infer(experiment.Rows(row, row + 1), [Steps], TestWidths.All[row % TestWidths.All.Count]);
            Bits.AssertSame($"row {row}", experiment.RowsOf(expected.Outputs, row, row + 1), alone.Outputs);
        }
    }

    /// <summary>A dense layer whose sums are all below 2^-100 puts out zeros, and no numbers with which later layers would compute
    /// slowly.</summary>
    [Theory]
    [MemberData(nameof(DenseModels))]
    public void Outputs_that_are_almost_zero_are_zeros(string name)
    {
        var model = TestModels.Of(name);
        var (last, experiment) = (model.Info.Layers[^1], Experiment.Random(model.Info, Steps, Batch, seed: 8));
        foreach (var parameter in last.Parameters)
        {
            foreach (ref var value in experiment.Parameters.AsSpan(last.ParameterOffset + parameter.Offset, parameter.Count))
                value *= parameter.IsVector ? 0 : 1e-34f;
        }

        foreach (var width in TestWidths.All)
        {
            Assert.All(model.Infer(experiment, [Steps], width).Outputs, y => Assert.Equal(0, y));
            Assert.All(model.Infer(experiment.Rows(1, 2), [Steps], width).Outputs, y => Assert.Equal(0, y));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Training_sees_the_bits_of_inference(string name)
    {
        var model = TestModels.Of(name);
        var experiment = Experiment.Random(model.Info, Steps, Batch, seed: 7);
        var inferred = model.Infer(experiment, [Steps]);
        var recorded = model.Backpropagate(experiment);

        if (!model.Info.SoftmaxOutput && !model.Info.LogSoftmaxOutput)
            Bits.AssertSame("outputs", inferred.Outputs, recorded.Outputs);
        var (expected, got) = (inferred with { Outputs = [] }, recorded with { Outputs = [], Gradients = [], DInput = [], DStates = [] });
        Bits.AssertSame("last states", expected, got);
    }
}
