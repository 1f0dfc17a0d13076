using FastRnn.CompilerServices;
using FastRnn.Data;

namespace FastRnn.Compiler.Tests;

/// <summary>Batches that fit any model of these tests: sequences of several lengths, one behind the other.</summary>
internal static class Batches
{
    public const int Sequences = 3;
    public const int MaxSteps = 5;
    public const int MaxSource = 6;

    private static readonly int[] Lengths = [5, 2, 4];
    private static readonly int[] SourceLengths = [3, 6, 1];

    /// <summary>Numbers that a predictor puts out for it.</summary>
    public static int Outputs(ModelInfo model) => Rows(model) * model.OutputSize;

    /// <param name="model">Its tables.</param>
    /// <param name="seed">Of the numbers.</param>
    public static SequenceBatch Of(ModelInfo model, int seed = 1)
    {
        var steps = Lengths.Sum();
        var isVector = model.Input == InputKind.Vector;
        var isClass = model.Loss == LossKind.SoftmaxCrossEntropy;
        return new()
        {
            Lengths = Lengths,
            X = isVector ? Texts.Numbers(steps * model.InputSize, seed) : default,
            Tokens = isVector ? default : Texts.Tokens(steps, model.Vocabulary, seed),
            Targets = isClass ? default : Texts.Numbers(Outputs(model), seed + 1).Select(Math.Abs).ToArray(),
            TargetTokens = isClass ? Texts.Tokens(Rows(model), model.OutputSize, seed + 1) : default,
            Condition = Texts.Numbers(Sequences * model.ConditionSize, seed + 2),
            SourceLengths = model.Source is null ? default : SourceLengths,
            SourceTokens = model.Source is null ? default : Texts.Tokens(SourceLengths.Sum(), model.Source.Vocabulary, seed + 3),
        };
    }

    private static int Rows(ModelInfo model) => model.OutputDomain == TimeDomain.Single ? Sequences : Lengths.Sum();
}
