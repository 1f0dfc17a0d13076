using FastRnn.Data;

namespace FastRnn.Tests.Data;

public sealed class SequenceDatasetTests
{
    private static readonly SequenceFormat Vectors = new() { InputSize = 2, TargetSize = 1 };
    private static readonly SequenceFormat Translation = new()
    {
        Vocabulary = 5,
        TargetVocabulary = 5,
        HasSource = true,
        SourceVocabulary = 9,
        ConditionSize = 1,
    };

    [Fact]
    public void Sequences_of_many_lengths_come_back_as_they_were()
    {
        var data = new SequenceDataset(Translation);
        data.Add(new() { Tokens = [1, 2, 3], TargetTokens = [2, 3, 4], SourceTokens = [8], Condition = [0.5f] });
        data.Add(new() { Tokens = [4], TargetTokens = [0], SourceTokens = [7, 6], Condition = [-1] });
        Assert.Equal((2, 4, 1, 3, 2), (data.Count, data.PositionCount, data.MinLength, data.MaxLength, data.MaxSourceLength));
        Assert.Equal((3, 1, 1, 2), (data.LengthOf(0), data.LengthOf(1), data.SourceLengthOf(0), data.SourceLengthOf(1)));
        Assert.Equal([4], data[1].Tokens);
        Assert.Equal([2, 3, 4], data[0].TargetTokens);
        Assert.Equal([7, 6], data[1].SourceTokens);
        Assert.Equal([-1f], data[1].Condition);
        Assert.True(data[0].X.IsEmpty && data[0].Weights.IsEmpty && data[0].Present.IsEmpty && data[0].Lengths.IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.LengthOf(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.SourceLengthOf(-1));
    }

    [Fact]
    public void Masks_may_come_late_and_what_they_hide_may_be_anything()
    {
        var data = new SequenceDataset(Vectors);
        data.Add(new() { X = [1, 2, 3, 4], Targets = [5, 6] });
        data.Add(new() { X = [float.NaN, 0, 7, 8], Targets = [9, float.PositiveInfinity], Present = [false, true], Weights = [2, 0] });
        data.Add(new() { X = [1, 2], Targets = [3] });
        Assert.Equal([true, true], data[0].Present.ToArray());
        Assert.Equal([false, true], data[1].Present.ToArray());
        Assert.Equal([1f, 1f], data[0].Weights);
        Assert.Equal([2f, 0f], data[1].Weights);
        Assert.Equal([1f], data[2].Weights);
    }

    [Fact]
    public void Cutting_a_data_set_cuts_what_belongs_to_steps()
    {
        var data = new SequenceDataset(new() { InputSize = 1, TargetVocabulary = 9, OneTarget = true, HasSource = true });
        data.Add(new() { X = [1, 2, 3], TargetTokens = [5], SourceTokens = [1, 1] });
        data.Add(new() { X = [4, 5], TargetTokens = [6], SourceTokens = [2], Present = [false, true] });
        data.Add(new() { X = [6], TargetTokens = [7], SourceTokens = [3, 3, 3] });
        var cut = data.Cut(out var report, length: 2);
        Assert.Equal(new CutReport(Length: 2, Kept: 2, Cut: 1, Dropped: 1, StepsKept: 4, StepsDropped: 2), report);
        Assert.Equal((2, 2, 2), (cut.Count, cut.MinLength, cut.MaxLength));
        Assert.Equal([1f, 2f], cut[0].X);
        Assert.Equal([5], cut[0].TargetTokens);
        Assert.Equal([1, 1], cut[0].SourceTokens);
        Assert.Equal([false, true], cut[1].Present.ToArray());

        Assert.Equal([1f, 1f, 1f], Enumerable.Range(0, 3).Select(i => (float)data.Cut(out _).LengthOf(i)));
        Assert.Throws<ArgumentException>(() => new SequenceDataset(Vectors).Cut(out _));

        var each = new SequenceDataset(Vectors);
        each.Add(new() { X = [1, 2, 3, 4], Targets = [5, 6], Weights = [1, 2] });
        Assert.Equal([5f], each.Cut(out _, length: 1)[0].Targets);
        Assert.Equal([1f], each.Cut(out _, length: 1)[0].Weights);
    }

    [Fact]
    public void Cutting_to_the_shortest_drops_sequences_without_steps_and_counts_them()
    {
        var data = new SequenceDataset(Vectors);
        data.Add(new());
        Assert.Contains("No sequence has a step", Assert.Throws<ArgumentException>(() => data.Cut(out _)).Message,
            StringComparison.Ordinal);

        data.Add(new() { X = [1, 2, 3, 4, 5, 6], Targets = [1, 2, 3] });
        data.Add(new() { X = [7, 8, 9, 0], Targets = [4, 5] });
        var cut = data.Cut(out var report);
        Assert.Equal(new CutReport(Length: 2, Kept: 2, Cut: 1, Dropped: 1, StepsKept: 4, StepsDropped: 1), report);
        Assert.Equal((0, 2, 2), (data.MinLength, cut.Count, cut.MinLength));
        Assert.Equal([1f, 2, 3, 4], cut[0].X);
        Assert.Equal([4f, 5], cut[1].Targets);
    }

    [Fact]
    public void What_is_wrong_is_named_and_nothing_is_added()
    {
        var data = new SequenceDataset(Vectors);
        data.Add(new() { X = [1, 2], Targets = [3] });
        Refused("Sequence 1: X [T, I]: expected a multiple of 2 elements, got 3",
            new() { X = [1, 2, 3], Targets = [1] });
        Refused("Targets [T, O]: expected 0 elements, got 1", new() { Targets = [1] });
        Refused("Tokens [T]: the format has none, got 1", new() { X = [1, 2], Tokens = [1], Targets = [1] });
        Refused("Targets [T, O]: expected 1 elements, got 2", new() { X = [1, 2], Targets = [1, 2] });
        Refused("TargetTokens [T]: expected 0 elements, got 1", new() { X = [1, 2], Targets = [1], TargetTokens = [1] });
        Refused("Condition [C]: expected 0", new() { X = [1, 2], Targets = [1], Condition = [1] });
        Refused("SourceX and SourceTokens: the format has none", new() { X = [1, 2], Targets = [1], SourceX = [1] });
        Refused("Present [T]: expected 1 elements, got 2", new() { X = [1, 2], Targets = [1], Present = [true, true] });
        Refused("Weights [T]: expected 1 elements, got 2", new() { X = [1, 2], Targets = [1], Weights = [1, 1] });
        Refused("Weights, position 0: expected a finite number, at least 0, got -1", new() { X = [1, 2], Targets = [1], Weights = [-1] });
        Refused("X, position 1, element 1: expected a finite number, got NaN", new() { X = [1, 2, 3, float.NaN], Targets = [1, 1] });
        Refused("Targets, position 0, element 0: expected a finite number", new() { X = [1, 2], Targets = [float.NegativeInfinity] });
        Refused("without lengths", new() { X = [1, 2], Targets = [1], Lengths = [1] });
        Assert.Equal((1, 1), (data.Count, data.PositionCount));

        void Refused(string reason, SequenceBatch sequence)
        {
            try
            {
                data.Add(sequence);
            }
            catch (ArgumentException e)
            {
                Assert.Contains(reason, e.Message, StringComparison.Ordinal);
                return;
            }

            Assert.Fail($"not refused: {reason}");
        }
    }

    [Fact]
    public void Tokens_are_held_against_their_vocabularies()
    {
        var data = new SequenceDataset(Translation);
        Assert.Contains("Tokens, position 1: expected a token from 0 to 4, got 5", Refused([0, 5], [0, 0], [0]), StringComparison.Ordinal);
        Assert.Contains("TargetTokens, position 0", Refused([0, 1], [-1, 0], [0]), StringComparison.Ordinal);
        Assert.Contains(
            "SourceTokens, position 0: expected a token from 0 to 8, got 9", Refused([0, 1], [0, 0], [9]), StringComparison.Ordinal);
        Assert.Contains("SourceTokens [S]", Refused([0, 1], [0, 0], []), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceDataset(new() { InputSize = -1 }));

        string Refused(int[] tokens, int[] targets, int[] source) => Assert.Throws<ArgumentException>(
            () => data.Add(new() { Tokens = tokens, TargetTokens = targets, SourceTokens = source, Condition = [1] })).Message;
    }
}
