using FastRnn.CompilerServices;
using FastRnn.Distributed;
using FastRnn.Tests.Gradients;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Identities;

/// <summary>Batches of sequences give the same bits whoever computes them, in whatever order and company they stand, and whatever stands
/// where nothing is.</summary>
public abstract class SequenceIdentityTests<TModels>
    where TModels : IModelSet
{
    public static TheoryData<string> Models => [.. StructuredModels.NamesOf<TModels>()];

    /// <summary>Those whose training draws nothing: what is drawn depends on a sequence's place in its batch.</summary>
    public static TheoryData<string> CertainModels =>
        [.. StructuredModels.NamesOf<TModels>().Where(name => !StructuredModels.Has(name, TestTraits.Draws))];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_width_and_number_of_threads_gives_the_same_bits(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 60);
        var y = model.Predict(parameters, batch, TestWidths.Narrowest);
        var expected = model.Accumulate(parameters, [batch], TestWidths.Narrowest);
        var trained = model.Train(parameters, batch, steps: 3, TestWidths.Narrowest);
        foreach (var (width, threads) in TestWidths.All.Select(w => (w, 1))
            .Concat([(SimdWidth.Auto, 2), (SimdWidth.Auto, 3), (SimdWidth.Auto, 7)]))
        {
            var what = $"{width}, {threads} threads";
            Bits.AssertSame($"outputs, {what}", y, model.Predict(parameters, batch, width, threads));
            var (losses, gradients) = model.Accumulate(parameters, [batch], width, threads);
            Assert.Equal(expected.Losses, losses);
            Bits.AssertSame($"gradients, {what}", expected.Gradients, gradients);
            Bits.AssertSame($"trained parameters, {what}", trained, model.Train(parameters, batch, steps: 3, width, threads));
        }
    }

    /// <summary>Some of eight ranks have no sequence. The second batch goes on with the sums of the first one.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Any_number_of_ranks_gives_the_bits_of_one_process(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 71);
        StructuredBatch[] batches = [batch, batch.Select(3, 0, 5)];
        var expected = model.Accumulate(parameters, batches);
        var trained = model.Train(parameters, batch, steps: 3);
        foreach (var (ranks, threads) in ((int, int)[])[(1, 2), (2, 1), (3, 2), (8, 1)])
        {
            LocalRanks.Run(ranks, group =>
            {
                var what = $"rank {group.Rank} of {ranks}";
                var (losses, gradients) = model.Accumulate(parameters, batches, threads: threads, ranks: group);
                Assert.Equal(expected.Losses, losses);
                Bits.AssertSame($"gradients, {what}", expected.Gradients, gradients);
                Bits.AssertSame(
                    $"trained parameters, {what}", trained, model.Train(parameters, batch, steps: 3, threads: threads, ranks: group));
            });
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_outputs_of_a_sequence_are_those_that_it_has_alone(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 61);
        var together = model.Predict(parameters, batch);
        float[] alone = [.. Enumerable.Range(0, batch.Count).SelectMany(b => model.Predict(parameters, batch.Select(b)))];
        Bits.AssertSame("outputs", alone, together);
    }

    [Theory]
    [MemberData(nameof(CertainModels))]
    public void The_gradient_of_a_batch_has_the_bits_of_its_sequences_one_after_the_other(string name)
    {
        // A mean divides by the weights of all sequences, which one alone does not know.
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 62);
        if (model.Info.Reduction == Reduction.Mean)
            return;

        var together = model.Accumulate(parameters, [batch]);
        var alone = model.Accumulate(parameters, [.. batch.Weighted.Select(b => batch.Select(b))]);
        Bits.AssertSame("gradients", alone.Gradients, together.Gradients);
        Assert.Equal(alone.Losses.Sum(), together.Losses[0], 1e-6 * together.Losses[0]);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_order_of_the_sequences_changes_no_output(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 63);
        int[] order = [5, 2, 0, 4, 1, 3];
        var expected = order.SelectMany(b => model.Predict(parameters, batch.Select(b))).ToArray();
        Bits.AssertSame("outputs", expected, model.Predict(parameters, batch.Select(order)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Room_for_more_changes_nothing(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 68);
        var expected = model.Accumulate(parameters, [batch]);
        var got = model.Accumulate(parameters, [batch], threads: 2, room: 3);
        Assert.Equal(expected.Losses, got.Losses);
        Bits.AssertSame("gradients", expected.Gradients, got.Gradients);
        Bits.AssertSame("outputs", model.Predict(parameters, batch), model.Predict(parameters, batch, threads: 2, room: 3));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Padding_cannot_leak(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 64);
        var expected = model.Accumulate(parameters, [batch]);
        var y = model.Predict(parameters, batch);
        foreach (var padded in (StructuredBatch[])[batch.Padded(0, 0), batch.Padded(float.NaN, -7),
            batch.Padded(float.PositiveInfinity, int.MaxValue)])
        {
            var got = model.Accumulate(parameters, [padded]);
            Assert.Equal(expected.Losses, got.Losses);
            Bits.AssertSame("gradients", expected.Gradients, got.Gradients);
            Bits.AssertSame("outputs", y, batch.Unpad(model.Predict(parameters, padded)));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void What_is_missing_or_weighs_nothing_cannot_leak(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 65);
        var expected = model.Accumulate(parameters, [batch]);
        var y = model.Predict(parameters, batch);
        foreach (var hidden in (StructuredBatch[])[batch.WithHidden(float.NaN, -7), batch.WithHidden(1e30f, int.MaxValue)])
        {
            var got = model.Accumulate(parameters, [hidden]);
            Assert.Equal(expected.Losses, got.Losses);
            Bits.AssertSame("gradients", expected.Gradients, got.Gradients);
            Bits.AssertSame("outputs", y, model.Predict(parameters, hidden));
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Equal_lengths_may_be_said_or_not(string name)
    {
        var model = StructuredModels.Of(name);
        var (_, _, parameters) = StructuredCase.Of(name, seed: 66);
        var batch = StructuredBatch.Random(model.Info, [5, 5, 5], [4, 4, 4], seed: 67);
        var expected = model.Accumulate(parameters, [batch]);
        var got = model.Accumulate(parameters, [batch.TimeMajor()]);
        Assert.Equal(expected.Losses, got.Losses);
        Bits.AssertSame("gradients", expected.Gradients, got.Gradients);
        Bits.AssertSame("outputs", model.Predict(parameters, batch), batch.Unpad(model.Predict(parameters, batch.TimeMajor())));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Sequences_without_a_step_change_nothing_of_the_others(string name)
    {
        var model = StructuredModels.Of(name);
        var parameters = Experiment.RandomParameters(model.Info, new Random(69));
        var all = StructuredBatch.Random(model.Info, [4, 2, 5, 0, 0], [3, 1, 4, 2, 1], seed: 70);
        if (model.Info.OutputDomain == TimeDomain.Single)
        {
            Assert.Contains("sequence 3: expected 1 to 5 steps, got 0",
                Assert.Throws<ArgumentException>(() => model.Predict(parameters, all)).Message, StringComparison.Ordinal);
            return;
        }

        // What is drawn belongs to a sequence's number, so those without a step stand last where something is drawn.
        var without = all.Select(0, 1, 2);
        var y = model.Predict(parameters, without);
        var expected = model.Accumulate(parameters, [without], threads: 1);
        foreach (var (threads, room) in ((int, int)[])[(1, 0), (2, 0), (3, 2)])
        {
            Bits.AssertSame("outputs", y, model.Predict(parameters, all, threads: threads, room: room));
            Bits.AssertSame("outputs", y, model.Predict(parameters, all.Select(3, 0, 4, 1, 2), threads: threads, room: room));
            var got = model.Accumulate(parameters, [all], threads: threads, room: room);
            Assert.Equal(expected.Losses, got.Losses);
            Bits.AssertSame("gradients", expected.Gradients, got.Gradients);
        }

        Bits.AssertSame("outputs", y, all.Unpad(model.Predict(parameters, all.Padded(float.NaN, -7))));

        // None that has one: no outputs, no loss, no gradient.
        var nothing = all.Select(3, 4);
        Assert.Empty(model.Predict(parameters, nothing, threads: 2));
        var (losses, gradients) = model.Accumulate(parameters, [nothing]);
        Assert.Equal([0.0], losses);
        Assert.All(gradients, g => Assert.Equal(0, g));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Padding_may_go_beyond_the_longest_sequence(string name)
    {
        var (model, batch, parameters) = StructuredCase.Of(name, seed: 71);
        var expected = model.Accumulate(parameters, [batch]);
        var y = model.Predict(parameters, batch);
        foreach (var more in (int[])[1, 4])
        {
            var padded = batch.Padded(float.NaN, int.MinValue, more);
            var got = model.Accumulate(parameters, [padded]);
            Assert.Equal(expected.Losses, got.Losses);
            Bits.AssertSame("gradients", expected.Gradients, got.Gradients);
            Bits.AssertSame("outputs", y, batch.Unpad(model.Predict(parameters, padded)));
        }
    }
}
