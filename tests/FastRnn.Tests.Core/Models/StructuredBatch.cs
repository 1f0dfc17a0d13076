using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Testing;
using FastRnn.Tests.Memory;

namespace FastRnn.Tests.Models;

/// <summary>All numbers of a batch of sequences for one model; ragged, one sequence behind the other, unless made otherwise.</summary>
internal sealed record StructuredBatch
{
    private bool isPadded;
    private bool isEqual;
    private int paddedSteps;

    public required ModelInfo Info { get; init; }

    public required int[] Lengths { get; init; }

    /// <summary>Empty without an encoder.</summary>
    public int[] SourceLengths { get; init; } = [];

    public float[] X { get; init; } = [];

    public int[] Tokens { get; init; } = [];

    public bool[] Present { get; init; } = [];

    public float[] Targets { get; init; } = [];

    public int[] TargetTokens { get; init; } = [];

    public float[] Weights { get; init; } = [];

    /// <summary><c>[O]</c>: of classes or of positive targets; empty if all are 1.</summary>
    public float[] LossWeights { get; init; } = [];

    public float[] Condition { get; init; } = [];

    public float[] SourceX { get; init; } = [];

    public int[] SourceTokens { get; init; } = [];

    public int Count => Lengths.Length;

    /// <summary>The sequences whose loss counts at all.</summary>
    public int[] Weighted => [.. Enumerable.Range(0, Count).Where(b => Weights.Length == 0 || Select(b).Weights.Any(w => w > 0))];

    /// <summary>How many outputs each sequence has.</summary>
    public int[] OutputLengths => Info.OutputDomain == TimeDomain.Single ? [.. Lengths.Select(_ => 1)] : Lengths;

    /// <summary>Numbers of all outputs, in the batch's layout.</summary>
    public int OutputCount =>
        (isPadded && Info.OutputDomain == TimeDomain.Main ? paddedSteps * Count
            : isEqual && Info.OutputDomain == TimeDomain.Main ? Lengths.Max() * Count : OutputLengths.Sum()) * Info.OutputSize;

    /// <summary>The batch as the library takes it.</summary>
    public SequenceBatch Input => new()
    {
        Lengths = isEqual ? [] : Lengths,
        SourceLengths = isEqual ? [] : SourceLengths,
        IsPadded = isPadded,
        X = CallerMemory.Of(X),
        Tokens = CallerMemory.Of(Tokens),
        Present = CallerMemory.Of(Present),
        Targets = CallerMemory.Of(Targets),
        TargetTokens = CallerMemory.Of(TargetTokens),
        Weights = CallerMemory.Of(Weights),
        Condition = CallerMemory.Of(Condition),
        SourceX = CallerMemory.Of(SourceX),
        SourceTokens = CallerMemory.Of(SourceTokens),
    };

    /// <summary>Numbers of the order of 1. A third of the weights are 0 and a fifth of the inputs missing, where asked for and possible: a
    /// token that is given to kernels as it is cannot be missing.</summary>
    public static StructuredBatch Random(ModelInfo info, int[] lengths, int[] sourceLengths, int seed, bool masks = true)
    {
        var random = new Random(seed);
        var (positions, sources) = (lengths.Sum(), info.Source is null ? 0 : sourceLengths.Sum());
        var outputs = info.OutputDomain == TimeDomain.Single ? lengths.Length : positions;
        var canMiss = info.Input != InputKind.OneHot || !info.Layers.Any(l => l.ReadsToken && l.Wiring.Domain == TimeDomain.Main);
        return new StructuredBatch
        {
            Info = info,
            Lengths = lengths,
            SourceLengths = info.Source is null ? [] : sourceLengths,
            X = Experiment.Numbers(random, positions * info.VectorSize, 1),
            Tokens = Labels(random, positions, info.Inputs),
            Present = masks && canMiss ? [.. Enumerable.Range(0, positions).Select(_ => random.Next(5) > 0)] : [],
            Targets = [.. Experiment.Numbers(random, outputs * info.TargetSize, 1).Select(Math.Abs)],
            TargetTokens = Labels(random, outputs, [.. info.Heads.Where(head => head.TargetSize == 0).Select(head => head.Size)]),
            Weights = masks ? [.. Enumerable.Range(0, outputs).Select(i => i == 0 ? 1 : random.Next(3) * 0.75f)] : [],
            Condition = Experiment.Numbers(random, lengths.Length * info.ConditionSize, 1),
            SourceX = Experiment.Numbers(random, sources * (info.Source?.VectorSize ?? 0), 1),
            SourceTokens = info.Source is { } source ? Labels(random, sources, source.Inputs) : [],
        };
    }

