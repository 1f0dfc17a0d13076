using FastRnn.CompilerServices;
using FastRnn.Data;

namespace FastRnn.Cli.Bench;

/// <summary>Inputs and targets of a model of any kind: tokens and numbers drawn from a seed, for a batch of sequences of one
/// length.</summary>
internal sealed class BenchData
{
    private const int Seed = 1;

    private readonly ModelInfo info;
    private readonly int[] tokens, sourceTokens, targetTokens;
    private readonly float[] x, sourceX, targets, condition;

    /// <param name="info">The model.</param>
    /// <param name="batch">B sequences.</param>
    /// <param name="steps">T steps each.</param>
    /// <param name="isStream">Whether there is an output for each step even if the model pools them.</param>
    public BenchData(ModelInfo info, int batch, int steps, bool isStream = false)
    {
        if (info.Input == InputKind.Mixed || info.Source?.Input == InputKind.Mixed || info.Loss is LossKind.Mixed or LossKind.Ctc)
        {
            throw new CommandException(
                $"{info.Name}: models with several inputs or outputs, and those that are trained with Ctc, are not measured yet",
                ExitCodes.Failed);
        }

        this.info = info;
        var random = new Random(Seed);
        var positions = batch * steps;
        (tokens, x) = Draw(random, positions, info.Input, info.Vocabulary, info.InputSize);
        (sourceTokens, sourceX) = info.Source is { } source
            ? Draw(random, positions, source.Input, source.Vocabulary, source.InputSize) : ([], []);
        condition = Numbers(random, batch * info.ConditionSize);

        var outputs = info.OutputDomain == TimeDomain.Single && !isStream ? batch : positions;
        Outputs = new float[outputs * info.OutputSize];
        targetTokens = info.Loss == LossKind.SoftmaxCrossEntropy ? Tokens(random, outputs, info.OutputSize) : [];
        targets = info.Loss is LossKind.SoftmaxCrossEntropy or LossKind.None ? [] : Numbers(random, outputs * info.TargetSize);
        if (info.Loss == LossKind.SigmoidBinaryCrossEntropy)
            targets = [.. targets.Select(value => value > 0 ? 1f : 0f)];
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
    public SequenceBatch Examples => Inputs with { Targets = targets, TargetTokens = targetTokens };

    /// <summary>Steps of a stream, all or the first.</summary>
    public ReadOnlySpan<int> StreamTokens => tokens;

    /// <inheritdoc cref="StreamTokens"/>
    public ReadOnlySpan<float> StreamVectors => x;

    /// <summary>Whether the model reads vectors.</summary>
    public bool ReadsVectors => info.Input == InputKind.Vector;

    private static (int[] Tokens, float[] X) Draw(Random random, int count, InputKind kind, int vocabulary, int size) =>
        kind == InputKind.Vector ? ([], Numbers(random, count * size)) : (Tokens(random, count, vocabulary), []);

    private static int[] Tokens(Random random, int count, int vocabulary) =>
        [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary))];

    private static float[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
}
