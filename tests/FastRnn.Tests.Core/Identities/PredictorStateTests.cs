using FastRnn.Tests.Gradients;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

/// <summary>The states with which the sequences of a predictor begin and end are those of a session and of a recorded pass, bit for bit,
/// whatever the lengths, the groups and the threads.</summary>
public abstract class PredictorStateTests<TModels>
    where TModels : IModelSet
{
    /// <summary>Not sorted, with equal ones, from one step to the most.</summary>
    private static readonly int[] Lengths = [4, 1, 9, 3, 9, 2];

    public static TheoryData<string> Models => [.. StructuredModels.NamesOf<TModels>()];

    public static TheoryData<string> Chains => [.. TestModels.NamesOf<TModels>()];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_layer_begins_and_ends_as_in_a_recorded_pass(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 90);
        var run = StructuredModels.StatesOf(name);
        foreach (var first in (float[][][][])[States.None(model.Info), States.Random(model.Info, batch.Count, seed: 91)])
        {
            var expected = run.Record(parameters, batch, first);
            foreach (var (threads, positions) in ((int, int)[])[(1, 0), (3, 0), (7, 0), (1, 9), (2, 14)])
            {
                var got = run.Predict(parameters, batch, first, threads, positions);
                Bits.AssertSame($"{threads} threads, {positions} positions", expected,
                    expected.Outputs.Length == 0 ? got with { Outputs = [] } : got);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void Each_sequence_begins_and_ends_as_alone_in_a_session(string name)
    {
        var (info, run) = (TestModels.Of(name).Info, TestModels.StatesOf(name));
        var parameters = Experiment.RandomParameters(info, new Random(92));
        var batch = StructuredBatch.Random(info, Lengths, [], seed: 93, masks: false);
        var first = States.Random(info, batch.Count, seed: 94);
        Recording[] alone = [.. Enumerable.Range(0, batch.Count)
            .Select(b => run.Stream(parameters, batch.Select(b), States.Row(first, batch.Count, b)))];
        foreach (var (threads, positions) in ((int, int)[])[(1, 0), (2, 0), (3, 10)])
        {
            var got = run.Predict(parameters, batch, first, threads, positions);
            Bits.AssertSame("outputs", [.. alone.SelectMany(one => one.Outputs)], got.Outputs);
            for (var b = 0; b < batch.Count; b++)
            {
                var last = alone[b] with { Outputs = [] };
                Bits.AssertSame($"sequence {b}, {threads} threads", last,
                    last with { States = States.Row(got.States, batch.Count, b) });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void A_sequence_in_two_parts_has_the_bits_of_the_whole(string name)
    {
        var (info, run) = (TestModels.Of(name).Info, TestModels.StatesOf(name));
        var parameters = Experiment.RandomParameters(info, new Random(95));
        var batch = StructuredBatch.Random(info, [7, 7, 7], [], seed: 96, masks: false);
        var whole = run.Predict(parameters, batch, States.None(info), threads: 2);
        foreach (var cut in (int[])[1, 4])
        {
            var begun = run.Predict(parameters, batch.Steps(0, cut), States.None(info), threads: 2);
            var ended = run.Predict(parameters, batch.Steps(cut, 7), begun.States, threads: 2);
            Bits.AssertSame($"cut at {cut}, last states", whole with { Outputs = [] }, ended with { Outputs = [] });
            Bits.AssertSame($"cut at {cut}, outputs", batch.Steps(whole.Outputs, cut, 7), ended.Outputs);
        }
    }
}
