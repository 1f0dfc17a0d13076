using System.Globalization;

using FastRnn.Data;
using FastRnn.Tests.Kernels;
using FastRnn.Tests.Models;
using FastRnn.Tests.Processes;
using FastRnn.Training;

namespace FastRnn.Tests.Memory;

/// <summary>How much memory models and batches take.</summary>
public sealed class ModelMemoryTests
{
    /// <summary>It is 87 MB, on a busy machine as well. If the collector is not told of the memory, it is 124 MB: these models leave
    /// little else behind, and it comes only now and then of its own accord.</summary>
    [Fact]
    public void Models_that_nobody_disposes_of_do_not_pile_up() =>
        Assert.InRange(long.Parse(OwnProcess.Run<ManyModels>(), CultureInfo.InvariantCulture), 20 << 20, 105 << 20);

    /// <summary>Padded to the longest, these sequences would be 320,000 positions and not 6,260.</summary>
    [Fact]
    public void A_batch_with_one_long_sequence_takes_the_memory_of_its_positions()
    {
        int[] lengths = [.. Enumerable.Repeat(20, 63), 5000];
        var positions = lengths.Sum();
        var tokens = SequenceFixture.RandomTokens(positions, EmbeddedText.Info.Vocabulary, seed: 1);
        var targets = SequenceFixture.RandomTokens(positions, EmbeddedText.Info.OutputSize, seed: 2);
        var options = new TrainerOptions
        {
            BatchSize = 64,
            SequenceLength = 5000,
            MaxPositions = positions,
            Optimizer = new Sgd(0.1f),
            Threads = 2,
        };
        using var ragged = new EmbeddedText(seed: 3).CreateTrainer(options);
        using var one =
            new EmbeddedText(seed: 3).CreateTrainer(options with { BatchSize = 1, SequenceLength = positions, MaxPositions = 0 });
        using var groups = new EmbeddedText(seed: 3).CreateTrainer(options with { MaxPositions = 5000 });

        Assert.InRange(ragged.MemoryBytes, one.MemoryBytes, 1.3 * one.MemoryBytes);

        var batch = new SequenceBatch { Tokens = tokens, TargetTokens = targets, Lengths = lengths };
        Assert.Equal(groups.Step(batch), ragged.Step(batch));
        Bits.AssertSame("parameters", groups.Model.Parameters, ragged.Model.Parameters);
    }
}
