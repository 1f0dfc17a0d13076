using FastRnn.CompilerServices;
using FastRnn.Parameters;
using FastRnn.Threading;

namespace FastRnn.Execution;

/// <summary>What a <see cref="Runner"/> has room for, and what it is for.</summary>
internal sealed record RunSizes
{
    /// <summary>B: the most sequences of a batch.</summary>
    public required int Batch { get; init; }

    /// <summary>The largest T of a sequence.</summary>
    public required int Steps { get; init; }

    /// <summary>The largest T of what an encoder reads; 0 if there is none.</summary>
    public int SourceSteps { get; init; }

    /// <summary>The most positions (steps of all sequences together) that are in memory at once; 0 takes B times T. A batch of more is
    /// computed in groups of sequences, with the same bits.</summary>
    public int Positions { get; init; }

    /// <summary>Workers.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Whether a backward pass follows.</summary>
    public bool Records { get; init; }

    /// <summary>Whether numbers are dropped and drawn.</summary>
    public bool IsTraining { get; init; }

    /// <summary>Whether steps come one by one, and each has its output before the next one is there.</summary>
    public bool IsStream { get; init; }

    /// <summary>How weights are kept.</summary>
    public WeightFormat Weights { get; init; }

    /// <summary>Layers whose weights stay as they are.</summary>
    public IReadOnlyList<int> Float32Layers { get; init; } = [];

    /// <summary>The most labels of a sequence; 0 unless the loss is <see cref="LossKind.Ctc"/>.</summary>
    public int Labels { get; init; }

    /// <summary>What each output counts in the loss: <see cref="RunOptions.ClassWeights"/> or <see cref="RunOptions.PositiveWeights"/>;
    /// empty if there are none.</summary>
    public IReadOnlyList<float> LossWeights { get; init; } = [];

    /// <summary>Whether workers take parts of the units of all rows, and not rows: few rows of a large layer.</summary>
    public bool SplitsUnits { get; init; }

    /// <summary>What a step of a sequence costs, in multiply-adds (<see cref="WorkCost"/>); 0 if that is unknown, and all workers take part
    /// in everything.</summary>
    public long StepCost { get; init; }

    /// <summary>What a step of a source costs.</summary>
    public long SourceStepCost { get; init; }

    /// <summary>Whether a stream takes turns with others at the threads of the process, and has none of its own.</summary>
    public bool SharesTeam { get; init; }

    /// <summary>How many processes pass over a batch, each over a part of it; 1 for this one alone. What decides bits, such as how long
    /// segments are, does not depend on it.</summary>
    public int Ranks { get; init; } = 1;

    /// <summary>Positions of a batch for which there is room on all of them together.</summary>
    public int WholePositions => Whole(Steps);

    /// <summary>Positions along a time for which there is room.</summary>
    public int PositionsOf(TimeDomain time) => time switch
    {
        TimeDomain.Main => Limited(Steps),
        TimeDomain.Source => Limited(SourceSteps),
        _ => Batch,
    };

    /// <summary>Whether there is room for a batch of one length, and one of others is computed in more groups if need be: a number of bytes
    /// limits the run.</summary>
    public bool IsBudgeted { get; init; }

    /// <summary>Rows of a state's buffer along a time: one behind each position, and before each block of steps with the same rows
    /// (<see cref="Segment"/>) one for each of these.</summary>
    public int SlotsOf(TimeDomain time)
    {
        var positions = PositionsOf(time);
        if (IsBudgeted || (IsStream && time == TimeDomain.Main))
        {
            return checked(positions + Batch);
        }

        // The worst batch has as many lengths as it can: the longest sequence is in each block, the others in one less each. And a block
        // has at least one step.
        long lengths = Math.Clamp(time switch { TimeDomain.Main => Steps, TimeDomain.Source => SourceSteps, _ => 1 }, 1, Batch);
        var most = ((Batch - lengths) * lengths) + (lengths * (lengths + 1) / 2);
        return checked((int)(positions + Math.Max(Batch, Math.Min(positions, most))));
    }

    /// <summary>Of a batch that is cut by the sum of the lengths a rank has its part, and half a sequence more at both ends.</summary>
    private int Limited(int steps) => Ranks == 1 ? Whole(steps) : (int)Math.Min(Whole(steps), (Whole(steps) / Ranks) + steps + 1L);

    private int Whole(int steps)
    {
        var all = (long)Batch * steps;
        return checked((int)(Positions > 0 ? Math.Min(all, Positions) : all));
    }

    /// <summary>What a training asks for, checked.</summary>
    /// <inheritdoc cref="OfRecording" path="/exception"/>
    public static RunSizes OfTraining(ModelInfo info, RunOptions options)
    {
        var sizes = OfRecording(info, options) with { IsTraining = true };
        return sizes.Positions == 0 || sizes.Positions >= sizes.Batch || !LayerStep.CanCarry(info)
            ? sizes : throw new ArgumentOutOfRangeException(
                nameof(options), options.MaxPositions,
                $"MaxPositions: expected 0, or room for a step of a window of {sizes.Batch} sequences at least.");
    }

