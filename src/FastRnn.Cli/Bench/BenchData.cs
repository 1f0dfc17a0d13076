using FastRnn.CompilerServices;
using FastRnn.Data;

namespace FastRnn.Cli.Bench;

/// <summary>Inputs and targets of a model of any kind: tokens and numbers drawn from a seed, for a batch of sequences of one
/// length.</summary>
internal sealed class BenchData
{
    private const int Seed = 1;

    private readonly ModelInfo info;
    private readonly int[] tokens, sourceTokens, targetTokens, targetLengths;
    private readonly float[] x, sourceX, targets, condition;

    /// <param name="info">The model.</param>
    /// <param name="batch">B sequences.</param>
    /// <param name="steps">T steps each.</param>
    /// <param name="isStream">Whether there is an output for each step even if the model pools them.</param>
    public BenchData(ModelInfo info, int batch, int steps, bool isStream = false)
    {
        this.info = info;
        var random = new Random(Seed);
        var positions = batch * steps;
        (tokens, x) = (Tokens(random, positions, Vocabularies(info.Inputs)), Numbers(random, positions * info.VectorSize));
        (sourceTokens, sourceX) = info.Source is { } source
            ? (Tokens(random, positions, Vocabularies(source.Inputs)), Numbers(random, positions * source.VectorSize)) : ([], []);
        condition = Numbers(random, batch * info.ConditionSize);

        var outputs = info.OutputDomain == TimeDomain.Single && !isStream ? batch : positions;
        Outputs = new float[outputs * info.OutputSize];

        // As many labels as fit the steps however many of them are the same.
        targetLengths = info.Loss == LossKind.Ctc ? [.. Enumerable.Repeat((steps + 1) / 2, batch)] : [];
        targetTokens = info.Loss == LossKind.Ctc
            ? [.. Tokens(random, targetLengths.Sum(), [info.OutputSize - 1]).Select(label => label + 1)]
            : Tokens(random, outputs, [.. info.Heads.Where(head => head.Loss == LossKind.SoftmaxCrossEntropy).Select(head => head.Size)]);
        targets = info.Loss == LossKind.None ? [] : Numbers(random, outputs * info.TargetSize);
        foreach (var head in info.Heads.Where(head => head.Loss == LossKind.SigmoidBinaryCrossEntropy))
        {
            for (var i = 0; i < outputs * head.TargetSize; i++)
            {
                ref var target = ref targets[(i / head.TargetSize * info.TargetSize) + head.TargetOffset + (i % head.TargetSize)];
                target = target > 0 ? 1 : 0;
            }
        }
    }

    /// <summary>Where outputs go.</summary>
    public float[] Outputs { get; }

    /// <summary>Inputs alone.</summary>
    public SequenceBatch Inputs => new()
    {
        X = x,
        Tokens = tokens,
        SourceX = sourceX,
        SourceTokens = sourceTokens,
        Condition = condition,
    };

    /// <summary>Inputs and targets.</summary>
    public SequenceBatch Examples => Inputs with { Targets = targets, TargetTokens = targetTokens, TargetLengths = targetLengths };

    /// <summary>Steps of a stream, all or the first.</summary>
    public ReadOnlySpan<int> StreamTokens => tokens;

    /// <inheritdoc cref="StreamTokens"/>
    public ReadOnlySpan<float> StreamVectors => x;

    /// <summary>Whether the model reads vectors.</summary>
    public bool ReadsVectors => info.VectorSize > 0;

    /// <summary>Whether the model reads tokens.</summary>
    public bool ReadsTokens => info.TokenCount > 0;

    private static int[] Vocabularies(IReadOnlyList<InputInfo> inputs) =>
        [.. inputs.Where(input => input.Kind != InputKind.Vector).Select(input => input.Vocabulary)];

    /// <summary>For each position a token of each vocabulary.</summary>
    private static int[] Tokens(Random random, int positions, int[] vocabularies) =>
        [.. Enumerable.Range(0, positions).SelectMany(_ => vocabularies.Select(vocabulary => random.Next(vocabulary)))];

    private static float[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
}
