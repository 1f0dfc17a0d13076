using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Parameters;
using FastRnn.Testing;
using FastRnn.Training;

namespace FastRnn.Diagnostics;

/// <summary>Random numbers to try a model's gradients with: sequences of different lengths, one behind the other.</summary>
internal sealed class GradientBatch
{
    private readonly float[] x;
    private readonly float[] sourceX;
    private readonly float[] condition;
    private readonly float[] targets;
    private readonly int[] tokens;
    private readonly int[] sourceTokens;
    private readonly int[] targetTokens;
    private readonly int[] targetLengths;

    public GradientBatch(ModelInfo info, GradientCheckOptions options)
    {
        (Info, Seed) = (info, options.Seed);
        var (count, random) = (options.Sequences, new RandomSource(options.Seed));
        Lengths = [.. Enumerable.Range(0, count).Select(b => Math.Max(1, options.Steps - (b * 2 % options.Steps)))];
        SourceLengths = info.Source is null ? []
            : [.. Enumerable.Range(0, count).Select(b => Math.Max(1, options.Steps - (b * 3 + 2) % options.Steps))];
        OutputLengths = info.OutputDomain == TimeDomain.Single ? [.. Lengths.Select(_ => 1)] : Lengths;
        var (positions, sources, outputs) = (Lengths.Sum(), SourceLengths.Sum(), OutputLengths.Sum());
        x = Numbers(random, positions * info.VectorSize, 1);
        tokens = Tokens(random, positions, Vocabularies(info.Inputs));
        sourceX = Numbers(random, sources * (info.Source?.VectorSize ?? 0), 1);
        sourceTokens = info.Source is { } source ? Tokens(random, sources, Vocabularies(source.Inputs)) : [];
        condition = Numbers(random, count * info.ConditionSize, 1);

        // As many labels as fit the steps however many of them are the same.
        targetLengths = info.Loss == LossKind.Ctc ? [.. Lengths.Select(steps => (steps + 1) / 2)] : [];
        targetTokens = info.Loss == LossKind.Ctc
            ? [.. Tokens(random, targetLengths.Sum(), [info.OutputSize - 1]).Select(label => label + 1)]
            : Tokens(random, outputs, [.. info.Heads.Where(head => head.IsClassification).Select(head => head.Size)]);

        // Targets of a cross-entropy are probabilities; for the other losses such numbers are as good as any.
        targets = [.. Numbers(random, info.Loss == LossKind.None ? 0 : outputs * info.TargetSize, 1).Select(Math.Abs)];
        DOutput = Numbers(random, outputs * info.OutputSize, 1);
        DrawnFrom = random;
    }

    public ModelInfo Info { get; }

    public int Seed { get; }

    public int Count => Lengths.Length;

    public int[] Lengths { get; }

    public int[] SourceLengths { get; }

    /// <summary>How many outputs each sequence has.</summary>
    public int[] OutputLengths { get; }

    /// <summary>The gradient of each output, one sequence behind the other.</summary>
    public float[] DOutput { get; }

    /// <summary>For those who need more numbers.</summary>
    public RandomSource DrawnFrom { get; }

    /// <summary>The vectors that the model reads, <c>[T_0 + T_1 + ..., I]</c>; empty if it reads tokens alone.</summary>
    public float[] X => x;

    /// <summary>The most steps that stand behind one another.</summary>
    public int Steps => Lengths.Zip(SourceLengths.Concat(Enumerable.Repeat(0, Count)), (main, source) => main + source).Max();

    /// <summary>The batch as the library takes it.</summary>
    public SequenceBatch Input => new()
    {
        Lengths = Lengths,
        SourceLengths = SourceLengths,
        X = x,
        Tokens = tokens,
        Targets = targets,
        TargetTokens = targetTokens,
        TargetLengths = targetLengths,
        Condition = condition,
        SourceX = sourceX,
        SourceTokens = sourceTokens,
    };

    /// <summary>Sizes that hold the batch.</summary>
    public TrainerOptions Options => new()
    {
        BatchSize = Count,
        SequenceLength = Lengths.Max(),
        SourceLength = SourceLengths.DefaultIfEmpty(0).Max(),
        Optimizer = new Sgd(0),
        Seed = Seed,
        Threads = 1,
    };