    /// <summary>The rows of an experiment, which are time-major.</summary>
    public static StructuredBatch OfSteps(Experiment experiment, TestTargets targets) => new()
    {
        Info = experiment.Info,
        Lengths = [.. Enumerable.Repeat(experiment.Steps, experiment.Batch)],
        isEqual = true,
        X = experiment.X,
        Tokens = experiment.Tokens,
        Targets = targets.Vectors,
        TargetTokens = targets.Tokens,
    };

    /// <summary>Some of the sequences, in the given order.</summary>
    public StructuredBatch Select(params int[] sequences) => this with
    {
        Lengths = Pick(Lengths, Lengths.Select(_ => 1), sequences),
        SourceLengths = Pick(SourceLengths, SourceLengths.Select(_ => 1), sequences),
        X = Pick(X, Lengths, sequences),
        Tokens = Pick(Tokens, Lengths, sequences),
        Present = Pick(Present, Lengths, sequences),
        Targets = Pick(Targets, OutputLengths, sequences),
        TargetTokens = Pick(TargetTokens, OutputLengths, sequences),
        Weights = Pick(Weights, OutputLengths, sequences),
        Condition = Pick(Condition, Lengths.Select(_ => 1), sequences),
        SourceX = Pick(SourceX, SourceLengths, sequences),
        SourceTokens = Pick(SourceTokens, SourceLengths, sequences),
    };

    /// <summary>The steps of all sequences from one to before another, as far as inputs go.</summary>
    public StructuredBatch Steps(int begin, int end) => new()
    {
        Info = Info,
        Lengths = [.. Lengths.Select(_ => end - begin)],
        X = Steps(X, begin, end),
        Tokens = Steps(Tokens, begin, end),
    };

    /// <summary>The same steps of what has one entry a position.</summary>
    public T[] Steps<T>(T[] values, int begin, int end)
    {
        var size = values.Length / Lengths.Sum();
        return [.. Split(values, Lengths).Where(row => row.Length > 0).SelectMany(row => row[(begin * size)..(end * size)])];
    }

    /// <summary>The batch time-major and padded; behind the end of each sequence stands what the arguments say, and so in some steps more
    /// than the longest sequence has.</summary>
    public StructuredBatch Padded(float number, int token, int more = 0)
    {
        var outputs = Info.OutputDomain == TimeDomain.Single ? 0 : more;
        return this with
        {
            isPadded = true,
            paddedSteps = Lengths.Max() + more,
            X = Pad(X, Lengths, number, more),
            Tokens = Pad(Tokens, Lengths, token, more),
            Present = Pad(Present, Lengths, true, more),
            Targets = Pad(Targets, OutputLengths, number, outputs),
            TargetTokens = Pad(TargetTokens, OutputLengths, token, outputs),
            Weights = Pad(Weights, OutputLengths, number, outputs),
            SourceX = Pad(SourceX, SourceLengths, number, more),
            SourceTokens = Pad(SourceTokens, SourceLengths, token, more),
        };
    }

    /// <summary>The batch time-major, without lengths; all are equal.</summary>
    public StructuredBatch TimeMajor() => Padded(0, 0) with { isPadded = false, isEqual = true };

    /// <summary>The batch with other inputs where they are missing, and other targets where the weight is 0.</summary>
    public StructuredBatch WithHidden(float number, int token) => this with
    {
        X = Replace(X, Present, true, number),
        Tokens = Replace(Tokens, Present, true, token),
        Targets = Replace(Targets, [.. Weights.Select(w => w > 0)], true, number),
        TargetTokens = Replace(TargetTokens, [.. Weights.Select(w => w > 0)], true, token),
    };

    /// <summary>Outputs that are padded, without the padding.</summary>
    public float[] Unpad(float[] outputs) => Info.OutputDomain == TimeDomain.Single ? outputs :
    [
        .. from b in Enumerable.Range(0, Count)
           from t in Enumerable.Range(0, Lengths[b])
           from y in outputs.AsSpan((t * Count + b) * Info.OutputSize, Info.OutputSize).ToArray()
           select y,
    ];