    /// <summary>What passes forward and backward ask for, checked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or weights are to be rounded: gradients are those of
    /// the parameters as they are.</exception>
    public static RunSizes OfRecording(ModelInfo info, RunOptions options)
    {
        var sizes = OfSequences(info, options) with { Records = true };
        sizes = sizes with { StepCost = 3 * sizes.StepCost, SourceStepCost = 3 * sizes.SourceStepCost };
        return sizes.Weights == WeightFormat.Float32 ? sizes : throw new ArgumentOutOfRangeException(
            nameof(options), options.Weights, "Weights: expected Float32, because gradients are those of the parameters as they are.");
    }

    /// <summary>What passes over whole sequences ask for, checked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static RunSizes OfSequences(ModelInfo info, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SequenceLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.SourceLength);
        ArgumentOutOfRangeException.ThrowIfNegative(options.TargetLength);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxPositions);
        var sourceSteps = info.Source is null ? 0 : options.SourceLength > 0 ? options.SourceLength : options.SequenceLength;
        var longest = Math.Max(options.SequenceLength, sourceSteps);
        if (options.MaxPositions > 0 && options.MaxPositions < longest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.MaxPositions, $"MaxPositions: expected 0, or room for a sequence of {longest} steps at least.");
        }

        Check(info, options, longest);
        return new RunSizes
        {
            Batch = options.BatchSize,
            Steps = options.SequenceLength,
            SourceSteps = sourceSteps,
            Positions = options.MaxPositions,
            Workers = options.Threads > 0 ? options.Threads : ThreadTeam.DefaultThreads,
            StepCost = StepCostOf(info, options, isSource: false),
            SourceStepCost = StepCostOf(info, options, isSource: true),
            Weights = options.Weights,
            Float32Layers = ConvertedWeights.Copy(options.Float32Layers),
            Labels = info.Loss != LossKind.Ctc ? 0 : options.TargetLength > 0 ? options.TargetLength : options.SequenceLength,
            LossWeights = LossWeightCheck.Take(info, options),
        };
    }

    /// <summary>What streams that are stepped together ask for, checked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The model cannot be stepped through.</exception>
    public static RunSizes OfStream(ModelInfo info, RunOptions options)
    {
        Check(info, options, BlockSteps);
        UseCheck.Session(info);
        var workers = options.Threads > 0 ? options.Threads : WorthwhileWorkers(info, options.BatchSize);
        return new RunSizes
        {
            Batch = options.BatchSize,
            Steps = BlockSteps,
            Workers = workers,
            StepCost = StepCostOf(info, options, isSource: false),
            IsStream = true,
            Weights = options.Weights,
            Float32Layers = ConvertedWeights.Copy(options.Float32Layers),
            SharesTeam = options.Threads == 0,
            SplitsUnits = workers > 1 && IsWorthSplitting(info, options.BatchSize),
        };
    }

    /// <summary>Checks what all runs have.</summary>
    public static void Check(ModelInfo info, RunOptions options, int steps)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ThreadTeam.Check(options.Threads, "options.Threads");
        WeightFormatCheck.Check(info, options);

        ArgumentCheck.Batch(info, options.BatchSize, steps, "options.BatchSize");
    }

    /// <summary>Steps that a stream takes at once where there are so many; more of them only cost memory.</summary>
    private const int BlockSteps = 32;

    /// <summary>Rows below which a second thread costs more than it brings.</summary>
    public const int RowsPerThread = 8;

    /// <summary>Multiply-adds of a layer's step from which on few rows are worth splitting the units: each step costs a barrier.</summary>
    public const long WorthSplitting = 200_000;

    /// <summary>Whether so few rows of a model are worth splitting the units among workers.</summary>
    public static bool IsWorthSplitting(ModelInfo info, int batch) => batch < 2 * RowsPerThread && LargestLayer(info) >= WorthSplitting;

    /// <summary>As many workers as the processors and the work of a step make worthwhile.</summary>
    public static int WorthwhileWorkers(ModelInfo info, int batch)
    {
        var workers = IsWorthSplitting(info, batch) ? LargestLayer(info) / (WorthSplitting / 2) : batch / RowsPerThread;
        return (int)Math.Clamp(workers, 1, ThreadTeam.DefaultThreads);
    }

    // A product of bytes takes at most half of the time of one of floats.
    private static long StepCostOf(ModelInfo info, RunOptions options, bool isSource) => Numbers.Sum(
        info.Layers, (layer, index) => (layer.Wiring.Domain == TimeDomain.Source) != isSource ? 0
            : (layer.MultiplyAdds / (options.Weights == WeightFormat.Int8 && !Numbers.Has(options.Float32Layers, index) ? 2 : 1))
                + (layer.IsRecurrent ? layer.OutputSize * WorkCost.OfUnit : 0));

    private static long LargestLayer(ModelInfo info)
    {
        var largest = 0L;
        foreach (var layer in info.Layers)
        {
            largest = Math.Max(largest, layer.MultiplyAdds);
        }

        return largest;
    }
}