    /// <summary>Numbers of the order of 1; those of matrices smaller, so that nothing saturates.</summary>
    public static void DrawParameters(ModelInfo info, int seed, Span<float> parameters)
    {
        Numbers(RandomSource.ForStream(seed, 0, 1), parameters.Length, 1).CopyTo(parameters);
        foreach (var layer in info.Layers)
        {
            foreach (var parameter in layer.Parameters)
            {
                var scale = parameter.IsVector ? 0.5f : 1 / MathF.Sqrt(parameter.Columns);
                foreach (ref var value in parameters.Slice(layer.ParameterOffset + parameter.Offset, parameter.Count))
                {
                    value *= scale;
                }
            }
        }
    }

    /// <summary>Numbers from -bound to bound.</summary>
    public static float[] Numbers(RandomSource random, int count, float bound)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
        {
            number = ((2 * random.NextSingle()) - 1) * bound;
        }

        return numbers;
    }

    /// <summary>The sequences as the reference reads them.</summary>
    /// <param name="inputs">In place of <see cref="X"/>.</param>
    public ReferenceSequence[] Sequences(ReadOnlySpan<double> inputs)
    {
        var (rows, sources, conditions) =
            (Rows(inputs, Lengths), Rows(Wide(sourceX), SourceLengths), Rows(Wide(condition), [.. Lengths.Select(_ => 1)]));
        var (mainTokens, encoded) = (Split<int>(tokens, Lengths), Split<int>(sourceTokens, SourceLengths));
        return [.. Enumerable.Range(0, Count).Select(b => new ReferenceSequence
        {
            Inputs = rows.ElementAtOrDefault(b) ?? [],
            Tokens = mainTokens.ElementAtOrDefault(b) ?? [],
            Condition = conditions.ElementAtOrDefault(b)?[0] ?? [],
            SourceInputs = sources.ElementAtOrDefault(b) ?? [],
            SourceTokens = encoded.ElementAtOrDefault(b) ?? [],
        })];
    }

    /// <summary>The declared loss.</summary>
    public double Loss(ReferenceSequenceResult[] results)
    {
        double[][][] outputs = [.. results.Select(result => result.Outputs)];
        return Info.Loss switch
        {
            LossKind.Ctc => ReferenceCtc.OfSequences(Info, outputs, Split<int>(targetTokens, targetLengths)),
            LossKind.SoftmaxCrossEntropy => ReferenceLoss.OfSequences(Info, outputs, Split<int>(targetTokens, OutputLengths)),
            LossKind.Mixed => ReferenceLoss.OfHeads(
                Info, outputs, Info.TargetSize == 0 ? Nothing<double>() : Rows(Wide(targets), OutputLengths),
                Info.TargetTokenCount == 0 ? Nothing<int>()
                    : [.. Split<int>(targetTokens, OutputLengths).Select(row => row.Chunk(Info.TargetTokenCount).ToArray())]),
            _ => ReferenceLoss.OfSequences(Info, outputs, Rows(Wide(targets), OutputLengths)),
        };
    }

    /// <summary>What has one vector a position, by sequences: <c>[B][T_b][...]</c>; nothing of nothing.</summary>
    public static double[][][] Rows(ReadOnlySpan<double> values, int[] lengths)
    {
        if (values.IsEmpty)
        {
            return [];
        }

        var (size, split) = (values.Length / lengths.Sum(), Split(values, lengths));
        return [.. split.Select(row => row.Chunk(size).ToArray())];
    }

    public static double[] Wide(float[] values) => Array.ConvertAll(values, value => (double)value);

    /// <summary>Targets that no head has, for each position.</summary>
    private T[][][] Nothing<T>() => [.. OutputLengths.Select(length => Enumerable.Repeat(Array.Empty<T>(), length).ToArray())];

    private static int[] Vocabularies(IReadOnlyList<InputInfo> inputs) =>
        [.. inputs.Where(input => input.Kind != InputKind.Vector).Select(input => input.Vocabulary)];

    /// <summary>For each position a token of each vocabulary.</summary>
    private static int[] Tokens(RandomSource random, int positions, int[] vocabularies) =>
        [.. Enumerable.Range(0, positions).SelectMany(_ => vocabularies.Select(vocabulary => random.NextInt(vocabulary)))];

    private static T[][] Split<T>(ReadOnlySpan<T> values, int[] lengths)
    {
        if (values.IsEmpty)
        {
            return [];
        }

        var (size, parts, at) = (values.Length / lengths.Sum(), new T[lengths.Length][], 0);
        for (var b = 0; b < parts.Length; b++)
        {
            parts[b] = values.Slice(at, lengths[b] * size).ToArray();
            at += lengths[b] * size;
        }

        return parts;
    }
}
