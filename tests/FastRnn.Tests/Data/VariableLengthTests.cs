using FastRnn.Data;

namespace FastRnn.Tests.Data;

/// <summary>Padding, cutting, pooling (rows 14, 15 and 16).</summary>
public sealed class VariableLengthTests
{
    private static readonly int[] Lengths = [2, 3, 1];
    private static readonly float[] Values = [1, -1, 2, -2, 10, -10, 20, -20, 30, -30, 100, -100];

    [Fact]
    public void Padding_makes_all_as_long_as_the_longest()
    {
        float n = float.NaN;
        Assert.Equal(
            [1, -1, 10, -10, 100, -100, 2, -2, 20, -20, n, n, n, n, 30, -30, n, n],
            VariableLength.PadToLongest<float>(Values, Lengths, width: 2, n));
        Assert.Equal([7, 8, 5, -1, 9, 6, -1, 10, -1], VariableLength.PadToLongest([7, 8, 9, 10, 5, 6], [1, 3, 2], width: 1, padding: -1));
    }

    [Fact]
    public void Cutting_to_the_shortest_says_what_it_dropped()
    {
        Assert.Equal([1, -1, 10, -10, 100, -100], VariableLength.Cut<float>(Values, Lengths, width: 2, out var report));
        Assert.Equal(new CutReport(Length: 1, Kept: 3, Cut: 2, Dropped: 0, StepsKept: 3, StepsDropped: 3), report);
        Assert.Equal(0.5, report.DroppedShare);
        Assert.Equal("cut to 1 steps: 3 sequences left (2 of them shortened), 0 dropped; 3 of 6 steps lost (50.0 %)", report.ToString());
    }

    [Fact]
    public void Cutting_to_a_length_drops_what_is_shorter()
    {
        Assert.Equal([1, -1, 10, -10, 2, -2, 20, -20], VariableLength.Cut<float>(Values, Lengths, width: 2, out var report, length: 2));
        Assert.Equal(new CutReport(Length: 2, Kept: 2, Cut: 1, Dropped: 1, StepsKept: 4, StepsDropped: 2), report);
        Assert.Throws<ArgumentException>(() => VariableLength.Cut<float>(Values, Lengths, 2, out _, length: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => VariableLength.Cut<float>(Values, Lengths, 2, out _, length: -1));
        VariableLength.Cut([1, 2, 3, 4], [2, 2], 1, out var nothing);
        Assert.Equal((0, 0L, 0.0), (nothing.Cut, nothing.StepsDropped, nothing.DroppedShare));
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Contains("expected 12 elements, got 11", Assert.Throws<ArgumentException>(() =>
            VariableLength.PadToLongest<float>(Values.AsSpan(1), Lengths, 2, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("Sequence 1", Assert.Throws<ArgumentOutOfRangeException>(() =>
            VariableLength.PadToLongest<float>(Values, [6, 0], 2, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => VariableLength.PadToLongest<float>(Values, Lengths, 0, 0));
        Assert.Throws<ArgumentException>(() => VariableLength.Cut<float>([], [], 2, out _));
        Assert.Throws<ArgumentException>(() => VariableLength.PadToLongest<float>(Values, [int.MaxValue, int.MaxValue], 2, 0));
    }

    [Fact]
    public void A_sequence_is_summed_up_by_its_last_its_mean_and_its_largest_step()
    {
        float[] x = [1, 8, -3, 4, 5, -6];
        var pooled = new float[2];
        SequencePooling.Last(x, pooled);
        Assert.Equal([5, -6], pooled);
        SequencePooling.Mean(x, pooled);
        Assert.Equal([1, 2], pooled);
        SequencePooling.Max(x, pooled);
        Assert.Equal([5, 8], pooled);
    }

    [Fact]
    public void A_step_that_is_missing_does_not_count()
    {
        float[] x = [1, 8, -3, 4, float.NaN, float.NaN];
        var pooled = new float[2];
        SequencePooling.Last(x, pooled, [true, true, false]);
        Assert.Equal([-3, 4], pooled);
        SequencePooling.Mean(x, pooled, [true, true, false]);
        Assert.Equal([-1, 6], pooled);
        SequencePooling.Max(x, pooled, [false, true, false]);
        Assert.Equal([-3, 4], pooled);
        foreach (var pool in (Action[])
            [() => SequencePooling.Last(x, pooled, new bool[3]), () =>
                SequencePooling.Mean(x, pooled, new bool[3]), () => SequencePooling.Max(x, pooled, new bool[3])])
        {
            pooled.AsSpan().Fill(9);
            pool();
            Assert.Equal([0, 0], pooled);
        }

        Assert.Throws<ArgumentException>(() => SequencePooling.Mean(x, pooled, [true]));
        Assert.Throws<ArgumentException>(() => SequencePooling.Mean(x, new float[4]));
        Assert.Throws<ArgumentException>(() => SequencePooling.Mean([], pooled));
    }

    [Fact]
    public void A_data_set_is_summed_up_sequence_by_sequence()
    {
        var data = new SequenceDataset(new() { InputSize = 2, TargetVocabulary = 2, OneTarget = true });
        data.Add(new() { X = [1, 8, -3, 4], TargetTokens = [0] });
        data.Add(new() { X = [5, 6, float.NaN, 0], Present = [true, false], TargetTokens = [1] });
        Assert.Equal([-1, 6, 5, 6], SequencePooling.Mean(data));
        Assert.Equal([-3, 4, 5, 6], SequencePooling.Last(data));
        Assert.Equal([1, 8, 5, 6], SequencePooling.Max(data));
        Assert.Throws<ArgumentException>(() => SequencePooling.Mean(new SequenceDataset(new())));
    }
}