    /// <summary>The inputs as the reference reads them.</summary>
    public ReferenceSequence[] Sequences()
    {
        var (inputs, sources) = (Rows(X, Lengths), Rows(SourceX, SourceLengths));
        var (tokens, sourceTokens, present) = (Split(Tokens, Lengths), Split(SourceTokens, SourceLengths), Split(Present, Lengths));
        var conditions = Split(Condition, [.. Lengths.Select(_ => 1)]);
        return [.. Enumerable.Range(0, Count).Select(b => new ReferenceSequence
        {
            Inputs = inputs[b],
            Tokens = tokens[b],
            Present = present[b],
            Condition = Array.ConvertAll(conditions[b], v => (double)v),
            SourceInputs = sources.ElementAtOrDefault(b) ?? [],
            SourceTokens = sourceTokens.ElementAtOrDefault(b) ?? [],
        })];
    }

    /// <summary>The declared loss of the reference's outputs.</summary>
    public double Loss(ReferenceSequenceResult[] results)
    {
        var outputs = results.Select(result => result.Outputs).ToArray();
        var weights = Weights.Length == 0
            ? null : Split(Weights, OutputLengths).Select(row => Array.ConvertAll(row, w => (double)w)).ToArray();
        var lossWeights = LossWeights.Length == 0 ? null : Array.ConvertAll(LossWeights, w => (double)w);
        if (Info.Loss == LossKind.Mixed)
        {
            var tokens = Split(TargetTokens, OutputLengths).Select(row => row.Chunk(Math.Max(1, Info.TargetTokenCount)).ToArray());
            return ReferenceLoss.OfHeads(Info, outputs, Rows(Targets, OutputLengths), [.. tokens], weights, lossWeights);
        }

        return TargetTokens.Length > 0
            ? ReferenceLoss.OfSequences(Info, outputs, Split(TargetTokens, OutputLengths), weights, lossWeights)
            : ReferenceLoss.OfSequences(Info, outputs, Rows(Targets, OutputLengths), weights, lossWeights);
    }

    /// <summary>A token for each input of tokens at each position.</summary>
    private static int[] Labels(Random random, int count, IReadOnlyList<InputInfo> inputs) =>
        Labels(random, count, [.. inputs.Where(input => input.Kind != InputKind.Vector).Select(input => input.Vocabulary)]);

    private static int[] Labels(Random random, int count, int[] vocabularies) =>
        [.. Enumerable.Range(0, count).SelectMany(_ => vocabularies.Select(vocabulary => random.Next(vocabulary)))];

    /// <summary><c>[B][T_b ...]</c>; <c>[B]</c> of nothing if there is nothing.</summary>
    private static T[][] Split<T>(T[] values, int[] lengths)
    {
        var (size, at) = (lengths.Length == 0 ? 0 : values.Length / Math.Max(1, lengths.Sum()), 0);
        return [.. lengths.Select(length =>
        {
            at += length * size;
            return values[(at - length * size)..at];
        })];
    }

    private static double[][][] Rows(float[] values, int[] lengths) =>
        [.. Split(values, lengths).Zip(lengths, (row, length) =>
            row.Length == 0 ? [] : row.Select(v => (double)v).Chunk(row.Length / length).ToArray())];

    private static T[] Pick<T>(T[] values, IEnumerable<int> lengths, int[] sequences)
    {
        var split = Split(values, [.. lengths]);
        return split.Length == 0 ? [] : [.. sequences.SelectMany(b => split[b])];
    }

    private T[] Pad<T>(T[] values, int[] lengths, T padding, int more)
    {
        // One target a sequence stands as it stands in each layout.
        if (values.Length == 0 || (ReferenceEquals(values, Targets) || ReferenceEquals(values, TargetTokens)
            || ReferenceEquals(values, Weights)) && Info.OutputDomain == TimeDomain.Single)
            return values;
        var (split, size, steps) = (Split(values, lengths), values.Length / lengths.Sum(), lengths.Max() + more);
        return [.. Enumerable.Range(0, steps).SelectMany(t => split.SelectMany(row =>
            t * size < row.Length ? row[(t * size)..((t + 1) * size)] : [.. Enumerable.Repeat(padding, size)]))];
    }

    private static T[] Replace<T>(T[] values, bool[] at, bool keep, T other)
    {
        if (values.Length == 0 || at.Length == 0)
            return values;
        var size = values.Length / at.Length;
        return [.. values.Select((value, i) => at[i / size] == keep ? value : other)];
    }
}
