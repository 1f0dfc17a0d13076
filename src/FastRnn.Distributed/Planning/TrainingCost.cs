namespace FastRnn.Distributed.Planning;

/// <summary>What a step of training costs one rank, and what ranks send each other: enough to say how long a step of many ranks
/// takes.</summary>
public sealed record TrainingCost
{
    /// <summary>Adam reads and writes four arrays and packs the weights: some two nanoseconds a parameter.</summary>
    public const double UpdateOfParameter = 2e-9;

    /// <summary>Seconds of a step of one rank alone, the update included.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>Learned numbers, whose gradients are sent.</summary>
    public required long Parameters { get; init; }

    /// <summary>Sequences of a batch.</summary>
    public required int Sequences { get; init; }

    /// <summary>The network.</summary>
    public required NetworkSpeed Network { get; init; }

    /// <summary>The longest sequence, in mean lengths; 1 where all are equally long.</summary>
    public double LongestSequence { get; init; } = 1;

    /// <summary>Parts in which gradients go from rank to rank, unless said otherwise.</summary>
    public const int DefaultSlices = 16;

    /// <summary>Parts in which gradients go from rank to rank.</summary>
    public int Slices { get; init; } = DefaultSlices;

    /// <summary>Layers with about as many weights each: gradients of the last one travel while the others pass back.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>The share of the passes that makes gradients of weights: one product of three.</summary>
    public double GradientShare { get; init; } = 1.0 / 3;

    /// <summary>Seconds of the optimizer's step, which every rank makes.</summary>
    public double UpdateSeconds => Math.Min(StepSeconds / 2, Parameters * UpdateOfParameter);

    /// <summary>How long a step of so many ranks takes.</summary>
    /// <remarks>The longest shard passes forward and backward, layer by layer, and each layer's gradients go along the ranks in slices: a
    /// rank adds to one when the rank before has added and sent it, so the last of R ranks ends R - 1 slices after the first one. Slices
    /// travel from the moment when the last layer has passed back, so a step takes as long as its work, or as the network from there on if
    /// that is longer. The sums come back slice by slice while others are added: along the ranks, or by a tree of two branches, which sends
    /// each slice twice, if they are many; the last slice is on its way when all is computed. And each rank makes the update.</remarks>
    /// <param name="ranks">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ranks"/> is below 1.</exception>
    public StepTime Of(int ranks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks, 1);
        var work = StepSeconds - UpdateSeconds;
        var (passes, gradients) = (work * (1 - GradientShare), work * GradientShare);
        var even = 1.0 / ranks;
        var share = Math.Min(1, (Math.Ceiling((double)Sequences / ranks) + ((LongestSequence - 1) / 2)) / Sequences);
        if (ranks == 1)
        {
            return new StepTime(1, work, 0, 0, UpdateSeconds);
        }

        var bytes = (double)Parameters * sizeof(float);
        var (add, send) = (gradients * share / Slices, Network.Seconds(bytes / Slices));
        var (branches, stations) = ranks <= RankGroup.LongestRow ? (1, ranks - 1.0) : (2, Math.Floor(Math.Log2(ranks)));
        var begun = passes / 2 * (1 + (1.0 / Math.Max(1, Layers)));
        var own = (passes * share) + (Slices * add);
        var network = (begun * share) + (Slices * Math.Max(add, send * branches));
        var (chain, gather) = ((ranks - 1) * (add + send), stations * send * branches);
        var compute = work * even;
        var exchange = ((ranks - 1) * send) + Math.Max(0, network - own) + gather;
        var all = Math.Max(own, network) + chain + gather;
        return new StepTime(ranks, compute, exchange, Math.Max(0, all - compute - exchange), UpdateSeconds);
    }

    /// <summary>The number of ranks with the shortest step; the smallest of equal ones.</summary>
    /// <param name="most">The most ranks there are.</param>
    public StepTime Fastest(int most) => Enumerable.Range(1, most).Select(Of).MinBy(time => time.Seconds)!;

    /// <summary>The most ranks of which each does at least a part of what it would do alone.</summary>
    /// <param name="most">The most ranks there are.</param>
    /// <param name="efficiency">That part, above 0 and at most 1.</param>
    public StepTime MostThatPay(int most, double efficiency = 0.5) =>
        Enumerable.Range(1, most).Select(Of).Last(time => StepSeconds / time.Seconds / time.Ranks >= efficiency - 1e-12);
}
